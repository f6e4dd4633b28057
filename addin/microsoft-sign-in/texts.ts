/** Texts of signing in with Microsoft. Each failure says the next step. */
import type { MicrosoftFailureReason } from '../outlook/microsoft-failure';
import { defineTexts } from '../shell/i18n/catalogue';

export const microsoftSignInTexts = defineTexts(
  {
    signIn: 'Sign in with Microsoft',
    trying: 'Signing in with Microsoft …',
    inWindow: 'Sign in in the window that has opened. If it is closed, use the button again.',
    or: 'or',
    link: (account: string) =>
      `${account} belongs to no user here yet. Sign in below once with your user name and password: from then on this Microsoft account signs you in.`,
    adminLink: 'Link for your administrator',
    adminLinkHint: 'It allows myContacts for everybody in your organisation.',
    withCode: (text: string, code: string) => `${text} (${code})`,
    failures: {
      consent: 'myContacts has not been allowed in your organisation yet. Send your administrator the link below.',
      'conditional-access':
        'A rule of your organisation asks for more: a second factor, or a device or place that it knows. Use the button and follow what Microsoft asks; if it still refuses, ask your administrator.',
      'not-assigned':
        'Your account has not been given access to myContacts. Ask your administrator to assign it to you.',
      'wrong-account':
        'This account is of another organisation. Use the button again and choose your account of this organisation.',
      'popup-blocked': 'The browser blocked the sign-in window. Allow windows of this page, then use the button again.',
      cancelled: 'The sign-in was not finished. Use the button again, or your user name and password.',
      unreachable: 'Microsoft cannot be reached. Check the connection, or use your user name and password.',
      registration:
        'The registration of myContacts in Entra ID is not complete. Tell your administrator the code, and use your user name and password until then.',
      'sign-in-needed': 'Microsoft asks you to sign in. Use the button.',
      unknown:
        'The sign-in with Microsoft failed. Try again, or use your user name and password. For a mailbox on your own Exchange server these are the way in.',
    } satisfies Record<MicrosoftFailureReason, string>,
  },
  {
    signIn: 'Mit Microsoft anmelden',
    trying: 'Anmeldung bei Microsoft …',
    inWindow: 'Melden Sie sich im geöffneten Fenster an. Ist es geschlossen, nehmen Sie die Schaltfläche noch einmal.',
    or: 'oder',
    link: (account) =>
      `${account} gehört hier noch zu keinem Benutzer. Melden Sie sich unten einmal mit Benutzername und Passwort an: Danach meldet dieses Microsoft-Konto Sie an.`,
    adminLink: 'Link für Ihren Administrator',
    adminLinkHint: 'Er erlaubt myContacts für alle in Ihrer Organisation.',
    withCode: (text, code) => `${text} (${code})`,
    failures: {
      consent:
        'myContacts ist in Ihrer Organisation noch nicht erlaubt. Senden Sie Ihrem Administrator den Link unten.',
      'conditional-access':
        'Eine Regel Ihrer Organisation verlangt mehr: einen zweiten Faktor oder ein bekanntes Gerät oder einen bekannten Ort. Nehmen Sie die Schaltfläche und folgen Sie dem, was Microsoft verlangt; wird weiter abgelehnt, fragen Sie Ihren Administrator.',
      'not-assigned': 'Ihr Konto hat keinen Zugang zu myContacts. Bitten Sie Ihren Administrator, es Ihnen zuzuweisen.',
      'wrong-account':
        'Dieses Konto gehört zu einer anderen Organisation. Nehmen Sie die Schaltfläche noch einmal und wählen Sie Ihr Konto dieser Organisation.',
      'popup-blocked':
        'Der Browser hat das Anmeldefenster blockiert. Erlauben Sie Fenster dieser Seite und nehmen Sie die Schaltfläche noch einmal.',
      cancelled:
        'Die Anmeldung wurde nicht beendet. Nehmen Sie die Schaltfläche noch einmal oder Benutzername und Passwort.',
      unreachable:
        'Microsoft ist nicht erreichbar. Prüfen Sie die Verbindung, oder nehmen Sie Benutzername und Passwort.',
      registration:
        'Die Registrierung von myContacts in Entra ID ist nicht vollständig. Nennen Sie Ihrem Administrator den Code, und nehmen Sie bis dahin Benutzername und Passwort.',
      'sign-in-needed': 'Microsoft bittet um Ihre Anmeldung. Nehmen Sie die Schaltfläche.',
      unknown:
        'Die Anmeldung bei Microsoft ist fehlgeschlagen. Versuchen Sie es erneut, oder nehmen Sie Benutzername und Passwort. Bei einem Postfach auf einem eigenen Exchange-Server sind sie der Weg hinein.',
    },
  },
);
