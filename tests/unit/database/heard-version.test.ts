import { expect, test } from 'vitest';
import { createHeardVersion, keepByVersion } from '../../../sync-service/database/heard-version';

function changesByHand() {
  const told: { change?: (name: string) => void; miss?: () => void } = {};
  const changes = {
    hears: true,
    onChanged: (listener: (name: string) => void) => void (told.change = listener),
    onMissed: (listener: () => void) => void (told.miss = listener),
  };
  return { changes, heard: createHeardVersion(changes), told };
}

test('by what is heard, a version lasts until the next change of that name, or until something was missed', () => {
  const { changes, heard, told } = changesByHand();
  const first = heard('u');
  told.change?.('other');
  expect(heard('u')).toBe(first);
  told.change?.('u');
  const second = heard('u');
  expect(second).not.toBe(first);
  changes.hears = false;
  expect(heard('u')).toBeUndefined();
  changes.hears = true;
  expect(heard('u')).toBe(second);
  told.miss?.();
  expect(heard('u')).not.toBe(second);
});

test('a value is read once as long as its version stays, and each time while none is known', async () => {
  let [version, stored, reads]: [string | undefined, string, number] = ['v1', 'one', 0];
  const value = keepByVersion(
    () => version,
    (id) => {
      reads += 1;
      return Promise.resolve(`${id} ${stored}`);
    },
  );
  expect([await value('a'), await value('a'), await value('b'), reads]).toEqual(['a one', 'a one', 'b one', 2]);
  [version, stored] = ['v2', 'two'];
  expect([await value('a'), await value('a'), reads]).toEqual(['a two', 'a two', 3]);
  [version, stored] = [undefined, 'three'];
  expect([await value('a'), await value('a'), reads]).toEqual(['a three', 'a three', 5]);
});

test('a value that is changed while it is read is read again at the next time', async () => {
  let version = 'v1';
  const value = keepByVersion(
    () => version,
    () => {
      const read = version;
      version = 'v2';
      return Promise.resolve(read);
    },
  );
  expect([await value('a'), await value('a')]).toEqual(['v1', 'v2']);
});
