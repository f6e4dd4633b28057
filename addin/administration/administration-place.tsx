/** The place Administration, for administrators: a tab for each thing that is administered. */
import { makeStyles } from '@fluentui/react-components';
import { useState, type JSX } from 'react';
import { useText } from '../shell/i18n/text';
import { Tabs } from '../shell/tabs';
import { AuditTab } from './audit-tab';
import { GroupsTab } from './groups-tab';
import { MailboxesTab } from './mailboxes-tab';
import { SitesTab } from './sites-tab';
import { SpeedDialsTab } from './speed-dials-tab';
import { administrationTexts } from './texts';
import { UsersTab } from './users-tab';

const useStyles = makeStyles({
  place: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  panel: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
});

/** What each tab shows, in the order of the tabs. Its name stands in the texts. */
const tabs = {
  users: () => <UsersTab />,
  sites: () => <SitesTab />,
  groups: () => <GroupsTab />,
  speedDials: () => <SpeedDialsTab />,
  mailboxes: () => <MailboxesTab />,
  audit: () => <AuditTab />,
} satisfies Record<string, () => JSX.Element>;
type TabName = keyof typeof tabs;
// Object.keys forgets the literal type of a const object's keys.
const tabNames = Object.keys(tabs) as TabName[];

const panelId = 'administration-panel';

export default function AdministrationPlace() {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const [tab, setTab] = useState<TabName>('users');
  return (
    <div className={styles.place}>
      <Tabs
        label={t.title}
        idPrefix="administration"
        controls={panelId}
        value={tab}
        onChange={setTab}
        rows
        options={tabNames.map((name) => ({ value: name, content: t.tabs[name] }))}
      />
      <div className={styles.panel} role="tabpanel" id={panelId} aria-labelledby={`administration-${tab}`}>
        {tabs[tab]()}
      </div>
    </div>
  );
}
