/** Texts of the fields of a contact where two images of it differ. */
import type { DifferenceField } from '../../shared/sync-history';
import { defineTexts } from './i18n/catalogue';

export const differenceTexts = defineTexts(
  {
    before: 'before',
    now: 'now',
    empty: 'empty',
    fields: {
      displayName: 'Name',
      givenName: 'First name',
      surname: 'Surname',
      company: 'Company',
      department: 'Department',
      jobTitle: 'Position',
      numbers: 'Numbers',
      emails: 'E-mail',
      notes: 'Notes',
    } satisfies Record<DifferenceField, string>,
  },
  {
    before: 'vorher',
    now: 'jetzt',
    empty: 'leer',
    fields: {
      displayName: 'Name',
      givenName: 'Vorname',
      surname: 'Nachname',
      company: 'Firma',
      department: 'Abteilung',
      jobTitle: 'Position',
      numbers: 'Rufnummern',
      emails: 'E-Mail',
      notes: 'Notizen',
    },
  },
);
