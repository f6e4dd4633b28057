import { describe, expect, it } from 'vitest';
import { dialTargetOfParty, draftOfParty, entryKinds, isOverdue, kindOf } from '../../../../addin/journal/entry-kind';
import { makeEntry } from './make-entry';

const group = { number: '500', name: 'Sales' };

describe('The kind of an entry', () => {
  it('is one of nine, by direction, group and outcome', () => {
    const kinds = (['incoming', 'outgoing'] as const).flatMap((direction) =>
      (['answered', 'not-answered', 'taken-over'] as const).flatMap((result) => [
        kindOf({ direction, result }),
        kindOf({ direction, result, group }),
      ]),
    );
    expect(new Set(kinds)).toEqual(new Set(entryKinds));
    expect(kindOf({ direction: 'incoming', result: 'taken-over', group })).toBe('incoming-taken-over');
  });
});

describe('The other party', () => {
  it('is dialled by its canonical number, else as the telephone system says it, and not at all when it was withheld', () => {
    expect(dialTargetOfParty({ number: '089', e164: '+4989', display: '+49 (89)', name: 'Zoë' })).toEqual({
      number: '+4989',
      display: '+49 (89)',
      name: 'Zoë',
    });
    expect(dialTargetOfParty({ number: '331' })).toEqual({ number: '331' });
    expect(dialTargetOfParty({ name: 'Zoë' })).toBeUndefined();
  });

  it('is saved as a contact with what is known, unless it is one or the number was withheld (DIR-7)', () => {
    expect(
      draftOfParty({ number: '089', display: '+49 (89)', name: 'Zoë', company: 'Höß', directory: 'system' }),
    ).toEqual({ displayName: 'Zoë', company: 'Höß', numbers: [{ kind: 'business', raw: '+49 (89)' }] });
    expect(draftOfParty({ number: '331', directory: 'internal' })?.numbers).toEqual([{ kind: 'internal', raw: '331' }]);
    expect(draftOfParty({ number: '331', directory: 'personal' })).toBeUndefined();
    expect(draftOfParty({})).toBeUndefined();
  });
});

it('is overdue from the time of its reminder on', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  const reminders = [undefined, '2026-11-23T10:00:01Z', '2026-11-23T10:00:00Z'];
  expect(reminders.map((remindAt) => isOverdue(remindAt === undefined ? {} : makeEntry({ remindAt }), now))).toEqual([
    false,
    false,
    true,
  ]);
});
