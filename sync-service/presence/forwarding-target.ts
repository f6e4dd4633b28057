/** Where a forwarding leads, and why it may not (PRE-6). Pure: what must be looked up is handed in. */
import type { ForwardedStatus, ForwardingProblem, ForwardingTarget } from '../../shared/forwarding';
import { defaultTarget, forwardedStatuses } from '../../shared/forwarding';
import type { PublishedTarget } from '../telephone-system/telephone-system';

/** A number as the site's telephone system would dial it. */
export type Destination =
  | {
      /** Digits only. */
      readonly dialString: string;
      /** The extension of the site that it reaches. */
      readonly extension?: string;
      /** The number for people. */
      readonly display: string;
    }
  | { readonly problem: ForwardingProblem };

/** What of a user decides where his forwarding leads. */
export interface ForwardingUser {
  readonly extension?: string;
  readonly mobileNumber?: string;
  readonly externalNumber?: string;
}

export type TargetsByStatus = Readonly<Partial<Record<ForwardedStatus, ForwardingTarget>>>;

export type ResolvedTarget =
  | { readonly kind: 'off' | 'voicemail' }
  | { readonly kind: 'dial'; readonly dialString: string; readonly extension?: string; readonly display: string }
  | { readonly kind: 'problem'; readonly problem: ForwardingProblem };

/** Where one target leads; not whether it is a ring. */
export function resolveTarget(
  target: ForwardingTarget,
  user: ForwardingUser,
  read: (number: string) => Destination,
): ResolvedTarget {
  const number = numberOf(target, user);
  if (target.kind === 'off' || target.kind === 'voicemail') return { kind: target.kind };
  if (number === undefined) return { kind: 'problem', problem: 'no-number' };
  const destination = read(number);
  if ('problem' in destination) return { kind: 'problem', problem: destination.problem };
  if (destination.extension !== undefined && destination.extension === user.extension)
    return { kind: 'problem', problem: 'self' };
  return { kind: 'dial', ...destination };
}

function numberOf(target: ForwardingTarget, user: ForwardingUser): string | undefined {
  switch (target.kind) {
    case 'mobile':
      return user.mobileNumber;
    case 'external':
      return user.externalNumber;
    case 'number':
      return target.number;
    default:
      return undefined;
  }
}

/** The target of a status: what was chosen, else the default. */
export function targetOf(targets: TargetsByStatus, status: ForwardedStatus): ForwardingTarget {
  return targets[status] ?? defaultTarget(status);
}

/**
 * The ring that a target to this extension would close: the extensions from the user's own over everybody's forwarding,
 * of whatever status, back to his own; undefined where there is none. `next`: where calls to an extension may go on.
 */
export function ringThrough(
  own: string,
  extension: string,
  next: (extension: string) => Iterable<string>,
): string[] | undefined {
  const cameFrom = new Map<string, string>([[extension, own]]);
  for (const reached of cameFrom.keys()) {
    if (reached === own) return pathTo(own, cameFrom);
    // A map goes on with what is added while it is walked.
    for (const further of next(reached)) if (!cameFrom.has(further)) cameFrom.set(further, reached);
  }
  return undefined;
}

function pathTo(own: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [own];
  for (let at = cameFrom.get(own); at !== undefined && at !== own; at = cameFrom.get(at)) path.unshift(at);
  return [own, ...path];
}

/** What the telephone system is told: no target where there is none, or where calls cannot go. */
export function publishedTargets(
  resolve: (status: ForwardedStatus) => ResolvedTarget,
): Partial<Record<ForwardedStatus, PublishedTarget>> {
  return Object.fromEntries(
    forwardedStatuses.flatMap((status): [ForwardedStatus, PublishedTarget][] => {
      const resolved = resolve(status);
      if (resolved.kind === 'voicemail') return [[status, 'voicemail']];
      return resolved.kind === 'dial' ? [[status, { dialString: resolved.dialString }]] : [];
    }),
  );
}

/**
 * The targets after a telephone has changed them: what leads to the same place stays as it was chosen; what does not is
 * taken as a number, in its own canonical form where it has one.
 */
export function takenTargets(
  before: TargetsByStatus,
  published: Readonly<Partial<Record<ForwardedStatus, PublishedTarget>>>,
  resolve: (status: ForwardedStatus) => ResolvedTarget,
  written: (dialString: string) => string,
): TargetsByStatus {
  return Object.fromEntries(
    forwardedStatuses.map((status) => {
      const now = published[status];
      const was = resolve(status);
      const same =
        now === undefined
          ? was.kind === 'off' || was.kind === 'problem'
          : now === 'voicemail'
            ? was.kind === 'voicemail'
            : was.kind === 'dial' && was.dialString === now.dialString;
      if (same) return [status, targetOf(before, status)];
      if (now === undefined) return [status, { kind: 'off' }];
      return [
        status,
        now === 'voicemail' ? { kind: 'voicemail' } : { kind: 'number', number: written(now.dialString) },
      ];
    }),
  );
}
