/** What a pane shows while nobody is signed in: signing in, or setting up an installation that nobody administers yet. */
import { Spinner } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState } from 'react';
import { getInstallation } from '../shared/api/installation';
import type { ApiClient } from './api/client';
import type { SessionKeeper } from './api/session-keeper';
import type { LinkAccount } from './microsoft-sign-in/use-microsoft-sign-in';
import { microsoftWayOf, type MicrosoftWay } from './microsoft-sign-in/microsoft-way';
import type { OutlookHost } from './outlook/host';
import { useText } from './shell/i18n/text';
import { useRememberedUser } from './connections/use-connections';
import { SignIn } from './shell/sign-in';

const FirstAdministratorForm = lazy(
  () => import(/* webpackChunkName: "first-administrator" */ './first-administrator/first-administrator-form'),
);

const SignedOutConnections = lazy(
  () => import(/* webpackChunkName: "connections" */ './connections/signed-out-connections'),
);

const MicrosoftSignIn = lazy(
  () => import(/* webpackChunkName: "microsoft-button" */ './microsoft-sign-in/microsoft-sign-in'),
);

interface Props {
  readonly host: OutlookHost;
  readonly client: ApiClient;
  readonly session: SessionKeeper;
  readonly reason: 'session-ended' | 'signed-out' | undefined;
  readonly onBegin: () => void;
}

export function SignedOut({ host, client, session, reason, onBegin }: Props) {
  const t = useText();
  const [needsAdministrator, setNeedsAdministrator] = useState(false);
  const [settingUp, setSettingUp] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const rememberedUser = useRememberedUser();
  const [microsoft, setMicrosoft] = useState<MicrosoftWay>();
  const [link, setLink] = useState<{ readonly account: LinkAccount }>();

  useEffect(() => {
    const gone = new AbortController();
    client.call(getInstallation, {}, { signal: gone.signal }).then(
      async (installation) => {
        setNeedsAdministrator(installation.needsAdministrator === true);
        await host.ready;
        if (!gone.signal.aborted) setMicrosoft(microsoftWayOf(host, installation));
      },
      () => {
        // Then setting up is not offered; signing in tells what is wrong.
      },
    );
    return () => gone.abort();
  }, [client, host]);

  if (choosing)
    return (
      <Suspense fallback={<Spinner label={t.loading} />}>
        <SignedOutConnections onBack={() => setChoosing(false)} />
      </Suspense>
    );
  if (!settingUp) {
    const onSetUp = needsAdministrator ? () => setSettingUp(true) : undefined;
    return (
      <SignIn
        session={session}
        reason={reason}
        rememberedUser={rememberedUser}
        onBegin={onBegin}
        onSetUp={onSetUp}
        onConnections={() => setChoosing(true)}
        onSubmit={link?.account}
      >
        {microsoft && (
          <Suspense>
            <MicrosoftSignIn
              {...microsoft}
              session={session}
              atOnce={reason !== 'signed-out'}
              onLink={(account) => setLink(account && { account })}
            />
          </Suspense>
        )}
      </SignIn>
    );
  }
  return (
    <Suspense fallback={<Spinner label={t.loading} />}>
      <FirstAdministratorForm client={client} session={session} onBegin={onBegin} onBack={() => setSettingUp(false)} />
    </Suspense>
  );
}
