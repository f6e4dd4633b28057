/** Texts of system notifications and of the offer to allow them. */
import { defineTexts, type TextsOf } from '../shell/i18n/catalogue';

export const notificationTexts = defineTexts(
  {
    incomingFrom: (caller: string) => `Incoming call from ${caller}`,
    missedFrom: (caller: string) => `Missed call from ${caller}`,
    missed: 'Missed call',
    missedCount: (count: string) => `${count} missed calls`,
    reminder: (name: string) => `Reminder: ${name}`,
    free: (name: string) => `${name} is free now`,
    unknownCaller: 'unknown caller',
    unknownParty: 'a call',
    redirected: (name: string) => `for ${name}`,
    titleWithCount: (count: string, product: string) => `(${count}) ${product}`,
    offer: 'Calls can show themselves as notifications while this window is behind others.',
    allow: 'Allow notifications',
    notNow: 'Not now',
    denied:
      'The browser blocks notifications of myContacts. Allow them by the sign at the left of the address to see calls while this window is behind others.',
    allowed: 'Notifications are on.',
    offerLabel: 'Notifications',
  },
  {
    incomingFrom: (caller) => `Ankommender Anruf von ${caller}`,
    missedFrom: (caller) => `Entgangener Anruf von ${caller}`,
    missed: 'Entgangener Anruf',
    missedCount: (count) => `${count} entgangene Anrufe`,
    reminder: (name) => `Erinnerung: ${name}`,
    free: (name) => `${name} ist jetzt frei`,
    unknownCaller: 'Unbekannt',
    unknownParty: 'ein Anruf',
    redirected: (name) => `für ${name}`,
    titleWithCount: (count, product) => `(${count}) ${product}`,
    offer: 'Anrufe können sich als Benachrichtigung zeigen, während dieses Fenster hinter anderen liegt.',
    allow: 'Benachrichtigungen erlauben',
    notNow: 'Jetzt nicht',
    denied:
      'Der Browser blockiert Benachrichtigungen von myContacts. Erlauben Sie sie über das Zeichen links der Adresse, damit Sie Anrufe auch bei verdecktem Fenster sehen.',
    allowed: 'Benachrichtigungen sind eingeschaltet.',
    offerLabel: 'Benachrichtigungen',
  },
);
export type NotificationTexts = TextsOf<typeof notificationTexts>;
