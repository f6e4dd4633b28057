import { expect, it } from 'vitest';
import { placeOfHash } from '../../../../addin/shell/places';
import { decideLook } from '../../../../addin/shell/appearance';
import { dialTargetOf } from '../../../../addin/shell/dialler';
import { mailtoOf } from '../../../../addin/shell/mailto';

it('opens at the place that the address names, and at none that it does not know', () => {
  expect(['#sync', '#/journal', '#nowhere', ''].map(placeOfHash)).toEqual(['sync', 'journal', undefined, undefined]);
});

it('looks like Outlook until the user chooses', () => {
  const outlook = { language: 'de-DE', theme: 'dark' } as const;
  expect(decideLook({ language: 'auto', skin: 'auto' }, outlook)).toEqual({ language: 'de', theme: 'dark' });
  expect(decideLook({ language: 'en', skin: 'light' }, outlook)).toEqual({ language: 'en', theme: 'light' });
});

it('dials the dialable form, else the canonical one, and nothing that nobody can read', () => {
  const number = { kind: 'business', raw: '089/1', display: '+49 (89) 1', e164: '+49891' } as const;
  expect(dialTargetOf({ ...number, dialable: '00891' }, 'Zoë')?.number).toBe('00891');
  expect(dialTargetOf(number, 'Zoë')).toEqual({ number: '+49891', display: '+49 (89) 1', name: 'Zoë' });
  expect(dialTargetOf({ kind: 'business', raw: 'see card', problem: 'not-a-number' }, 'Zoë')).toBeUndefined();
});

it('lets no address add fields to a mail', () => {
  expect(mailtoOf('a@example.com?bcc=b@example.com')).toBe('mailto:a@example.com%3Fbcc%3Db%40example.com');
});
