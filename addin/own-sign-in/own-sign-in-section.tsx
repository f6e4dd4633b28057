/** How one is signed in here and as whom, held against the open mailbox; and unlinking one's Microsoft account. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components';
import type { SessionState } from '../api/session-keeper';
import type { TextsOf } from '../shell/i18n/catalogue';
import { fluentRef } from '../shell/fluent-ref';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { SettingsGroup } from '../shell/settings-group';
import { useErrorText } from '../shell/use-error-text';
import { useQuestion } from '../shell/use-question';
import { useStore } from '../shell/use-store';
import { ownSignInTexts } from './texts';
import { useMailboxOwner } from './use-mailbox-owner';
import { useOwnSignIn, type OwnSignInModel } from './use-own-sign-in';

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  left: { justifySelf: 'start' },
});

export function OwnSignInSection() {
  const styles = useStyles();
  const t = useText(ownSignInTexts);
  const { host, session } = useServices();
  const state = useStore(session.state);
  const { owner } = useMailboxOwner();
  const model = useOwnSignIn();
  if (state.status !== 'signed-in') return null;
  return (
    <SettingsGroup title={t.title}>
      <p className={styles.text}>{whoIsSignedIn(state, t)}</p>
      {owner.is === 'user' && <p className={styles.text}>{t.mailboxIsYours(host.mailboxAddress ?? '')}</p>}
      {owner.is === 'somebody-else' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t.mailboxIsNot(owner.mailbox, owner.signedInAs)}</MessageBarBody>
        </MessageBar>
      )}
      <LinkedAccounts model={model} />
    </SettingsGroup>
  );
}

function whoIsSignedIn(
  { user, signedInBy, microsoftAccount }: Extract<SessionState, { status: 'signed-in' }>,
  t: TextsOf<typeof ownSignInTexts>,
): string {
  const name = `${user.displayName} (${user.userName})`;
  if (signedInBy === 'password') return t.byPassword(name);
  return microsoftAccount === undefined ? t.byMicrosoftUnnamed(name) : t.byMicrosoft(name, microsoftAccount);
}

function LinkedAccounts({ model: { ways, error, unlinked, unlink } }: { readonly model: OwnSignInModel }) {
  const styles = useStyles();
  const t = useText(ownSignInTexts);
  const { cancel } = useText();
  const errorText = useErrorText();
  const { dateTime } = useFormats();
  const { asking, ask, close, opener, refusal } = useQuestion();
  const accounts = ways?.microsoftAccounts ?? [];
  return (
    <>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {accounts.map(({ name, linkedBy, linkedAt }) => (
        <p key={name} className={styles.text}>
          {(linkedBy === 'rule' ? t.linkedByRule : t.linkedByUser)(name, dateTime(linkedAt))}
        </p>
      ))}
      {accounts.length > 0 && !asking && (
        <Button ref={fluentRef(opener)} className={styles.left} onClick={ask}>
          {t.unlink(accounts.length)}
        </Button>
      )}
      {ways !== undefined && accounts.length > 0 && asking && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t.questions[ways.password]}</MessageBarBody>
          <MessageBarActions>
            <Button ref={fluentRef(refusal)} onClick={close}>
              {cancel}
            </Button>
            <Button
              onClick={() => {
                close();
                void unlink();
              }}
            >
              {ways.password === 'none' ? t.confirmWithoutPassword : t.confirm}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {unlinked && (
        <MessageBar intent="success" role="status">
          <MessageBarBody>{t.unlinked}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
