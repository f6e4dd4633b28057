/** The pane: look and language around sign-in, password change or the workspace. */
import {
  createDOMRenderer,
  FluentProvider,
  makeStyles,
  MessageBar,
  MessageBarBody,
  RendererProvider,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { ApiClient } from './api/client';
import type { SessionKeeper } from './api/session-keeper';
import type { OutlookHost } from './outlook/host';
import type { Appearance } from './shell/appearance';
import { ErrorBoundary } from './shell/error-boundary';
import { LanguageProvider, useText } from './shell/i18n/text';
import { PasswordChange } from './shell/password-change';
import { SignIn } from './shell/sign-in';
import { fluentThemes } from './shell/theme';
import { useStore } from './shell/use-store';
import { Workspace } from './workspace';

export interface PaneProps {
  readonly host: OutlookHost;
  readonly client: ApiClient;
  readonly session: SessionKeeper;
  readonly appearance: Appearance;
  /** Nonce that the content security policy admits style elements with. */
  readonly styleNonce: string | undefined;
}

const useStyles = makeStyles({
  page: { minHeight: '100%', height: '100%', overflow: 'auto', backgroundColor: tokens.colorNeutralBackground1 },
  starting: { padding: tokens.spacingHorizontalXL, display: 'grid', gap: tokens.spacingVerticalL },
});

export function Pane(props: PaneProps) {
  const styles = useStyles();
  const look = useStore(props.appearance.look);
  const [renderer] = useState(() =>
    createDOMRenderer(document, props.styleNonce ? { styleElementAttributes: { nonce: props.styleNonce } } : {}),
  );
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={fluentThemes[look.theme]} className={styles.page}>
        <LanguageProvider language={look.language}>
          <ErrorBoundary>
            <Inside {...props} />
          </ErrorBoundary>
        </LanguageProvider>
      </FluentProvider>
    </RendererProvider>
  );
}

function Inside({ host, client, session, appearance }: Omit<PaneProps, 'styleNonce'>) {
  const state = useStore(session.state);
  if (state.status === 'starting') return <Starting unreachable={state.unreachable} />;
  if (state.status === 'signed-out')
    return (
      <main>
        <SignIn session={session} reason={state.reason} />
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
    <Workspace
      key={state.user.id}
      user={state.user}
      host={host}
      client={client}
      session={session}
      appearance={appearance}
    />
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
