/** Numbers that a call can be led to: those that fit what is typed, and before that the latest ones. */
import type { NumberKind } from '../../shared/contact';
import { directoryNames, type DirectorySearch } from '../../shared/directory';
import type { JournalEntry } from '../../shared/journal';
import { dialTargetOf, type DialTarget } from '../shell/dialler';
import { typedNumber } from '../shell/typed-number';

export interface CallTarget {
  readonly target: DialTarget;
  /** Of a directory's number. */
  readonly kind?: NumberKind;
  readonly company?: string;
}

export interface TargetGroup {
  readonly name: 'typed' | 'found' | 'redial' | 'journal';
  readonly targets: readonly CallTarget[];
}

/** Latest numbers of the journal that are offered. */
const journalLength = 10;

/** What fits: the number as it is typed, then every number of those who were found, in the order of the directories. */
export function fittingTargets(typed: string, hits: DirectorySearch | undefined): TargetGroup[] {
  const number = typedNumber(typed);
  const people = hits ? directoryNames.flatMap((directory) => hits[directory].items) : [];
  const found = people.flatMap(({ displayName, company, numbers }) =>
    numbers.flatMap((one): CallTarget[] => {
      const target = dialTargetOf(one, displayName);
      return target ? [{ target, kind: one.kind, ...(company === undefined ? {} : { company }) }] : [];
    }),
  );
  return filled([
    { name: 'typed', targets: number === undefined ? [] : [{ target: { number, display: number } }] },
    { name: 'found', targets: eachOnce(found) },
  ]);
}

/** What is offered while nothing is typed: the redial list, then whoever else is in the journal, latest first. */
export function latestTargets(redial: readonly DialTarget[], journal: readonly JournalEntry[]): TargetGroup[] {
  const dialled = redial.map((target): CallTarget => ({ target }));
  const others = journal.flatMap(({ party }): CallTarget[] => {
    const number = party.e164 ?? party.number;
    if (number === undefined) return [];
    const { display, name, company } = party;
    return [
      {
        target: { number, ...(display === undefined ? {} : { display }), ...(name === undefined ? {} : { name }) },
        ...(company === undefined ? {} : { company }),
      },
    ];
  });
  const shown = (target: DialTarget) => target.display ?? target.number;
  const known = new Set(redial.map(shown));
  return filled([
    { name: 'redial', targets: eachOnce(dialled) },
    {
      name: 'journal',
      targets: eachOnce(others.filter(({ target }) => !known.has(shown(target)))).slice(0, journalLength),
    },
  ]);
}

/** The same number of the same person is offered once. */
function eachOnce(targets: readonly CallTarget[]): CallTarget[] {
  const seen = new Set<string>();
  return targets.filter(({ target }) => {
    const key = `${target.number} ${target.name ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const filled = (groups: readonly TargetGroup[]): TargetGroup[] => groups.filter(({ targets }) => targets.length > 0);
