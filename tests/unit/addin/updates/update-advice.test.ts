import { expect, it } from 'vitest';
import { adviseUpdate, type UpdateSigns } from '../../../../addin/updates/update-advice';

const now = Date.parse('2026-11-27T12:00:00Z');
const advise = (signs: Partial<UpdateSigns>) =>
  adviseUpdate({
    pane: '1.0.0',
    service: '1.1.0',
    reloadedFor: undefined,
    answer: null,
    occupation: 'nothing',
    connected: true,
    now,
    ...signs,
  });

it('reloads by itself when nothing is under way, and offers it otherwise', () => {
  expect(advise({})).toBe('reload');
  expect(advise({ occupation: 'under-way' })).toBe('offer');
  expect(advise({ occupation: 'used' })).toBe('wait');
});

it('does nothing while the versions are the same, or nobody knows the other one', () => {
  expect(advise({ service: '1.0.0' })).toBe('none');
  expect(advise({ service: undefined })).toBe('none');
});

it('waits until the service can be reached and has told what the user said', () => {
  expect(advise({ connected: false })).toBe('wait');
  expect(advise({ answer: undefined })).toBe('wait');
});

it('keeps quiet about a version that is skipped, and about one to be reminded of until then', () => {
  expect(advise({ answer: { version: '1.1.0', remindAt: null } })).toBe('put-off');
  expect(advise({ answer: { version: '1.1.0', remindAt: '2026-11-27T13:00:00Z' } })).toBe('put-off');
  expect(advise({ answer: { version: '1.1.0', remindAt: '2026-11-27T11:00:00Z' } })).toBe('reload');
  expect(advise({ answer: { version: '1.0.9', remindAt: null } })).toBe('reload');
});

it('reloads once for a version: a pane that is the old one again says so', () => {
  expect(advise({ reloadedFor: '1.1.0' })).toBe('still-old');
  expect(advise({ reloadedFor: '1.0.9' })).toBe('reload');
});
