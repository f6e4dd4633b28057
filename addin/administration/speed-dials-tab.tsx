/** Speed dials: the entries of the system directory, which everybody finds. */
import {
  addSpeedDial,
  changeSpeedDial,
  listSpeedDials,
  removeSpeedDial,
  type AdministeredSpeedDial,
} from '../../shared/api/administration-speed-dials';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { ObjectForm } from './object-form';
import { ObjectsTab } from './objects-tab';
import { SiteField } from './site-field';
import { administrationTexts } from './texts';
import { useSearchedPages, type ReadPage } from './use-searched-pages';
import { useSites } from './use-sites';

const readPage: ReadPage<AdministeredSpeedDial> = (client, query, options) =>
  client.call(listSpeedDials, { query }, options);

export function SpeedDialsTab() {
  const t = useText(administrationTexts);
  const { rows, query, setQuery, error, more, reload } = useSearchedPages(readPage);
  const { sites = [] } = useSites();
  return (
    <ObjectsTab
      label={t.tabs.speedDials}
      add={t.addSpeedDial}
      rows={rows}
      error={error}
      reload={reload}
      more={more}
      search={{ label: t.searchSpeedDials, query, setQuery }}
      none={{ title: t.noSpeedDials, hint: t.noSpeedDialsHint }}
      lines={(dial) => [dial.name, sites.length > 1 ? `${dial.number} · ${dial.site}` : dial.number]}
      form={(dial, close) => <SpeedDialForm dial={dial} sites={sites.map(({ name }) => name)} close={close} />}
    />
  );
}

function SpeedDialForm(props: {
  readonly dial: AdministeredSpeedDial | undefined;
  readonly sites: readonly string[];
  readonly close: () => void;
}) {
  const { dial, sites, close } = props;
  const t = useText(administrationTexts);
  const { client } = useServices();
  return (
    <ObjectForm
      title={dial ? t.changeSpeedDial : t.newSpeedDial}
      initial={{ name: dial?.name ?? '', number: dial?.number ?? '', site: dial?.site ?? sites[0] ?? '' }}
      needed={['name', 'number']}
      aliases={{ newName: 'name' }}
      close={close}
      save={async ({ name, number, site }) => {
        const fields = { name: name.trim(), number: number.trim() };
        await (dial
          ? client.call(changeSpeedDial, { params: { id: dial.id }, body: fields })
          : client.call(addSpeedDial, { body: { ...fields, ...(site !== '' && { site }) } }));
        return fields.name;
      }}
      {...(dial && {
        remove: {
          name: dial.name,
          question: t.removeSpeedDialQuestion(dial.name),
          act: () => client.call(removeSpeedDial, { params: { id: dial.id } }),
        },
      })}
    >
      {({ values, set, problemOf, text }) => (
        <>
          {text('name', { label: t.speedDialName, required: true })}
          {text('number', { label: t.number, hint: t.numberHint, required: true })}
          {!dial && (
            <SiteField
              sites={sites}
              value={values.site}
              problem={problemOf('site')}
              onChange={(site) => set({ site })}
            />
          )}
        </>
      )}
    </ObjectForm>
  );
}
