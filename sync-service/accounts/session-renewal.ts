/**
 * What happens to a renewal cookie that is presented. Pure.
 *
 * Pane, window and ribbon function are runtimes of one browser and share the cookie, and an unpinned pane dies at each
 * mail, often between its request and the answer. So two cases must not look like theft:
 * - *At the same instant*: two runtimes send the same cookie. The first rotates it; the others, within the grace, get
 *   an access token and keep the cookie that the first one brought.
 * - *The answer was lost*: the runtime died before the new cookie arrived, and the browser still has the one before.
 *   As long as nobody has shown that he received the new one, the one before is rotated again, and the new one is void.
 *
 * Anything else that was replaced is reuse: somebody has a copy, and the session ends for both.
 */

export interface RenewalState {
  /** Hash of the rotating part that is valid now. */
  readonly current: string;
  /** Hash of the one that the current was given for; null right after sign-in. */
  readonly previous: string | null;
  /** The client has shown that it received the current one: by using it or the access token sent with it. */
  readonly confirmed: boolean;
  /** Those replaced a moment ago. */
  readonly recent: readonly { readonly hash: string; readonly replacedAt: number }[];
}

/** How long a replaced cookie still gets an access token. Milliseconds. */
export const renewalGraceMs = 10_000;

/** Entries kept in {@link RenewalState.recent}. */
const recentLimit = 16;

/** `rotate`: new cookie and token. `share`: a token only. `reuse`: end the session. */
export type RenewalDecision = 'rotate' | 'share' | 'reuse';

export function decideRenewal(state: RenewalState, presented: string, now: number): RenewalDecision {
  if (presented === state.current) return 'rotate';
  const replaced = state.recent.find((entry) => entry.hash === presented);
  if (replaced !== undefined && now - replaced.replacedAt <= renewalGraceMs) return 'share';
  if (presented === state.previous && !state.confirmed) return 'rotate';
  return 'reuse';
}

/** The state after `presented` was rotated to `next`. */
export function afterRotation(state: RenewalState, presented: string, next: string, now: number): RenewalState {
  const stillRecent = state.recent.filter(
    (entry) => entry.hash !== state.current && now - entry.replacedAt <= renewalGraceMs,
  );
  return {
    current: next,
    previous: presented,
    confirmed: false,
    recent: [{ hash: state.current, replacedAt: now }, ...stillRecent].slice(0, recentLimit),
  };
}
