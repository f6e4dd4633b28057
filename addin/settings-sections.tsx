/** The settings with the sections that other capabilities have in them. */
import { Spinner } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { connectionsTexts } from './connections/texts';
import { SettingsGroup } from './shell/settings-group';
import { SettingsPlace } from './settings/settings-place';
import { useText } from './shell/i18n/text';
import { useServices } from './shell/services';
import { useStore } from './shell/use-store';
import { AboutSection } from './updates/about-section';

/** The form of somebody who is signed out has it, too. */
const ConnectionsView = lazy(() => import(/* webpackChunkName: "connections" */ './connections/connections-view'));

export default function SettingsSections() {
  return (
    <SettingsPlace>
      <ServerSection />
      <AboutSection />
    </SettingsPlace>
  );
}

function ServerSection() {
  const t = useText(connectionsTexts);
  const { session } = useServices();
  const state = useStore(session.state);
  const user = 'user' in state ? state.user : undefined;
  return (
    <SettingsGroup title={t.title} section="server">
      <Suspense fallback={<Spinner size="small" />}>
        <ConnectionsView signedInAs={user?.userName} onSignInHere={() => void session.signOut()} />
      </Suspense>
    </SettingsGroup>
  );
}
