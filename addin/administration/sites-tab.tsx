/** Sites: what numbers are read and dialled by, and how long journals are kept. */
import { addSite, changeSite, removeSite, type AdministeredSite } from '../../shared/api/administration-sites';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { ObjectForm } from './object-form';
import { ObjectsTab } from './objects-tab';
import { fieldsOfSite, mixesForms, valuesOfSite } from './site-form-values';
import { administrationTexts } from './texts';
import { useSites } from './use-sites';

export function SitesTab() {
  const t = useText(administrationTexts);
  const { sites, error, reload } = useSites();
  return (
    <ObjectsTab
      label={t.tabs.sites}
      add={t.addSite}
      rows={sites}
      error={error}
      reload={reload}
      none={{ title: t.noSites, hint: t.noSitesHint }}
      lines={(site) => [
        site.name,
        [`+${site.dialPlan.countryCode} ${site.dialPlan.areaCode}`.trim(), t.usersOf(site.users), site.timeZone].join(
          ' · ',
        ),
      ]}
      form={(site, close) => <SiteForm site={site} close={close} />}
    />
  );
}

function SiteForm({ site, close }: { readonly site: AdministeredSite | undefined; readonly close: () => void }) {
  const t = useText(administrationTexts);
  const { client } = useServices();
  return (
    <ObjectForm
      title={site ? t.changeSite : t.newSite}
      initial={valuesOfSite(site)}
      needed={['name', 'countryCode']}
      aliases={{ newName: 'name' }}
      close={close}
      save={async (values) => {
        const fields = fieldsOfSite(values, site === undefined);
        await (site
          ? client.call(changeSite, { params: { id: site.id }, body: fields })
          : client.call(addSite, { body: fields }));
        return fields.name;
      }}
      {...(site && {
        remove: {
          name: site.name,
          question: t.removeSiteQuestion(site.name),
          act: () => client.call(removeSite, { params: { id: site.id } }),
        },
      })}
    >
      {({ text, values }) => (
        <>
          {text('name', { label: t.siteName, required: true, maxLength: 100 })}
          {text('countryCode', { label: t.countryCode, hint: t.countryCodeHint, required: true, maxLength: 4 })}
          {text('areaCode', { label: t.areaCode, hint: t.areaCodeHint, maxLength: 6 })}
          {text('trunkAccessCode', { label: t.accessCode, hint: t.accessCodeHint, maxLength: 4 })}
          {text('numberBlocks', { label: t.numberBlocks, hint: t.numberBlocksHint, lines: true })}
          {text('extensionLength', { label: t.extensionLength, maxLength: 1 })}
          {text('timeZone', { label: t.timeZone, hint: t.timeZoneHint, maxLength: 64 })}
          {text('journalDays', { label: t.journalDays, hint: t.journalDaysHint, maxLength: 4 })}
          {text('nationalPrefix', { label: t.nationalPrefix, hint: t.usualHint, maxLength: 3 })}
          {text('internationalPrefix', { label: t.internationalPrefix, hint: t.usualHint, maxLength: 5 })}
          {mixesForms(values) && (
            <>
              {text('localAreaCodes', { label: t.localAreaCodes, hint: t.localAreaCodesHint, maxLength: 500 })}
              {text('ownAreaDigits', { label: t.ownAreaDigits, hint: t.ownAreaDigitsHint, maxLength: 2 })}
            </>
          )}
          {text('emergencyNumbers', { label: t.emergencyNumbers, hint: t.usualHint, maxLength: 200 })}
          <span>{t.telephoneSystemOf(site?.telephoneSystem?.kind ?? t.noTelephone)}</span>
        </>
      )}
    </ObjectForm>
  );
}
