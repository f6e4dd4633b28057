import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { newOrderedId } from '../../../sync-service/database/ordered-id';

describe('an id of what is stored in great numbers', () => {
  it('is a UUID of version 7 that tells its time first', () => {
    // The example of RFC 9562, A.6: 22 February 2022, 19:22:22 UTC.
    const id = newOrderedId(1_645_557_742_000);
    expect(id).toMatch(/^017f22e2-79b0-7/);
    expect(z.uuid().safeParse(id).success).toBe(true);
  });

  it('sorts by time, and two of one moment differ', () => {
    const [early, late] = [newOrderedId(1_700_000_000_000), newOrderedId(1_700_000_000_001)];
    expect(early < late).toBe(true);
    expect(newOrderedId(5)).not.toBe(newOrderedId(5));
  });
});
