import { describe, expect, test } from 'vitest';
import type { ContactFields } from '../../../shared/contact';
import type { ContactChange, SyncBatch } from '../../../shared/contact-sync';
import { fingerprintOf } from '../../../sync-service/contacts/contact-fields';
import { planSync } from '../../../sync-service/contacts/plan-sync';
import type { PlanInput, StoredItem, SyncPlan } from '../../../sync-service/contacts/plan-sync';
import { person } from '../../fakes/contact-world';

const anna = person('Anna Adler', '+49 89 1234567');
const bert = person('Bert Bär');

const upsert = (itemId: string, contact: ContactFields, folderId = 'F'): ContactChange => ({
  type: 'upsert',
  folderId,
  itemId,
  contact,
});
const remove = (itemId: string, folderId = 'F'): ContactChange => ({ type: 'remove', folderId, itemId });
const stored = (itemId: string, fields: ContactFields, folderId = 'F'): StoredItem => ({
  contactId: `contact of ${itemId}`,
  itemId,
  folderId,
  fingerprint: fingerprintOf(fields),
});
/** The rest of a folder's round. */
const round = (changes: ContactChange[], id = 'F', more: Partial<SyncBatch> = {}): SyncBatch => ({
  folder: { id, state: `after ${id}` },
  changes,
  ...more,
});
/** A folder told from zero in one batch. */
const anew = (changes: ContactChange[], id = 'F'): SyncBatch => ({
  folder: { id, restarted: true, state: `after ${id}` },
  changes,
});

function plan(batches: SyncBatch[], input: Partial<PlanInput> = {}): SyncPlan {
  return planSync({
    stored: [],
    shadows: new Set(),
    detached: [],
    marks: new Map(),
    folders: [
      { id: 'F', name: 'Contacts', state: 'before F' },
      { id: 'G', name: 'Friends', state: 'before G' },
    ],
    fromZero: false,
    options: { skipContactsWithoutNumber: false },
    read: (raw) => (/^\+\d/.test(raw) ? { raw, e164: raw.replace(/\s/g, '') } : { raw, problem: 'not-a-number' }),
    ...input,
    batches,
  });
}

/** What a plan does, in short. */
function doings({ add, change, remove: gone, move, keep }: SyncPlan) {
  return {
    add: add.map(({ itemId, folderId }) => `${itemId} in ${folderId}`),
    change: change.map(({ itemId, fields }) => `${itemId} to ${fields.displayName}`),
    remove: gone.map(({ itemId }) => itemId),
    move: move.map(({ contactId, folderId }) => `${contactId} to ${folderId}`),
    keep: [...keep],
  };
}
const nothing = { add: [], change: [], remove: [], move: [], keep: [] };

describe('what the source tells', () => {
  test('a new item becomes a contact', () => {
    expect(doings(plan([round([upsert('a', anna)])]))).toEqual({ ...nothing, add: ['a in F'] });
  });

  test('a changed item changes its contact', () => {
    const result = plan([round([upsert('a', bert)])], { stored: [stored('a', anna)] });
    expect(doings(result)).toEqual({ ...nothing, change: ['a to Bert Bär'] });
    expect(result.change[0]?.contactId).toBe('contact of a');
  });

  test('the same item again changes nothing', () => {
    const result = plan([round([upsert('a', anna)])], { stored: [stored('a', anna)] });
    expect(doings(result)).toEqual(nothing);
    expect(result.result).toMatchObject({ added: 0, changed: 0, removed: 0, unchanged: 1 });
  });

  test('a removed item removes its contact', () => {
    expect(doings(plan([round([remove('a')])], { stored: [stored('a', anna)] }))).toEqual({
      ...nothing,
      remove: ['a'],
    });
  });

  test('a removal of something unknown is passed over', () => {
    expect(doings(plan([round([remove('x')])]))).toEqual(nothing);
  });

  test('what is not told of stays', () => {
    const result = plan([round([])], { stored: [stored('a', anna), stored('b', bert, 'G')] });
    expect(doings(result)).toEqual(nothing);
    expect(result.result.unchanged).toBe(2);
  });

  test('the last word on an item counts', () => {
    expect(doings(plan([round([upsert('a', anna), remove('a'), upsert('a', bert)])])).add).toEqual(['a in F']);
    expect(doings(plan([round([upsert('a', anna), upsert('a', bert), remove('a')])]))).toEqual(nothing);
  });

  test('pages that come twice change nothing more', () => {
    const page = round([upsert('a', anna), remove('b')]);
    const once = plan([page], { stored: [stored('b', bert)] });
    const twice = plan([page, page], { stored: [stored('b', bert)] });
    expect(twice).toEqual(once);
  });
});

describe('a move between folders', () => {
  const before = { stored: [stored('a', anna, 'F')] };

  test.each([
    ['the removal first', [round([remove('a', 'F')], 'F'), round([upsert('a', anna, 'G')], 'G')]],
    ['the upsert first', [round([upsert('a', anna, 'G')], 'G'), round([remove('a', 'F')], 'F')]],
  ])('keeps the contact, %s', (_order, batches) => {
    const result = plan(batches, before);
    expect(doings(result)).toEqual({ ...nothing, move: ['contact of a to G'] });
    expect(result.result).toMatchObject({ changed: 0, unchanged: 1 });
  });

  test('seen only as an upsert moves; the removal that comes with the next sync does not count', () => {
    expect(doings(plan([round([upsert('a', anna, 'G')], 'G')], before)).move).toEqual(['contact of a to G']);
    const after = { stored: [stored('a', anna, 'G')] };
    expect(doings(plan([round([remove('a', 'F')], 'F')], after))).toEqual(nothing);
  });

  test('seen in both folders has both told from zero next time, as nobody knows which page is older', () => {
    const result = plan([round([upsert('a', anna, 'F')], 'F'), round([upsert('a', anna, 'G')], 'G')]);
    expect(doings(result).add).toEqual(['a in G']);
    expect(result.folders).toEqual([
      { id: 'F', name: 'Contacts' },
      { id: 'G', name: 'Friends' },
    ]);
  });
});

describe('folders', () => {
  test('a folder told from zero loses what does not come', () => {
    const input = { stored: [stored('a', anna), stored('b', bert), stored('g', bert, 'G')] };
    expect(doings(plan([anew([upsert('a', anna)])], input))).toEqual({ ...nothing, remove: ['b'] });
  });

  test('a folder that begins again in the middle forgets what it said before', () => {
    const batches: SyncBatch[] = [
      { folder: { id: 'F' }, changes: [upsert('a', anna), upsert('b', bert)] },
      anew([upsert('b', bert)]),
    ];
    expect(doings(plan(batches)).add).toEqual(['b in F']);
  });

  test('a folder without a known state is told from zero, said or not', () => {
    const input = { stored: [stored('a', anna)], folders: [{ id: 'F', name: 'Contacts' }] };
    expect(doings(plan([round([upsert('b', bert)])], input))).toEqual({ ...nothing, add: ['b in F'], remove: ['a'] });
  });

  test('a folder that is gone takes its contacts along, even those told of', () => {
    const list = { folders: [{ id: 'F', name: 'Contacts' }] };
    const result = plan([{ ...list, changes: [upsert('h', bert, 'G')] }], { stored: [stored('g', anna, 'G')] });
    expect(doings(result)).toEqual({ ...nothing, remove: ['g'] });
    expect(result.folders).toEqual([{ id: 'F', name: 'Contacts', state: 'before F' }]);
  });

  test('a folder that is not told of keeps its state; one that is goes on from the new one', () => {
    expect(plan([round([])]).folders).toEqual([
      { id: 'F', name: 'Contacts', state: 'after F' },
      { id: 'G', name: 'Friends', state: 'before G' },
    ]);
  });

  test('a round without its end is unfinished', () => {
    expect(plan([{ folder: { id: 'F', restarted: true }, changes: [] }]).unfinished).toEqual(['Contacts']);
    expect(plan([round([]), { folder: { id: 'F', restarted: true }, changes: [] }]).unfinished).toEqual(['Contacts']);
    expect(plan([{ folder: { id: 'F' }, changes: [] }, round([])]).unfinished).toEqual([]);
  });

  test('from zero every folder must be told to its end', () => {
    expect(plan([round([])], { fromZero: true }).unfinished).toEqual(['Friends']);
    expect(plan([round([]), round([], 'G')], { fromZero: true }).unfinished).toEqual([]);
  });

  test('from zero what is not told is gone, although a state is known', () => {
    const input = { fromZero: true, stored: [stored('a', anna), stored('b', bert)] };
    expect(doings(plan([round([upsert('b', bert)]), round([], 'G')], input)).remove).toEqual(['a']);
  });
});

describe('what the user did by hand', () => {
  test('an item that he edited or deleted is kept away and named', () => {
    const result = plan([round([upsert('a', anna)])], { shadows: new Set(['a']) });
    expect(doings(result)).toEqual({ ...nothing, keep: ['a'] });
    expect(result.result.skipped).toEqual([{ name: 'Anna Adler', reason: 'kept-by-hand' }]);
  });

  test('its removal at the source changes nothing', () => {
    expect(doings(plan([round([remove('a')])], { shadows: new Set(['a']) }))).toEqual(nothing);
  });
});

describe('what is passed over', () => {
  const onlyWithNumber = { options: { skipContactsWithoutNumber: true } };

  test('an item without a number, at the user’s wish; it goes if it was there before', () => {
    const result = plan([round([upsert('a', anna), upsert('b', bert)])], {
      ...onlyWithNumber,
      stored: [stored('b', bert)],
    });
    expect(doings(result)).toEqual({ ...nothing, add: ['a in F'], remove: ['b'] });
    expect(result.result.skipped).toEqual([{ name: 'Bert Bär', reason: 'no-number' }]);
  });

  test('a number field without a digit is no number', () => {
    expect(doings(plan([round([upsert('a', person('Anna', 'see card'))])], onlyWithNumber))).toEqual(nothing);
  });

  test('an item with nothing to show', () => {
    expect(plan([round([upsert('a', person('  '))])]).result.skipped).toEqual([{ reason: 'no-name' }]);
  });

  test('an item without a name is shown by its company, else by its address', () => {
    const { add } = plan([
      round([
        upsert('a', { ...person(''), company: 'Acme', emails: ['a@example.org'] }),
        upsert('b', { ...person(''), emails: ['b@example.org'] }),
      ]),
    ]);
    expect(add.map(({ fields }) => fields.displayName)).toEqual(['Acme', 'b@example.org']);
  });

  test('what the source itself passes over, with its reason; it goes if it was there before', () => {
    const batch = round([], 'F', {
      skipped: [{ folderId: 'F', itemId: 'a', name: 'Team', reason: 'distribution-list' }],
    });
    const result = plan([batch], { stored: [stored('a', anna)] });
    expect(doings(result)).toEqual({ ...nothing, remove: ['a'] });
    expect(result.result.skipped).toEqual([{ name: 'Team', reason: 'distribution-list' }]);
  });

  test('is told once, however often it comes', () => {
    const page = round([upsert('a', person(''))]);
    expect(plan([page, page]).result).toMatchObject({ skippedCount: 1 });
  });

  test('a thousand are listed, all are counted', () => {
    const many = Array.from({ length: 1500 }, (_, n) => upsert(`i${n}`, person('', 'x')));
    const { skipped, skippedCount } = plan([round(many)]).result;
    expect([skipped.length, skippedCount]).toEqual([1000, 1500]);
  });
});

describe('numbers that cannot be read', () => {
  test('are told with their contact and leave it as it is', () => {
    const result = plan([round([upsert('a', person('Anna', '+49891', 'call me'))])]);
    expect(result.add[0]?.numbers).toEqual([
      { kind: 'business', raw: '+49891', e164: '+49891' },
      { kind: 'business', raw: 'call me', problem: 'not-a-number' },
    ]);
    expect(result.result.problems).toEqual([
      { displayName: 'Anna', kind: 'business', raw: 'call me', problem: 'not-a-number' },
    ]);
  });

  test('a thousand are listed, all are counted', () => {
    const many = Array.from({ length: 600 }, (_, n) => upsert(`i${n}`, person('Anna', 'x', 'y')));
    const { problems, problemCount } = plan([round(many)]).result;
    expect([problems.length, problemCount]).toEqual([1000, 1200]);
  });
});

describe('the hash of a plan', () => {
  const removing = (...items: string[]) =>
    plan([round(items.map((item) => remove(item)))], { stored: [stored('a', anna), stored('b', bert)] }).planHash;

  test('is that of what it does, in whatever order it was told', () => {
    expect(removing('a', 'b')).toBe(removing('b', 'a'));
    expect(removing('a')).not.toBe(removing('b'));
  });

  test('is another one when an item becomes something else', () => {
    const hash = (fields: ContactFields) => plan([round([upsert('a', fields)])]).planHash;
    expect(hash(anna)).not.toBe(hash(bert));
  });
});
