import { describe, expect, it } from 'vitest';
import { fittingTargets, latestTargets, type TargetGroup } from '../../../../addin/calls/call-targets';
import type { ContactNumber } from '../../../../shared/contact';
import type { DirectoryItem, DirectorySearch } from '../../../../shared/directory';
import type { JournalEntry } from '../../../../shared/journal';

const number = (raw: string, more: Partial<ContactNumber> = {}): ContactNumber => ({
  kind: 'business',
  raw,
  e164: `+49${raw}`,
  ...more,
});
const item = (displayName: string, numbers: ContactNumber[]): DirectoryItem => ({
  id: displayName,
  directory: 'personal',
  displayName,
  numbers,
  emails: [],
});
const hits = (personal: DirectoryItem[], internal: DirectoryItem[] = []): DirectorySearch => {
  const of = (items: DirectoryItem[]) => ({ count: items.length, more: false, items });
  return { personal: of(personal), internal: of(internal), system: of([]) };
};
const entry = (party: JournalEntry['party']): JournalEntry => ({
  id: JSON.stringify(party),
  direction: 'incoming',
  result: 'answered',
  party,
  voicemail: false,
  startedAt: '2026-11-23T09:00:00Z',
  endedAt: '2026-11-23T09:01:00Z',
  durationSeconds: 60,
  open: false,
});
const shown = (groups: readonly TargetGroup[]) =>
  groups.map(({ name, targets }) => [name, targets.map(({ target }) => target.number)]);

describe('While something is typed', () => {
  it('offers every number of those who are found that can be dialled, in the order of the directories', () => {
    const found = hits(
      [item('Müller', [number('891'), { kind: 'mobile', raw: 'call me', problem: 'not-a-number' }, number('892')])],
      [item('Möller', [number('893')])],
    );
    expect(shown(fittingTargets('m', found))).toEqual([['found', ['+49891', '+49892', '+49893']]]);
  });

  it('offers a typed number first, before anybody is found', () => {
    expect(shown(fittingTargets(' 33 1 ', undefined))).toEqual([['typed', ['33 1']]]);
    expect(shown(fittingTargets('331', hits([item('Müller', [number('331')])])))).toEqual([
      ['typed', ['331']],
      ['found', ['+49331']],
    ]);
  });

  it('offers nothing where nobody is found', () => {
    expect(fittingTargets('xyz', hits([]))).toEqual([]);
  });
});

describe('While nothing is typed', () => {
  it('offers the redial list, then the latest others of the journal, each once', () => {
    const redial = [{ number: '+49891', display: '089 1', name: 'Müller' }];
    const journal = [
      entry({ number: '891', e164: '+49891', display: '089 1', name: 'Müller' }),
      entry({ number: '892', e164: '+49892', display: '089 2' }),
      entry({}),
      entry({ number: '892', e164: '+49892', display: '089 2' }),
    ];
    expect(shown(latestTargets(redial, journal))).toEqual([
      ['redial', ['+49891']],
      ['journal', ['+49892']],
    ]);
  });
});
