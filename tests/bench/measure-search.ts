/** How long the service takes to search, asked over HTTP one after the other, and how fast numbers are read. */
import { searchDirectory } from '../../shared/api/directory';
import { getHealth } from '../../shared/api/installation';
import { createNumberRules } from '../../shared/phone-number';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { munich } from '../fixtures/dial-plans';
import type { DirectoryWords } from './directory-words';
import type { PaneSession } from './pane-session';
import { percentile, type Figure } from './report';

const kinds = { one: 'one word', two: 'two words', number: 'a number' } as const;

export async function measureSearch({ client }: PaneSession, words: DirectoryWords): Promise<Figure[]> {
  const search = (q: string) => client.call(searchDirectory, { query: { q, limit: '20' } });
  for (const q of words.one.slice(0, 20)) await search(q);

  const idle: number[] = [];
  for (let count = 0; count < 100; count += 1) {
    const startedAt = performance.now();
    await client.call(getHealth, {});
    idle.push(performance.now() - startedAt);
  }
  const figures: Figure[] = [
    {
      name: 'a request that searches nothing, p50',
      value: percentile(idle, 0.5),
      unit: 'ms',
      note: 'what HTTP costs each search below',
    },
  ];
  for (const kind of ['one', 'two', 'number'] as const) {
    const times: number[] = [];
    let hits = 0;
    for (const q of words[kind]) {
      const startedAt = performance.now();
      const { personal } = await search(q);
      times.push(performance.now() - startedAt);
      if (personal.count > 0) hits += 1;
    }
    const note = `p99 ${percentile(times, 0.99).toFixed(1)} ms; ${hits} of ${times.length} searches have hits`;
    figures.push({ name: `search for ${kinds[kind]}, p50`, value: percentile(times, 0.5), unit: 'ms', note });
  }
  return [...figures, measureReading(words.written)];
}

/** Numbers as they stand in the contacts, read for the demo's site by the service's rules. */
function measureReading(written: readonly string[]): Figure {
  const { readNumber } = createNumberRules(numberLibrary);
  for (const raw of written.slice(0, 2000)) readNumber(raw, munich);
  const startedAt = performance.now();
  for (const raw of written) readNumber(raw, munich);
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    name: 'numbers read',
    value: written.length / seconds,
    unit: 'a second',
    note: `${written.length} numbers of the contacts, one core`,
  };
}
