import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onDirectoryChange } from '../../../../addin/api/directory-changes';
import type { LiveEvent } from '../../../../shared/events';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const listeners = new Set<(event: LiveEvent) => void>();
  let reads = 0;
  const end = onDirectoryChange(
    {
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    () => (reads += 1),
  );
  const tell = (event: LiveEvent) => listeners.forEach((listener) => listener(event));
  return { tell, end, reads: () => reads };
}

describe('What is shown of the directory', () => {
  it('is read at once when the own contacts changed', () => {
    const { tell, reads } = setUp();
    tell({ type: 'contacts' });
    expect(reads()).toBe(1);
  });

  it('is read within the spread when users changed, once for several changes', () => {
    const { tell, reads } = setUp();
    tell({ type: 'directory', spreadMs: 1000 });
    tell({ type: 'directory', spreadMs: 1000 });
    expect(reads()).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(reads()).toBe(1);
  });

  it('is not read any more once nobody shows it', () => {
    const { tell, end, reads } = setUp();
    tell({ type: 'directory', spreadMs: 1000 });
    end();
    vi.advanceTimersByTime(1000);
    expect(reads()).toBe(0);
  });
});
