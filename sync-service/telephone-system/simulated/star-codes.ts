/**
 * What people dial at a phone to change their presence and forwarding. The same as in the dialplan of Asterisk
 * (`asterisk/dialplan/uc.conf`); a test holds the two together. Pure.
 *
 *     *770 … *778     a status, in the order of `presenceStatuses`, without return time and text
 *     *72 and number  calls go there while the present status lasts;  *72 alone: to the voice box
 *     *73             calls are not sent on while the present status lasts
 */
import { presenceStatuses } from '../../../shared/presence';
import type { PresenceStatus } from '../../../shared/presence';
import type { PublishedState, PublishedTarget } from '../telephone-system';

export type StarCode =
  | { readonly sets: 'status'; readonly status: PresenceStatus }
  | { readonly sets: 'target'; readonly target: PublishedTarget | undefined };

/** Undefined where it is no code. */
export function readStarCode(dialled: string): StarCode | undefined {
  const status = /^\*77(\d)$/.exec(dialled)?.[1];
  const named = status === undefined ? undefined : presenceStatuses[Number(status)];
  if (named !== undefined) return { sets: 'status', status: named };
  if (dialled === '*73') return { sets: 'target', target: undefined };
  if (dialled === '*72') return { sets: 'target', target: 'voicemail' };
  const dialString = /^\*72(\d{1,32})$/.exec(dialled)?.[1];
  return dialString === undefined ? undefined : { sets: 'target', target: { dialString } };
}

/** What is in force after the code at this time; undefined where it can do nothing there. */
export function applyStarCode(state: PublishedState, code: StarCode, now: number): PublishedState | undefined {
  // Nobody's phone: the next owner would get what somebody else dialled.
  if (state.userId === undefined) return undefined;
  // Later than what is in force, whichever clock goes wrong.
  const mark = (before: { readonly changedAt: number } | undefined) =>
    ({ changedAt: Math.max(now, (before?.changedAt ?? -1) + 1), changedBy: 'telephone' }) as const;
  if (code.sets === 'status') {
    const visibility = state.presence?.visibility ?? 'internal-and-external';
    return { ...state, presence: { status: code.status, visibility, ...mark(state.presence) } };
  }
  const status = state.presence?.status ?? 'office';
  if (status === 'do-not-disturb') return undefined;
  const { [status]: _before, ...others } = state.forwarding?.targets ?? {};
  const targets = code.target === undefined ? others : { ...others, [status]: code.target };
  return { ...state, forwarding: { targets, ...mark(state.forwarding) } };
}
