import { describe, expect, it } from 'vitest';
import { changeOf, fieldsOf, valuesOfContact, valuesOfDraft } from '../../../../addin/contacts/contact-form-values';
import type { StoredContact } from '../../../../shared/api/contacts';

const stored: StoredContact = {
  id: 'c1',
  version: 3,
  displayName: 'Zoë Muster',
  company: 'Muster GmbH',
  numbers: [{ kind: 'mobile', raw: '0171 123', problem: 'too-short' }],
  emails: ['zoe@example.com'],
  origin: { type: 'hand' },
  updatedAt: '2026-11-23T09:00:00Z',
};

describe('The form of a contact', () => {
  it('sends back unchanged what nobody touched', () => {
    expect(fieldsOf(valuesOfContact(stored))).toEqual({
      displayName: 'Zoë Muster',
      company: 'Muster GmbH',
      numbers: [{ kind: 'mobile', raw: '0171 123' }],
      emails: ['zoe@example.com'],
    });
  });

  it('takes the name from first name and surname, else from the company', () => {
    const empty = valuesOfDraft({});
    expect(fieldsOf({ ...empty, givenName: 'Zoë', surname: 'Muster' })?.displayName).toBe('Zoë Muster');
    expect(fieldsOf({ ...empty, company: 'Muster GmbH' })?.displayName).toBe('Muster GmbH');
    expect(fieldsOf(empty)).toBeUndefined();
  });

  it('says that a field was emptied, which leaving it out would not', () => {
    expect(changeOf({ ...valuesOfContact(stored), company: ' ' }, stored)).toMatchObject({ company: '' });
  });

  it('begins with what the open mail knows of a person', () => {
    const values = valuesOfDraft({ displayName: 'Zoë', emails: ['zoe@example.com'] });
    expect(fieldsOf(values)).toEqual({ displayName: 'Zoë', emails: ['zoe@example.com'], numbers: [] });
  });
});
