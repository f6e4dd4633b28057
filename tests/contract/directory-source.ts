/** What every `DirectorySource` keeps to. Call it in a test file of the adapter with a way to make one. */
import { describe, expect, it } from 'vitest';
import { directoryCountLimit } from '../../shared/directory';
import type { DirectoryName } from '../../shared/directory';
import { readQuery } from '../../shared/directory-keys';
import { createNumberRules } from '../../shared/phone-number';
import type { NumberReading } from '../../shared/phone-number';
import type { DirectorySource, Viewer } from '../../sync-service/directory/directory-source';
import { numberLibrary } from '../../sync-service/numbers/number-library';

/** An entry that the adapter is to hold. */
export interface DirectoryContractEntry {
  readonly displayName: string;
  /** As written; the extension alone where the directory holds extensions only. */
  readonly number: string;
  /** Absent for directories without addresses. */
  readonly email?: string;
}

export interface DirectoryContractSubject {
  readonly source: DirectorySource;
  readonly viewer: Viewer;
  /** Somebody to whom none of the entries belong: another user (personal) or another site. */
  readonly stranger: Viewer;
  close?(): Promise<void>;
}

export interface DirectoryContractOptions {
  /** False where entries have no address, as speed dials. */
  readonly emails?: boolean;
  /** Numbers of the three people where the directory holds others than these; each the viewer's dial plan reads. */
  readonly numbers?: readonly [muller: string, soren: string, obrien: string];
}

/**
 * Runs the suite. `make` makes a source with these entries and nothing else, for a viewer whose site has country 49, area 89,
 * access code 0, block +49897007 and three-digit extensions.
 */
export function directorySourceContract(
  name: string,
  directory: DirectoryName,
  make: (entries: readonly DirectoryContractEntry[]) => Promise<DirectoryContractSubject>,
  options: DirectoryContractOptions = {},
): void {
  const rules = createNumberRules(numberLibrary);
  const withEmails = options.emails ?? true;
  const numbers = options.numbers ?? ['089 7007-331', '0171 1234567', '+1 (212) 373-4253'];
  const people: readonly DirectoryContractEntry[] = [
    { displayName: 'Søren Berg', number: numbers[1], ...(withEmails ? { email: 'soren@example.com' } : {}) },
    { displayName: "Pat O'Brien", number: numbers[2], ...(withEmails ? { email: 'Pat.OBrien@Example.com' } : {}) },
    { displayName: 'Anna Müller', number: numbers[0], ...(withEmails ? { email: 'anna@example.com' } : {}) },
  ];

  async function having(
    entries: readonly DirectoryContractEntry[],
    check: (subject: DirectoryContractSubject) => Promise<void>,
  ): Promise<void> {
    const subject = await make(entries);
    try {
      await check(subject);
    } finally {
      await subject.close?.();
    }
  }

  const search = ({ source, viewer }: DirectoryContractSubject, typed: string, limit = 20) =>
    source.search(viewer, readQuery(typed, viewer.dialPlan), limit);
  const names = (items: readonly ({ displayName: string } | null)[]) => items.map((item) => item?.displayName ?? null);
  const read = (raw: string, { viewer }: DirectoryContractSubject): NumberReading =>
    rules.readNumber(raw, viewer.dialPlan);

  describe(`directory source: ${name}`, () => {
    it('gives everybody in the order of names for an empty query', () =>
      having(people, async (subject) => {
        const hits = await search(subject, '');
        expect(names(hits.items)).toEqual(['Anna Müller', "Pat O'Brien", 'Søren Berg']);
        expect(hits).toMatchObject({ count: 3, more: false });
        expect(new Set(hits.items.map(({ id }) => id)).size).toBe(3);
        expect(hits.items.every((item) => item.directory === directory)).toBe(true);
      }));

    it.each([
      ['mull', 'Anna Müller'],
      ['muell', 'Anna Müller'],
      ['müll ann', 'Anna Müller'],
      ['sor', 'Søren Berg'],
      ['obrien', "Pat O'Brien"],
      ['brien', "Pat O'Brien"],
    ])('finds by %s', (typed, displayName) =>
      having(people, async (subject) => {
        expect(names((await search(subject, typed)).items)).toEqual([displayName]);
      }),
    );

    it('wants every word and finds no middle of a word', () =>
      having(people, async (subject) => {
        expect(await search(subject, 'anna berg')).toEqual({ count: 0, more: false, items: [] });
        expect((await search(subject, 'ller')).count).toBe(0);
      }));

    it('takes what is typed literally', () =>
      having(people, async (subject) => {
        for (const typed of ['%', '_nna', "' or 1=1 --", '\\', 'anna*']) {
          const { items } = await search(subject, typed);
          // Signs are no part of a word: only the words count.
          for (const item of items) expect(people.map(({ displayName }) => displayName)).toContain(item.displayName);
        }
        expect((await search(subject, '_nna')).count).toBe(0);
        expect((await search(subject, 'ann%ller')).count).toBe(0);
      }));

    it('finds by the beginning of any form of a number', () =>
      having(people, async (subject) => {
        for (const { displayName, number } of people) {
          const reading = read(number, subject);
          for (const form of [reading.raw, reading.e164, reading.display, reading.dialable, reading.extension]) {
            if (form === undefined) continue;
            expect(names((await search(subject, form)).items), form).toEqual([displayName]);
          }
          const { e164 } = reading;
          if (e164 !== undefined) {
            expect(names((await search(subject, e164.slice(0, -1))).items)).toContain(displayName);
          }
        }
      }));

    it('shows numbers in all their forms', () =>
      having(people, async (subject) => {
        for (const { displayName, number } of people) {
          const [item] = (await search(subject, displayName)).items;
          const { e164, display, dialable, extension } = read(number, subject);
          const forms = { e164, display, dialable, extension };
          const known = Object.fromEntries(Object.entries(forms).filter(([, form]) => form !== undefined));
          expect(item?.numbers).toContainEqual(expect.objectContaining(known));
        }
      }));

    it('counts all hits and gives no more than the limit', () =>
      having(people, async (subject) => {
        const hits = await search(subject, '', 2);
        expect(hits).toMatchObject({ count: 3, more: false });
        expect(names(hits.items)).toEqual(['Anna Müller', "Pat O'Brien"]);
      }));

    it.each([
      [directoryCountLimit, false],
      [directoryCountLimit + 1, true],
    ])('counts %i hits up to 200 and then says that there are more: %s', (total, more) => {
      const many = Array.from({ length: total }, (_, index) => ({
        displayName: `Berg ${String.fromCharCode(97 + Math.floor(index / 26))}${String.fromCharCode(97 + (index % 26))}`,
        number: `089 12${String(1000 + index)}`,
      }));
      return having(many, async (subject) => {
        const hits = await search(subject, 'berg', 5);
        expect(hits).toMatchObject({ count: directoryCountLimit, more });
        expect(names(hits.items)).toEqual(['Berg aa', 'Berg ab', 'Berg ac', 'Berg ad', 'Berg ae']);
      });
    });

    it('shows nothing to whom the entries do not belong', () =>
      having(people, async (subject) => {
        const { source, stranger } = subject;
        expect(await source.search(stranger, { elements: [] }, 20)).toEqual({ count: 0, more: false, items: [] });
        expect(await source.search(stranger, readQuery('anna', stranger.dialPlan), 20)).toMatchObject({ count: 0 });
        expect(await source.byNumbers(stranger, [read(numbers[0], subject)])).toEqual([null]);
        expect(await source.byEmails(stranger, ['anna@example.com'])).toEqual([null]);
      }));

    it('answers for each id in the order asked, and for nobody else', () =>
      having(people, async (subject) => {
        const { source, viewer, stranger } = subject;
        const [anna, , soren] = (await search(subject, '')).items;
        const ids = [soren?.id ?? '', 'nobody', anna?.id ?? '', anna?.id ?? ''];
        expect(await source.byIds(viewer, ids)).toEqual([soren, null, anna, anna]);
        expect(await source.byIds(viewer, [])).toEqual([]);
        expect(await source.byIds(stranger, ids)).toEqual([null, null, null, null]);
      }));

    it('answers for each number in the order asked, exact ones only', () =>
      having(people, async (subject) => {
        const { source, viewer } = subject;
        const asked = [numbers[2], '+49 30 999999', numbers[0], '12', numbers[1], numbers[0]].map((raw) =>
          read(raw, subject),
        );
        expect(names(await source.byNumbers(viewer, asked))).toEqual([
          "Pat O'Brien",
          null,
          'Anna Müller',
          null,
          'Søren Berg',
          'Anna Müller',
        ]);
        const whole = read(numbers[2], subject).e164;
        if (whole !== undefined) {
          const part: NumberReading = { raw: '', e164: whole.slice(0, -1) };
          expect(await source.byNumbers(viewer, [part])).toEqual([null]);
        }
        expect(await source.byNumbers(viewer, [])).toEqual([]);
      }));

    it('knows an extension by its number to the outside and the other way round', () =>
      having([{ displayName: 'Anna Müller', number: '331' }], async (subject) => {
        const asked = ['331', '+49 89 7007331', '0004989 7007 331', '332'].map((raw) => read(raw, subject));
        expect(names(await subject.source.byNumbers(subject.viewer, asked))).toEqual([
          'Anna Müller',
          'Anna Müller',
          'Anna Müller',
          null,
        ]);
      }));

    it('answers for 200 numbers at once', () =>
      having(people, async (subject) => {
        const asked = Array.from({ length: 200 }, (_, index) =>
          read(index === 150 ? numbers[0] : `030 12${String(1000 + index)}`, subject),
        );
        const found = await subject.source.byNumbers(subject.viewer, asked);
        expect(found).toHaveLength(200);
        expect(found.map((item, index) => (item === null ? -1 : index)).filter((index) => index >= 0)).toEqual([150]);
      }));

    if (withEmails) {
      it('answers for each address in the order asked, in any case, exact ones only', () =>
        having(people, async ({ source, viewer }) => {
          const asked = ['PAT.obrien@example.com', 'nobody@example.com', 'anna@example.com', 'anna@example.co', ''];
          expect(names(await source.byEmails(viewer, asked))).toEqual(["Pat O'Brien", null, 'Anna Müller', null, null]);
          expect(await source.byEmails(viewer, [])).toEqual([]);
          const many = Array.from({ length: 200 }, (_, index) =>
            index === 7 ? 'anna@example.com' : `n${index}@example.com`,
          );
          const found = await source.byEmails(viewer, many);
          expect(names(found.filter((item) => item !== null))).toEqual(['Anna Müller']);
          expect(found).toHaveLength(200);
        }));
    } else {
      it('knows no addresses', () =>
        having(people, async ({ source, viewer }) => {
          expect(await source.byEmails(viewer, ['anna@example.com', ''])).toEqual([null, null]);
        }));
    }
  });
}
