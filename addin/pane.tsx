/** The pane: look and language around sign-in, password change or the workspace. */
import { FluentProvider, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import type { ApiClient } from './api/client';
import type { SessionKeeper } from './api/session-keeper';
import type { Trace } from './trace/trace';
import type { OutlookHost } from './outlook/host';
import type { Appearance } from './shell/appearance';
import { ErrorBoundary } from './shell/error-boundary';
import { LanguageProvider, useText } from './shell/i18n/text';
import { PasswordChange } from './shell/password-change';
import { fluentThemes } from './shell/theme';
import { useStore } from './shell/use-store';
import { SignedOut } from './signed-out';

const loadWorkspace = () => import(/* webpackChunkName: "workspace" */ './workspace');
const Workspace = lazy(loadWorkspace);

/** Key under which the browser remembers that somebody was signed in here: then the workspace is fetched at once. */
const beenHere = 'been-here';

/** Fetches the workspace beside the renewal of the session where there is likely one. */
export function prepareWorkspace({ session, host }: Pick<PaneProps, 'session' | 'host'>): void {
  const fetchEarly = () => {
    loadWorkspace().catch(() => {
      // It is fetched again when it is shown, and then a failure is told.
    });
  };
  if (host.storage.get(beenHere) !== undefined) fetchEarly();
  session.state.subscribe(() => {
    const { status } = session.state.get();
    if (status === 'signed-in') host.storage.set(beenHere, 'yes');
    if (status === 'signed-out') host.storage.remove(beenHere);
  });
}

export interface PaneProps {
  readonly host: OutlookHost;
  readonly client: ApiClient;
  readonly session: SessionKeeper;
  readonly appearance: Appearance;
  readonly trace: Trace;
  /** This page is a window of its own and not inside Outlook. */
  readonly ownWindow: boolean;
}

const useStyles = makeStyles({
  page: { minHeight: '100%', height: '100%', overflow: 'auto', backgroundColor: tokens.colorNeutralBackground1 },
  starting: { padding: tokens.spacingHorizontalXL, display: 'grid', gap: tokens.spacingVerticalL },
});

export function Pane(props: PaneProps) {
  const styles = useStyles();
  const look = useStore(props.appearance.look);
  return (
    <FluentProvider
      theme={fluentThemes[look.theme]}
      className={styles.page}
      // What the browser draws itself, such as the calendar of a date field.
      style={{ colorScheme: look.theme === 'light' ? 'light' : 'dark' }}
    >
      <LanguageProvider language={look.language} dateFormat={look.dateFormat}>
        <ErrorBoundary>
          <Inside {...props} />
        </ErrorBoundary>
      </LanguageProvider>
    </FluentProvider>
  );
}

function Inside(props: PaneProps) {
  const { host, client, session } = props;
  const state = useStore(session.state);
  if (state.status === 'starting') return <Starting unreachable={state.unreachable} />;
  if (state.status === 'signed-out')
    return (
      <main>
        <SignedOut
          host={host}
          client={client}
          session={session}
          reason={state.reason}
          onBegin={() => void loadWorkspace().catch(() => undefined)}
        />
      </main>
    );
  if (state.status === 'password-change')
    return (
      <main>
        <PasswordChange session={session} userName={state.user.userName} />
      </main>
    );
  // A different user gets a workspace of his own: nothing of the one before is left.
  return (
    <Suspense fallback={<Starting unreachable={false} />}>
      <Workspace key={state.user.id} user={state.user} {...props} />
    </Suspense>
  );
}

function Starting({ unreachable }: { unreachable: boolean }) {
  const styles = useStyles();
  const t = useText();
  return (
    <main className={styles.starting} aria-busy>
      {unreachable && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t.serviceUnreachable}</MessageBarBody>
        </MessageBar>
      )}
      <Spinner label={unreachable ? t.retrying : t.loading} />
    </main>
  );
}
