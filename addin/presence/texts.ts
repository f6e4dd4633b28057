/** Texts of presence. Terms are those of the telephone system's manual. */
import { defineTexts } from '../shell/i18n/catalogue';

export const presenceTexts = defineTexts(
  {
    statuses: {
      office: 'Office',
      meeting: 'Meeting',
      sick: 'Sick',
      break: 'Break',
      'out-of-office': 'Out of office',
      vacation: 'Vacation',
      lunch: 'Lunch',
      home: 'Home',
      'do-not-disturb': 'Do not disturb',
      absent: 'Absent',
      'not-visible': 'Presence not visible',
    },
    until: (status: string, time: string) => `${status} until ${time}`,
    withText: (status: string, text: string) => `${status} – ${text}`,
    presence: (status: string) => `Presence: ${status}`,
  },
  {
    statuses: {
      office: 'Büro',
      meeting: 'Besprechung',
      sick: 'Krank',
      break: 'Pause',
      'out-of-office': 'Außer Haus',
      vacation: 'Urlaub',
      lunch: 'Mittagspause',
      home: 'Zu Hause',
      'do-not-disturb': 'Anrufschutz',
      absent: 'Abwesend',
      'not-visible': 'Anwesenheit nicht sichtbar',
    },
    until: (status, time) => `${status} bis ${time}`,
    withText: (status, text) => `${status} – ${text}`,
    presence: (status) => `Anwesenheit: ${status}`,
  },
);
