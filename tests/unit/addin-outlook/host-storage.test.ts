import { describe, expect, it } from 'vitest';
import { createHostStorage } from '../../../addin/outlook/host-storage';

function createMemory(): Storage {
  const values = new Map<string, string>();
  return {
    length: 0,
    clear: () => values.clear(),
    key: () => null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

describe('createHostStorage', () => {
  it('keeps values under the partition key of Outlook', () => {
    const memory = createMemory();
    const storage = createHostStorage(
      () => memory,
      () => 'p1.',
    );
    storage.set('place', 'sync');
    expect(memory.getItem('p1.mycontacts.place')).toBe('sync');
    expect(storage.get('place')).toBe('sync');
    storage.remove('place');
    expect(storage.get('place')).toBeUndefined();
  });

  it('keeps what two partitions store apart', () => {
    const memory = createMemory();
    const of = (key: string) =>
      createHostStorage(
        () => memory,
        () => key,
      );
    of('a.').set('x', '1');
    expect(of('b.').get('x')).toBeUndefined();
  });

  it('goes on without storage where the browser refuses it', () => {
    const storage = createHostStorage(
      () => {
        throw new DOMException('denied', 'SecurityError');
      },
      () => '',
    );
    storage.set('x', '1');
    storage.remove('x');
    expect(storage.get('x')).toBeUndefined();
  });
});
