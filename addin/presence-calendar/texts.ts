/** Texts of presence from the calendar. */
import type { SourceFailure } from '../../shared/mailbox/contact-source';
import { defineTexts } from '../shell/i18n/catalogue';

export const calendarTexts = defineTexts(
  {
    title: 'Presence from the calendar',
    wanted: 'Set my presence from the Outlook calendar',
    hint: 'Busy appointments that are not private set you to Meeting until they end, automatic replies to Vacation. A status that you choose yourself stays.',
    consent:
      'With this you agree that myContacts reads your calendar and automatic replies, and keeps the busy times of some days, without subjects. Colleagues see the status and when you return. Turning it off deletes them.',
    notRead: 'The calendar has not been read yet.',
    lastRead: (time: string) => `Read last by an open pane: ${time}`,
    lastReadByService: (time: string) => `Read last while Outlook was closed: ${time}`,
    readNow: 'Read the calendar now',
    working: 'The calendar is being read.',
    read: 'Your calendar has been read.',
    noCalendar:
      'There is no calendar of yours here. Open myContacts in your own mailbox in Outlook, and check that your address is known to the administrator.',
    windowBlocked: 'The browser blocked the sign-in window. Allow windows of this page and try again.',
    wrongAccount: 'This was not the account of your mailbox. Try again and choose that one.',
    sourceProblems: {
      'sign-in-needed': 'Microsoft wants you to sign in to the mailbox. Press the button and sign in.',
      'consent-needed': 'myContacts may not read your calendar yet. Allow it, or ask your administrator.',
      forbidden: 'Your organisation does not allow myContacts to read calendars. Ask your administrator.',
      unreachable: 'The mailbox cannot be reached. Check the network and try again.',
      throttled: 'The mailbox has too much to do just now. Try again in some minutes.',
      'on-premises': 'Microsoft 365 has no active mailbox of this account, so there is no calendar to read.',
      'not-understood': 'The mailbox answered in a way that myContacts does not understand. Try again later.',
    } satisfies Record<SourceFailure, string>,
  },
  {
    title: 'Anwesenheit aus dem Kalender',
    wanted: 'Meine Anwesenheit aus dem Outlook-Kalender setzen',
    hint: 'Als gebucht markierte, nicht private Termine setzen Sie bis zu ihrem Ende auf Besprechung, automatische Antworten auf Urlaub. Ein selbst gewählter Status bleibt.',
    consent:
      'Damit willigen Sie ein, dass myContacts Ihren Kalender und Ihre automatischen Antworten liest und die gebuchten Zeiten einiger Tage aufbewahrt, ohne Betreff. Kollegen sehen den Status und Ihre Rückkehr. Abschalten löscht sie.',
    notRead: 'Der Kalender wurde noch nicht gelesen.',
    lastRead: (time) => `Zuletzt von einem offenen Bereich gelesen: ${time}`,
    lastReadByService: (time) => `Zuletzt bei geschlossenem Outlook gelesen: ${time}`,
    readNow: 'Kalender jetzt lesen',
    working: 'Der Kalender wird gelesen.',
    read: 'Ihr Kalender ist gelesen.',
    noCalendar:
      'Hier ist kein Kalender von Ihnen. Öffnen Sie myContacts in Ihrem eigenen Postfach in Outlook, und prüfen Sie, ob der Administrator Ihre Adresse eingetragen hat.',
    windowBlocked:
      'Der Browser hat das Anmeldefenster blockiert. Erlauben Sie Fenster dieser Seite und versuchen Sie es noch einmal.',
    wrongAccount: 'Das war nicht das Konto Ihres Postfachs. Versuchen Sie es noch einmal und wählen Sie dieses.',
    sourceProblems: {
      'sign-in-needed':
        'Microsoft verlangt eine Anmeldung am Postfach. Drücken Sie die Schaltfläche und melden Sie sich an.',
      'consent-needed':
        'myContacts darf Ihren Kalender noch nicht lesen. Erlauben Sie es, oder fragen Sie Ihren Administrator.',
      forbidden: 'Ihre Organisation erlaubt myContacts nicht, Kalender zu lesen. Fragen Sie Ihren Administrator.',
      unreachable: 'Das Postfach ist nicht erreichbar. Prüfen Sie das Netz und versuchen Sie es erneut.',
      throttled: 'Das Postfach hat gerade zu viel zu tun. Versuchen Sie es in einigen Minuten erneut.',
      'on-premises': 'Microsoft 365 hat kein aktives Postfach dieses Kontos, also auch keinen Kalender.',
      'not-understood': 'Die Antwort des Postfachs ist unverständlich. Versuchen Sie es später erneut.',
    },
  },
);
