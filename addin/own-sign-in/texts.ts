/** Texts of how one is signed in, and as whom. */
import type { PasswordKind } from '../../shared/api/microsoft-sign-in';
import { defineTexts } from '../shell/i18n/catalogue';

export const ownSignInTexts = defineTexts(
  {
    title: 'Sign-in',
    byPassword: (user: string) => `You are signed in as ${user}, with user name and password.`,
    byMicrosoft: (user: string, account: string) =>
      `You are signed in as ${user}, with the Microsoft account ${account}.`,
    byMicrosoftUnnamed: (user: string) => `You are signed in as ${user}, with your Microsoft account.`,
    mailboxIsYours: (mailbox: string) => `The open mailbox is yours: ${mailbox}.`,
    mailboxIsNot: (mailbox: string, account: string) =>
      `The open mailbox is ${mailbox}, but you are signed in as ${account}. A sync brings the contacts of that mailbox into your directory. If you do not want that, sign out and sign in with the account of the mailbox.`,
    bothMine: 'Both are mine',
    linkedByRule: (account: string, date: string) =>
      `${account} signs you in since ${date}, because its name fits you.`,
    linkedByUser: (account: string, date: string) => `${account} signs you in since ${date}, linked by you.`,
    unlink: (accounts: number) => (accounts === 1 ? 'Unlink this account …' : 'Unlink these accounts …'),
    questions: {
      own: 'From then on you sign in with user name and password. Here you stay signed in. A later sign-in with Microsoft asks for them once, and links the account again.',
      initial:
        'From then on you sign in with your user name and the first password that your administrator gave you. Ask him for one before, if you do not have it.',
      none: 'You have no password here: once this session ends you could not sign in any more. Ask your administrator for a password first.',
    } satisfies Record<PasswordKind, string>,
    confirm: 'Unlink',
    confirmWithoutPassword: 'Unlink nevertheless',
    unlinked: 'No Microsoft account signs you in any more.',
  },
  {
    title: 'Anmeldung',
    byPassword: (user) => `Sie sind als ${user} angemeldet, mit Benutzername und Passwort.`,
    byMicrosoft: (user, account) => `Sie sind als ${user} angemeldet, mit dem Microsoft-Konto ${account}.`,
    byMicrosoftUnnamed: (user) => `Sie sind als ${user} angemeldet, mit Ihrem Microsoft-Konto.`,
    mailboxIsYours: (mailbox) => `Das geöffnete Postfach ist Ihres: ${mailbox}.`,
    mailboxIsNot: (mailbox, account) =>
      `Das geöffnete Postfach ist ${mailbox}, Sie sind aber als ${account} angemeldet. Ein Abgleich bringt die Kontakte dieses Postfachs in Ihr Verzeichnis. Wollen Sie das nicht, melden Sie sich ab und mit dem Konto des Postfachs wieder an.`,
    bothMine: 'Beide gehören mir',
    linkedByRule: (account, date) => `${account} meldet Sie seit ${date} an, weil sein Name zu Ihnen passt.`,
    linkedByUser: (account, date) => `${account} meldet Sie seit ${date} an, von Ihnen verknüpft.`,
    unlink: (accounts) => (accounts === 1 ? 'Dieses Konto lösen …' : 'Diese Konten lösen …'),
    questions: {
      own: 'Danach melden Sie sich mit Benutzername und Passwort an. Hier bleiben Sie angemeldet. Eine spätere Anmeldung mit Microsoft fragt einmal danach und verknüpft das Konto wieder.',
      initial:
        'Danach melden Sie sich mit Ihrem Benutzernamen und dem ersten Passwort an, das Ihr Administrator Ihnen gegeben hat. Bitten Sie ihn vorher um eines, wenn Sie es nicht haben.',
      none: 'Sie haben hier kein Passwort: Endet diese Sitzung, könnten Sie sich nicht mehr anmelden. Bitten Sie Ihren Administrator zuerst um ein Passwort.',
    },
    confirm: 'Lösen',
    confirmWithoutPassword: 'Trotzdem lösen',
    unlinked: 'Kein Microsoft-Konto meldet Sie mehr an.',
  },
);
