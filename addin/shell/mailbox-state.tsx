/** How a mailbox that the service reads by itself stands: the same words for its owner and for administrators. */
import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import type { PauseReason, UnattendedProblem, UnattendedState } from '../../shared/unattended-sync';
import { defineTexts } from './i18n/catalogue';
import { useFormats, useText } from './i18n/text';

const mailboxStateTexts = defineTexts(
  {
    running: 'Is being read just now',
    never: 'Not read yet',
    lastRun: (time: string) => `Last read: ${time}`,
    nextRun: (time: string) => `Next: ${time}`,
    off: 'No next time: automatic sync is off in the settings.',
    failures: (count: string) => `Failures in a row: ${count}`,
    problems: {
      'sign-in-needed': 'Microsoft asks the owner to sign in again. Turn it off and on again in the contact sync.',
      'consent-needed':
        'The permission to read the contacts is missing or was taken back. The owner has to agree again.',
      'key-unknown': 'The key of this installation was exchanged. The owner has to sign in again.',
      forbidden:
        'The organisation does not let myContacts into this mailbox. An administrator of Microsoft 365 can allow it.',
      'on-premises':
        'Microsoft 365 has no active mailbox of this address. If it is on an Exchange server of the organisation’s own, turn this off and import a file that Outlook exports.',
      'mailbox-gone': 'There is no such mailbox at Microsoft. Check the e-mail address of the user.',
      'application-refused':
        'Microsoft refuses the application itself: its secret or certificate has to be renewed in the configuration.',
      throttled: 'Microsoft limits the requests just now. It is tried again by itself.',
      unreachable: 'Microsoft could not be reached. It is tried again by itself.',
      'not-understood':
        'The mailbox answered in a way that myContacts does not understand. It is tried again by itself.',
      'removal-waits': 'Many contacts would be removed. The owner has to decide that in the contact sync.',
      'service-fault': 'The service had a fault of its own. It is tried again by itself; its log says more.',
    } satisfies Record<UnattendedProblem, string>,
    pauses: {
      'sign-in-needed': 'Paused until the owner has signed in again.',
      'failed-too-often': 'Paused after ten failures in a row.',
      administrator: 'Paused by an administrator.',
    } satisfies Record<PauseReason, string>,
  },
  {
    running: 'Wird gerade gelesen',
    never: 'Noch nicht gelesen',
    lastRun: (time) => `Zuletzt gelesen: ${time}`,
    nextRun: (time) => `Nächstes Mal: ${time}`,
    off: 'Kein nächstes Mal: Der Abgleich von selbst ist in den Einstellungen ausgeschaltet.',
    failures: (count) => `Fehler hintereinander: ${count}`,
    problems: {
      'sign-in-needed':
        'Microsoft verlangt eine neue Anmeldung des Inhabers. Schalten Sie es im Kontaktabgleich aus und wieder ein.',
      'consent-needed':
        'Die Erlaubnis, die Kontakte zu lesen, fehlt oder wurde zurückgenommen. Der Inhaber muss erneut zustimmen.',
      'key-unknown': 'Der Schlüssel dieser Installation wurde getauscht. Der Inhaber muss sich erneut anmelden.',
      forbidden:
        'Die Organisation lässt myContacts nicht in dieses Postfach. Ein Administrator von Microsoft 365 kann es erlauben.',
      'on-premises':
        'Microsoft 365 hat kein aktives Postfach dieser Adresse. Liegt es auf einem eigenen Exchange-Server, schalten Sie dies aus und importieren Sie eine Datei, die Outlook exportiert.',
      'mailbox-gone': 'Dieses Postfach gibt es bei Microsoft nicht. Prüfen Sie die E-Mail-Adresse des Benutzers.',
      'application-refused':
        'Microsoft weist die Anwendung selbst zurück: Ihr Geheimnis oder Zertifikat muss in der Konfiguration erneuert werden.',
      throttled: 'Microsoft begrenzt gerade die Anfragen. Es wird von selbst erneut versucht.',
      unreachable: 'Microsoft war nicht erreichbar. Es wird von selbst erneut versucht.',
      'not-understood': 'Die Antwort des Postfachs ist unverständlich. Es wird von selbst erneut versucht.',
      'removal-waits': 'Viele Kontakte würden entfernt. Das muss der Inhaber im Kontaktabgleich entscheiden.',
      'service-fault':
        'Der Dienst hatte selbst einen Fehler. Es wird von selbst erneut versucht; mehr steht im Protokoll.',
    },
    pauses: {
      'sign-in-needed': 'Angehalten, bis sich der Inhaber erneut angemeldet hat.',
      'failed-too-often': 'Angehalten nach zehn Fehlern hintereinander.',
      administrator: 'Von einem Administrator angehalten.',
    },
  },
);

const useStyles = makeStyles({
  lines: { display: 'grid', gap: tokens.spacingVerticalXS, minWidth: 0 },
  muted: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

export function MailboxState({ state }: { readonly state: UnattendedState }) {
  const styles = useStyles();
  const t = useText(mailboxStateTexts);
  const { dateTime, count } = useFormats();
  const { problem, paused, lastRunAt, nextRunAt, failures } = state;
  const next = nextRunAt === undefined ? t.off : t.nextRun(dateTime(nextRunAt));
  return (
    <div className={styles.lines}>
      <p className={styles.muted}>
        {[lastRunAt === undefined ? t.never : t.lastRun(dateTime(lastRunAt)), state.running ? t.running : next]
          .slice(0, paused === undefined ? 2 : 1)
          .join(' · ')}
      </p>
      {(problem !== undefined || paused !== undefined) && (
        <MessageBar intent={paused === undefined ? 'info' : 'warning'} layout="multiline">
          <MessageBarBody>
            {[
              paused === undefined ? undefined : t.pauses[paused.reason],
              problem === undefined ? undefined : t.problems[problem],
              failures > 1 ? t.failures(count(failures)) : undefined,
            ]
              .filter((part) => part !== undefined)
              .join(' ')}
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
