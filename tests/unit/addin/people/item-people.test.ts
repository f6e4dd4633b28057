import { expect, it } from 'vitest';
import { maxLookups, peopleOf } from '../../../../addin/people/item-people';

const item = {
  subject: 'Offer',
  people: [
    { role: 'from', name: 'Zoë', email: 'zoe@example.com' },
    { role: 'to', name: 'Me', email: 'Me@Example.com' },
    { role: 'cc', name: 'Zoë', email: 'ZOE@example.com' },
    { role: 'cc', name: 'Without address', email: '' },
  ],
} as const;

it('shows everybody once, in the first role, and not the owner of the mailbox', () => {
  expect(peopleOf(item, 'me@example.com').map(({ role, name }) => `${role} ${name}`)).toEqual([
    'from Zoë',
    'cc Without address',
  ]);
});

it('shows nobody without an item', () => {
  expect(peopleOf(undefined, 'me@example.com')).toEqual([]);
});

it('shows no more people than one lookup takes', () => {
  const people = Array.from({ length: 500 }, (_, n) => ({ role: 'to' as const, name: '', email: `p${n}@example.com` }));
  expect(peopleOf({ subject: '', people }, undefined)).toHaveLength(maxLookups);
});
