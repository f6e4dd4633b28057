import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareEntries,
  emptyJournalList,
  pageToRead,
  staysIn,
  withEntry,
  withoutEntry,
  withPage,
  type JournalList,
  type JournalRead,
} from '../../../../addin/journal/journal-list';
import type { JournalEntry } from '../../../../shared/journal';
import { makeEntry } from './make-entry';

const pageSize = 4;

/** An entry at a minute; several may begin in the same one. */
const at = (minute: number, id: string, note?: string): JournalEntry =>
  makeEntry({
    id,
    startedAt: new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString(),
    ...(note === undefined ? {} : { note }),
  });

/** A service that answers from its entries as they are now; a cursor is the position of the last entry of a page. */
function createService() {
  let entries: readonly JournalEntry[] = [];
  return {
    sorted: () => [...entries].sort(compareEntries),
    put: (entry: JournalEntry) => (entries = [...entries.filter(({ id }) => id !== entry.id), entry]),
    remove: (id: string) => (entries = entries.filter((entry) => entry.id !== id)),
    read(cursor: string | undefined): JournalRead {
      const [startedAt = '', id = ''] = cursor?.split(' ') ?? [];
      const rest = this.sorted().filter(
        (entry) => cursor === undefined || compareEntries(entry, { startedAt, id }) > 0,
      );
      const items = rest.slice(0, pageSize);
      const last = items[items.length - 1];
      return rest.length > pageSize && last
        ? { cursor, items, nextCursor: `${last.startedAt} ${last.id}` }
        : { cursor, items };
    },
  };
}

const everything = { first: 0, last: Number.MAX_SAFE_INTEGER };

/** Reads what is stale in sight, as the model does. */
function refresh(list: JournalList, service: ReturnType<typeof createService>, version: number, sight = everything) {
  let reads = 0;
  for (let due = pageToRead(list, version, sight); due; due = pageToRead(list, version, sight)) {
    list = withPage(list, service.read(due.cursor), version);
    reads += 1;
    if (reads > 200) throw new Error('It does not come to an end.');
  }
  return list;
}

const step = fc.oneof(
  fc.record({ do: fc.constant('call' as const), minute: fc.integer({ min: 0, max: 30 }), id: fc.nat(40) }),
  fc.record({ do: fc.constant('note' as const), id: fc.nat(40) }),
  fc.record({ do: fc.constant('delete' as const), id: fc.nat(40) }),
  fc.record({ do: fc.constant('own-note' as const), id: fc.nat(40) }),
  fc.record({ do: fc.constant('own-delete' as const), id: fc.nat(40) }),
  fc.record({ do: fc.constant('more' as const) }),
  fc.record({ do: fc.constant('late-more' as const) }),
  fc.record({ do: fc.constant('look' as const), first: fc.nat(30) }),
);

describe('The list of the journal', () => {
  it("is the beginning of the service's list, in its order and without doubles, whatever happened in between", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const service = createService();
        let list = emptyJournalList;
        let version = 0;
        /** An answer that is still under way while other things happen. */
        let late: { readonly read: JournalRead; readonly version: number } | undefined;
        for (const one of steps) {
          if (one.do === 'call') {
            service.put(at(one.minute, `e${one.id}`));
            version += 1;
          } else if (one.do === 'note' || one.do === 'own-note') {
            const known = service.sorted().find(({ id }) => id === `e${one.id}`);
            if (!known) continue;
            const changed = { ...known, note: `note ${version}` };
            service.put(changed);
            version += 1;
            if (one.do === 'own-note') list = withEntry(list, changed);
          } else if (one.do === 'delete' || one.do === 'own-delete') {
            service.remove(`e${one.id}`);
            version += 1;
            if (one.do === 'own-delete') list = withoutEntry(list, `e${one.id}`);
          } else if (one.do === 'more') {
            const cursor = list.pages.length === 0 ? undefined : list.nextCursor;
            if (list.pages.length === 0 || cursor !== undefined) list = withPage(list, service.read(cursor), version);
          } else if (one.do === 'late-more') {
            if (late) list = withPage(list, late.read, late.version);
            late = { read: service.read(list.nextCursor), version };
          } else list = refresh(list, service, version, { first: one.first, last: one.first + 5 });
          expect([...list.entries].sort(compareEntries)).toEqual(list.entries);
          expect(new Set(list.entries.map(({ id }) => id)).size).toBe(list.entries.length);
        }
        list = refresh(list, service, version);
        const wanted = service.sorted();
        expect(list.entries).toEqual(wanted.slice(0, list.entries.length));
        while (list.nextCursor !== undefined) list = withPage(list, service.read(list.nextCursor), version);
        expect(list.entries).toEqual(wanted);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads again only the newest page and what is in sight', () => {
    const service = createService();
    for (let minute = 0; minute < 40; minute += 1) service.put(at(minute, `e${minute}`));
    let list = withPage(emptyJournalList, service.read(undefined), 0);
    while (list.nextCursor !== undefined) list = withPage(list, service.read(list.nextCursor), 0);
    expect(list.pages).toHaveLength(10);
    service.put(at(50, 'new'));
    let reads = 0;
    for (
      let due = pageToRead(list, 1, { first: 20, last: 22 });
      due;
      due = pageToRead(list, 1, { first: 20, last: 22 })
    ) {
      list = withPage(list, service.read(due.cursor), 1);
      reads += 1;
    }
    expect(reads).toBeLessThanOrEqual(3);
    expect(list.entries[0]?.id).toBe('new');
    expect(list.entries).toHaveLength(41);
  });

  it('reads on below its last entry when it was complete and has grown by more than a page', () => {
    const service = createService();
    service.put(at(30, 'a'));
    let list = withPage(emptyJournalList, service.read(undefined), 0);
    for (const minute of [10, 9, 8, 7]) service.put(at(minute, `e${minute}`));
    list = refresh(list, service, 1);
    while (list.nextCursor !== undefined) list = withPage(list, service.read(list.nextCursor), 1);
    expect(list.entries.map(({ id }) => id)).toEqual(['a', 'e10', 'e9', 'e8', 'e7']);
  });

  it('takes a changed entry out of Open when it is done, and out of the overdue ones when its reminder is not due', () => {
    const now = Date.parse('2026-11-23T10:00:00Z');
    expect(staysIn('open', makeEntry({ open: false }), now)).toBe(false);
    expect(staysIn('open', makeEntry({ open: true }), now)).toBe(true);
    expect(staysIn('overdue', makeEntry(), now)).toBe(false);
    expect(staysIn('overdue', makeEntry({ remindAt: '2026-11-23T10:15:00Z' }), now)).toBe(false);
    expect(staysIn('overdue', makeEntry({ remindAt: '2026-11-23T10:00:00Z' }), now)).toBe(true);
    expect(staysIn('missed', makeEntry({ open: false }), now)).toBe(true);
  });
});
