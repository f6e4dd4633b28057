import { expect, test } from 'vitest';
import { rememberReadings } from '../../../sync-service/contacts/remembered-readings';
import { realRules } from '../../fakes/contact-world';
import { munich } from '../../fixtures/dial-plans';

test('what was read is not read again, and is what the rules say', () => {
  const rules = realRules();
  const asked: string[] = [];
  const remembered = rememberReadings(
    {
      read: (raw, plan) => {
        asked.push(raw);
        return rules.read(raw, plan);
      },
      version: (plan) => rules.version(plan),
    },
    munich,
  );
  const texts = ['089 123456', '110', 'no number', '', '+49 89 123456 App. 12', '089 123456 '];
  for (const text of [...texts, ...texts]) expect(remembered.read(text, munich)).toEqual(rules.read(text, munich));
  expect(asked).toEqual(texts);
  expect(remembered.version(munich)).toBe(rules.version(munich));
});

test('what a hostile file holds is remembered up to a bound, and read for all that', () => {
  let reads = 0;
  const remembered = rememberReadings(
    { read: (raw) => ({ raw: `${(reads += 1)} ${raw.length}` }), version: () => '' },
    munich,
  );
  const long = '1'.repeat(65);
  expect(remembered.read(long, munich)).not.toEqual(remembered.read(long, munich));
  for (let n = 0; n < 50_000; n += 1) remembered.read(String(n), munich);
  expect(remembered.read('last', munich)).not.toEqual(remembered.read('last', munich));
  expect(remembered.read('0', munich)).toEqual(remembered.read('0', munich));
});
