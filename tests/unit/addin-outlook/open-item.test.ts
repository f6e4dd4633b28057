import { describe, expect, it, vi } from 'vitest';
import { readOpenItem } from '../../../addin/outlook/open-item';

const anna = { displayName: 'Anna Groß', emailAddress: 'anna@example.com' };
const ben = { displayName: '', emailAddress: 'ben@example.com' };
const chris = { displayName: 'Chris', emailAddress: 'chris@example.com' };

/** A field of an item that is being written. */
function asked<T>(value: T, status: 'succeeded' | 'failed' = 'succeeded') {
  return {
    getAsync: (callback: (result: Office.AsyncResult<T>) => void) => {
      // At run time the status is a text; the types declare a number.
      const result = { status, value };
      setTimeout(() => callback(result as unknown as Office.AsyncResult<T>), 0);
    },
  };
}

describe('readOpenItem', () => {
  it('reads a mail: sender, recipients, copies', async () => {
    const item = { itemId: 'm1', subject: 'Offer', from: anna, to: [ben], cc: [chris] };
    expect(await readOpenItem(item)).toEqual({
      id: 'm1',
      subject: 'Offer',
      people: [
        { role: 'from', name: 'Anna Groß', email: 'anna@example.com' },
        { role: 'to', name: '', email: 'ben@example.com' },
        { role: 'cc', name: 'Chris', email: 'chris@example.com' },
      ],
    });
  });

  it('reads an appointment: organizer, then required and optional attendees', async () => {
    const item = {
      itemId: 'a1',
      subject: 'Review',
      organizer: anna,
      requiredAttendees: [ben],
      optionalAttendees: [chris],
    };
    expect((await readOpenItem(item)).people.map(({ role, email }) => [role, email])).toEqual([
      ['organizer', 'anna@example.com'],
      ['attendee', 'ben@example.com'],
      ['attendee', 'chris@example.com'],
    ]);
  });

  it('asks the fields of an item that is being written, which has no id', async () => {
    const item = { subject: asked('Draft'), from: asked(anna), to: asked([ben]), cc: asked([chris]) };
    const read = await readOpenItem(item);
    expect(read).not.toHaveProperty('id');
    expect(read.subject).toBe('Draft');
    expect(read.people.map(({ role }) => role)).toEqual(['from', 'to', 'cc']);
  });

  it('leaves out a field that fails, throws or never answers', async () => {
    vi.useFakeTimers();
    const thrown = {
      getAsync: () => {
        throw new Error('not here');
      },
    };
    const silent = { getAsync: () => {} };
    const reading = readOpenItem({ subject: asked('x', 'failed'), from: thrown, to: silent, cc: asked([chris]) });
    await vi.advanceTimersByTimeAsync(5000);
    expect(await reading).toEqual({ subject: '', people: [{ role: 'cc', name: 'Chris', email: 'chris@example.com' }] });
    vi.useRealTimers();
  });

  it('names nobody twice in one role, whatever the case of the address', async () => {
    const again = { displayName: 'Ben', emailAddress: 'BEN@example.com' };
    expect((await readOpenItem({ subject: '', to: [ben, again], cc: [ben] })).people).toHaveLength(2);
  });
});
