/** The settings with the sections that other capabilities have in them. */
import { Spinner } from '@fluentui/react-components';
import { lazy, Suspense, useMemo } from 'react';
import { connectionsTexts } from './connections/texts';
import { OwnSignInSection } from './own-sign-in/own-sign-in-section';
import { CalendarSection } from './presence-calendar/calendar-section';
import { ProfileSection } from './profile/profile-section';
import { SettingsGroup } from './shell/settings-group';
import { SettingsPlace } from './settings/settings-place';
import { useText } from './shell/i18n/text';
import { useServices } from './shell/services';
import { useStore } from './shell/use-store';
import { countsOf } from './sync-counts';
import { useSyncModel } from './sync/use-sync';
import { AdvancedSection } from './trace/advanced-section';
import { AboutSection } from './updates/about-section';
import { UpdatesSection } from './updates/updates-section';

/** The form of somebody who is signed out has it, too. */
const ConnectionsView = lazy(() => import(/* webpackChunkName: "connections" */ './connections/connections-view'));

export default function SettingsSections() {
  const { account } = useStore(useSyncModel().state);
  const last = account?.lastSync;
  const lastSync = useMemo(() => last && { at: last.at, counts: countsOf(last.result) }, [last]);
  return (
    <SettingsPlace first={<ProfileSection />}>
      <CalendarSection />
      <OwnSignInSection />
      <ServerSection />
      <UpdatesSection />
      <AdvancedSection lastSync={lastSync} />
      <AboutSection />
    </SettingsPlace>
  );
}

function ServerSection() {
  const t = useText(connectionsTexts);
  const shared = useText();
  const { session } = useServices();
  const state = useStore(session.state);
  const user = 'user' in state ? state.user : undefined;
  return (
    <SettingsGroup title={t.title} section="server">
      <Suspense fallback={<Spinner size="small" label={shared.loading} />}>
        <ConnectionsView signedInAs={user?.userName} onSignInHere={() => void session.signOut()} />
      </Suspense>
    </SettingsGroup>
  );
}
