/** "Also sync while Outlook is closed" (SYN-5): shown where the installation can do it. */
import { Button, Link, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { defineTexts } from '../shell/i18n/catalogue';
import { useText } from '../shell/i18n/text';
import { MailboxState } from '../shell/mailbox-state';
import { useErrorText } from '../shell/use-error-text';
import type { SyncState } from './sync-model';
import { useUnattendedSync } from './use-unattended-sync';

const texts = defineTexts(
  {
    title: 'While Outlook is closed',
    hint: (address: string) =>
      `The service reads the contacts of ${address} by itself, at the interval above. It can read contacts and nothing else.`,
    noAddress: 'Your e-mail address is not known here. Ask your administrator to enter it.',
    otherMailbox: (address: string, open: string) =>
      `The mailbox that is open here is ${open}, the one that is known for you is ${address}. Ask your administrator to correct it.`,
    turnOn: 'Also sync while Outlook is closed',
    signInAgain: 'Sign in again',
    agree: 'Microsoft asks you on a page of its own whether myContacts may read your contacts while you are away.',
    goOn: 'Continue at Microsoft',
    waiting: 'This shows by itself when you are done there.',
    runNow: 'Run now',
    turnOff: 'Turn off',
    revoke:
      'Turning it off deletes the sign-in here. The permission itself is taken back at Microsoft, under myapps.microsoft.com, “Manage your apps”.',
  },
  {
    title: 'Wenn Outlook geschlossen ist',
    hint: (address) =>
      `Der Dienst liest die Kontakte von ${address} von selbst, in obigem Abstand. Er kann Kontakte lesen und sonst nichts.`,
    noAddress: 'Ihre E-Mail-Adresse ist hier nicht bekannt. Bitten Sie Ihren Administrator, sie einzutragen.',
    otherMailbox: (address, open) =>
      `Hier ist das Postfach ${open} geöffnet, bekannt ist von Ihnen ${address}. Bitten Sie Ihren Administrator, das zu berichtigen.`,
    turnOn: 'Auch bei geschlossenem Outlook abgleichen',
    signInAgain: 'Erneut anmelden',
    agree: 'Microsoft fragt Sie auf einer eigenen Seite, ob myContacts Ihre Kontakte in Ihrer Abwesenheit lesen darf.',
    goOn: 'Weiter bei Microsoft',
    waiting: 'Das zeigt sich hier von selbst, wenn Sie dort fertig sind.',
    runNow: 'Jetzt ausführen',
    turnOff: 'Ausschalten',
    revoke:
      'Ausschalten löscht die Anmeldung hier. Die Erlaubnis selbst nehmen Sie bei Microsoft zurück, unter myapps.microsoft.com, „Apps verwalten“.',
  },
);

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  hint: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export function UnattendedSync({ sync }: { readonly sync: SyncState }) {
  const styles = useStyles();
  const t = useText(texts);
  const { cancel } = useText();
  const errorText = useErrorText();
  const model = useUnattendedSync();
  const { state, signInUrl, busy, error } = model;
  if (state === undefined || (state.mode === undefined && state.mailbox === undefined)) return null;
  const { address, mailbox, mode } = state;
  const open = sync.mailbox?.kind === 'mailbox' ? sync.mailbox.account.key : undefined;
  // Two addresses would be two mailboxes, and each contact would be there twice.
  const differs = address !== undefined && open !== undefined && open !== address;
  const mustSignIn = mode === 'delegated' && mailbox?.paused?.reason === 'sign-in-needed';
  const canTurnOn = mode !== undefined && address !== undefined && !differs && signInUrl === undefined;
  return (
    <section className={styles.section} aria-labelledby="unattended-title">
      <h2 className={styles.title} id="unattended-title">
        {t.title}
      </h2>
      {address === undefined && <p className={styles.hint}>{t.noAddress}</p>}
      {differs && <p className={styles.hint}>{t.otherMailbox(address, open)}</p>}
      {address !== undefined && !differs && <p className={styles.hint}>{t.hint(address)}</p>}
      {mailbox !== undefined && <MailboxState state={mailbox} />}
      {signInUrl !== undefined && (
        <MessageBar intent="info" layout="multiline" role="status">
          <MessageBarBody>
            {t.agree}{' '}
            <Link inline href={signInUrl} target="_blank" rel="noopener noreferrer">
              {t.goOn}
            </Link>{' '}
            {t.waiting}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.buttons}>
        {canTurnOn && (mailbox === undefined || mustSignIn) && (
          <Button disabled={busy} appearance={mustSignIn ? 'primary' : 'secondary'} onClick={() => model.turnOn()}>
            {mustSignIn ? t.signInAgain : t.turnOn}
          </Button>
        )}
        {signInUrl !== undefined && <Button onClick={() => model.giveUp()}>{cancel}</Button>}
        {mailbox !== undefined && !mustSignIn && (
          <Button disabled={busy || mailbox.running} onClick={() => model.runNow()}>
            {t.runNow}
          </Button>
        )}
        {mailbox !== undefined && (
          <Button disabled={busy} onClick={() => model.turnOff()}>
            {t.turnOff}
          </Button>
        )}
      </div>
      {mailbox?.mode === 'delegated' && <p className={styles.hint}>{t.revoke}</p>}
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}
