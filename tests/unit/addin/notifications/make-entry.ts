import type { JournalEntry } from '../../../../shared/journal';

/** A journal entry for tests: a call of 331 that was missed. */
export function makeEntry(more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: 'entry-1',
    direction: 'incoming',
    result: 'not-answered',
    party: { number: '331', display: '+49 (89) 7007-331', name: 'Jürgen Müller' },
    voicemail: false,
    startedAt: '2026-11-23T09:00:00Z',
    endedAt: '2026-11-23T09:00:20Z',
    durationSeconds: 0,
    open: true,
    ...more,
  };
}
