import { describe, expect, it } from 'vitest';
import { applyEvent, initialLiveState, type LiveState } from '../../../../addin/api/live-state';
import { createStore } from '../../../../addin/api/store';
import type { Notice } from '../../../../addin/notifications/notice-content';
import { startSystemNotifier, type SystemNotifierDeps } from '../../../../addin/notifications/system-notifier';
import { notificationTexts } from '../../../../addin/notifications/texts';
import type { Call } from '../../../../shared/call';
import type { LiveEvent } from '../../../../shared/events';
import type { JournalEntry } from '../../../../shared/journal';
import { makeCall } from '../make-call';
import { makeEntry } from './make-entry';
import { plainPresence } from '../../../fixtures/plain-presence';

const counts = (unseen: number) => ({ open: 0, missed: unseen, answered: 0, all: 0, overdue: 0, unseen });
const party = { name: 'Jürgen Müller', number: '331', display: '+49 (89) 7007-331' };
const ringing = makeCall({ id: 'a', direction: 'incoming', state: 'alerting', party });

function setUp({ notifies = true, journal = [] as JournalEntry[] | Error } = {}) {
  const state = createStore<LiveState>(initialLiveState);
  const role = createStore(notifies);
  const listeners = new Set<(event: LiveEvent) => void>();
  const open = new Map<string, { notice: Notice; click: () => void }>();
  const shown: string[] = [];
  const opened: string[] = [];
  const call = () => (journal instanceof Error ? Promise.reject(journal) : Promise.resolve({ items: journal }));
  const stop = startSystemNotifier({
    live: {
      state,
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    // The fake answers as the one route does that is called here.
    client: { call: call as unknown as SystemNotifierDeps['client']['call'] },
    notifies: role,
    words: () => ({ texts: notificationTexts.en, number: (display) => display }),
    formats: () => ({ count: String, dateTime: () => '10:00' }),
    show(notice, click) {
      shown.push([notice.title, ...notice.body.split('\n')].filter((line) => line !== '').join(' | '));
      open.set(notice.tag, { notice, click });
      return () => void open.delete(notice.tag);
    },
    onOpen: (target) => opened.push(target),
  });
  const tell = (event: LiveEvent) => {
    state.set(applyEvent(state.get(), event));
    for (const listener of listeners) listener(event);
  };
  tell({
    type: 'snapshot',
    telephoneSystem: { state: 'up', since: '2026-11-23T08:00:00Z' },
    calls: [],
    lineStates: [],
    journal: counts(0),
    ...plainPresence,
  });
  return {
    shown,
    open,
    opened,
    role,
    stop,
    tell,
    call: (known: Call) => tell({ type: 'call', call: known }),
    // What is read of the journal is here one turn later.
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('System notifications', () => {
  it('show a call that rings with name and number, once, under its id, until it is answered', () => {
    const { call, shown, open, opened } = setUp();
    call(ringing);
    call({ ...ringing, abilities: ['answer', 'hang-up'] });
    expect(shown).toEqual(['Incoming call from Jürgen Müller | +49 (89) 7007-331']);
    expect(open.get('a')?.notice.stays).toBe(true);
    open.get('a')?.click();
    expect(opened).toEqual(['call']);
    call({ ...ringing, state: 'connected', connectedAt: '2026-11-23T09:00:05Z' });
    expect([...open.keys()]).toEqual([]);
  });

  it('name a caller that withholds the number, and whom was called before', () => {
    const { call, shown } = setUp();
    call({ ...ringing, party: {} });
    call({ ...ringing, id: 'b', redirectedFrom: { name: 'Bernd Bach' } });
    expect(shown).toEqual([
      'Incoming call from unknown caller',
      'Incoming call from Jürgen Müller | +49 (89) 7007-331 | for Bernd Bach',
    ]);
  });

  it('are another window’s as long as it shows them, and then a ringing call is shown here', () => {
    const { call, shown, role } = setUp({ notifies: false });
    call(ringing);
    expect(shown).toEqual([]);
    role.set(true);
    expect(shown).toHaveLength(1);
  });

  it('tell a missed call with the name that the journal knows, and lead to it', async () => {
    const { tell, shown, open, opened, settle } = setUp({ journal: [makeEntry()] });
    tell({ type: 'journal', counts: counts(1) });
    await settle();
    expect(shown).toEqual(['Missed call from Jürgen Müller | +49 (89) 7007-331 | 10:00']);
    open.get('missed entry-1')?.click();
    expect(opened).toEqual(['journal']);
    tell({ type: 'journal', counts: counts(0) });
    tell({ type: 'journal', counts: counts(1) });
    await settle();
    expect(shown).toHaveLength(1);
  });

  it('tell many missed calls as a number, and one whose journal cannot be read without a name', async () => {
    const { tell, shown, settle } = setUp({ journal: new Error('gone') });
    tell({ type: 'journal', counts: counts(4) });
    tell({ type: 'journal', counts: counts(5) });
    await settle();
    expect(shown).toEqual(['4 missed calls', 'Missed call']);
  });

  it('tell a reminder that is due with its note, shortened', () => {
    const { tell, shown } = setUp();
    tell({ type: 'reminder', entry: makeEntry({ note: 'x'.repeat(500) }) });
    expect(shown).toEqual([`Reminder: Jürgen Müller | ${'x'.repeat(160)} … | +49 (89) 7007-331`]);
  });

  it('tell that a colleague is free with his number, lead to his note, and are another window’s where that shows them', () => {
    const { tell, shown, open, opened, role } = setUp();
    const number = { kind: 'business' as const, raw: '+49 89 7007 331', display: '+49 (89) 7007-331' };
    const colleague = {
      id: 'juergen',
      directory: 'internal' as const,
      displayName: 'Jürgen Müller',
      numbers: [number],
      emails: [],
    };
    tell({ type: 'colleague-free', colleague });
    expect(shown).toEqual(['Jürgen Müller is free now | +49 (89) 7007-331']);
    open.get('free juergen')?.click();
    expect(opened).toEqual(['notes']);
    role.set(false);
    tell({ type: 'colleague-free', colleague });
    expect(shown).toHaveLength(1);
  });

  it('of calls go away with the user', () => {
    const { call, open, stop, tell, shown } = setUp();
    call(ringing);
    stop();
    expect([...open.keys()]).toEqual([]);
    tell({ type: 'reminder', entry: makeEntry() });
    expect(shown).toHaveLength(1);
  });
});
