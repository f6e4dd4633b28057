/** "Sign in with Microsoft" above the fields for user name and password, with what went wrong and the next step. */
import {
  Button,
  Divider,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import type { SessionKeeper } from '../api/session-keeper';
import type { MicrosoftAccess, MicrosoftSignInSettings } from '../outlook/host';
import { MicrosoftFailure } from '../outlook/microsoft-failure';
import { useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';
import { microsoftSignInTexts } from './texts';
import { useMicrosoftSignIn } from './use-microsoft-sign-in';
import type { LinkAccount } from './use-microsoft-sign-in';

const useStyles = makeStyles({
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  group: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
});

interface Props {
  readonly settings: MicrosoftSignInSettings;
  readonly access: MicrosoftAccess;
  readonly session: SessionKeeper;
  /** Try without a question when this is first shown. */
  readonly atOnce: boolean;
  /** The account is nobody's: the fields below make it somebody's. Undefined: not any more. */
  readonly onLink: (link: LinkAccount | undefined) => void;
}

export default function MicrosoftSignIn({ settings, access, session, atOnce, onLink }: Props) {
  const styles = useStyles();
  const t = useText(microsoftSignInTexts);
  const { state, signIn } = useMicrosoftSignIn({ access, session, atOnce, onLink });
  const busy = state.status === 'busy';
  return (
    <div className={styles.group}>
      <Button
        appearance="primary"
        disabledFocusable={state.status === 'busy' && !state.asking}
        {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
        onClick={signIn}
      >
        {busy ? t.trying : t.signIn}
      </Button>
      {state.status === 'busy' && state.asking && (
        <p role="status" className={styles.hint}>
          {t.inWindow}
        </p>
      )}
      {state.status === 'unknown-account' && (
        <MessageBar intent="info" layout="multiline" role="status">
          <MessageBarBody>{t.link(state.accountName)}</MessageBarBody>
        </MessageBar>
      )}
      {state.status === 'failed' && <Failure error={state.error} settings={settings} />}
      <Divider>{t.or}</Divider>
    </div>
  );
}

function Failure({ error, settings }: { error: unknown; settings: MicrosoftSignInSettings }) {
  const t = useText(microsoftSignInTexts);
  const errorText = useErrorText();
  const failure = error instanceof MicrosoftFailure ? error : undefined;
  const said = failure === undefined ? errorText(error) : t.failures[failure.reason];
  return (
    <>
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{failure?.code === undefined ? said : t.withCode(said, failure.code)}</MessageBarBody>
      </MessageBar>
      {failure?.reason === 'consent' && (
        <Field label={t.adminLink} hint={t.adminLinkHint}>
          <Input readOnly value={adminConsentLink(settings)} onFocus={(event) => event.target.select()} />
        </Field>
      )}
    </>
  );
}

/** Where an administrator of the organisation allows the application for everybody. */
function adminConsentLink({ authority, tenantId, clientId }: MicrosoftSignInSettings): string {
  return `${new URL(authority).origin}/${tenantId}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
}
