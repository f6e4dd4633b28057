import type { JournalEntry } from '../../../../shared/journal';

/** A journal entry for tests: an incoming call from 331 that was answered. */
export function makeEntry(more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: 'entry-1',
    direction: 'incoming',
    result: 'answered',
    party: { number: '331', display: '+49 (89) 7007-331', name: 'Jürgen Müller' },
    voicemail: false,
    startedAt: '2026-11-23T09:00:00.000Z',
    connectedAt: '2026-11-23T09:00:07.000Z',
    endedAt: '2026-11-23T09:03:19.000Z',
    durationSeconds: 192,
    open: false,
    ...more,
  };
}
