/** Groups of telephones: their extension and who is in them. */
import { Checkbox } from '@fluentui/react-components';
import {
  addGroup,
  changeGroup,
  listGroups,
  removeGroup,
  type AdministeredGroup,
} from '../../shared/api/administration-groups';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { linesOf } from './field-problems';
import { ObjectForm } from './object-form';
import { ObjectsTab } from './objects-tab';
import { SiteField } from './site-field';
import { administrationTexts } from './texts';
import { useSearchedPages, type ReadPage } from './use-searched-pages';
import { useSites } from './use-sites';

const readPage: ReadPage<AdministeredGroup> = (client, query, options) => client.call(listGroups, { query }, options);

export function GroupsTab() {
  const t = useText(administrationTexts);
  const { rows, query, setQuery, error, more, reload } = useSearchedPages(readPage);
  const { sites = [] } = useSites();
  return (
    <ObjectsTab
      label={t.tabs.groups}
      add={t.addGroup}
      rows={rows}
      error={error}
      reload={reload}
      more={more}
      search={{ label: t.searchGroups, query, setQuery }}
      none={{ title: t.noGroups, hint: t.noGroupsHint }}
      lines={(group) => [
        group.name,
        [group.extension, ...(sites.length > 1 ? [group.site] : []), t.membersOf(group.members.length)].join(' · '),
      ]}
      form={(group, close) => <GroupForm group={group} sites={sites.map(({ name }) => name)} close={close} />}
    />
  );
}

function GroupForm(props: {
  readonly group: AdministeredGroup | undefined;
  readonly sites: readonly string[];
  readonly close: () => void;
}) {
  const { group, sites, close } = props;
  const t = useText(administrationTexts);
  const { client } = useServices();
  return (
    <ObjectForm
      title={group ? t.changeGroup : t.newGroup}
      initial={{
        name: group?.name ?? '',
        extension: group?.extension ?? '',
        site: group?.site ?? sites[0] ?? '',
        members: (group?.members ?? []).join('\n'),
        inDirectory: group?.inDirectory ?? true,
      }}
      needed={['name', 'extension']}
      aliases={{ newExtension: 'extension' }}
      close={close}
      save={async ({ name, extension, site, members, inDirectory }) => {
        const fields = { name: name.trim(), extension: extension.trim(), members: linesOf(members), inDirectory };
        await (group
          ? client.call(changeGroup, { params: { id: group.id }, body: fields })
          : client.call(addGroup, { body: { ...fields, ...(site !== '' && { site }) } }));
        return fields.name;
      }}
      {...(group && {
        remove: {
          name: group.name,
          question: t.removeGroupQuestion(group.name),
          act: () => client.call(removeGroup, { params: { id: group.id } }),
        },
      })}
    >
      {({ values, set, problemOf, text }) => (
        <>
          {text('name', { label: t.groupName, required: true })}
          {text('extension', { label: t.extension, required: true, maxLength: 16 })}
          {!group && (
            <SiteField
              sites={sites}
              value={values.site}
              problem={problemOf('site')}
              onChange={(site) => set({ site })}
            />
          )}
          {text('members', { label: t.members, hint: t.membersHint, lines: true })}
          <Checkbox
            label={t.inDirectory}
            checked={values.inDirectory}
            onChange={(_, data) => set({ inDirectory: data.checked === true })}
          />
        </>
      )}
    </ObjectForm>
  );
}
