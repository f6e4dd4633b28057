/** The own forwarding: shown, and changed after it was checked. */
import type { ForwardedStatus, Forwarding, ForwardingProblem, ForwardingTarget } from '../../shared/forwarding';
import { forwardedStatuses } from '../../shared/forwarding';
import type { DialDirectory } from './dial-directory';
import type { ForwardingBook } from './forwarding-book';
import type { PresenceBook } from './presence-book';
import type { PresenceUser } from './presence-people';
import { forwardingRefused } from './presence.errors';

export interface ForwardingService {
  /** Errors: `not-found` when the user was removed a moment ago. */
  own(userId: string): Promise<Forwarding>;
  /** What is not named stays. All or nothing: `forwarding-refused` names every status that may not be. */
  setOwn(
    userId: string,
    rules: { readonly [S in ForwardedStatus]?: ForwardingTarget | undefined },
  ): Promise<Forwarding>;
}

export function createForwardingService({
  book,
  presence,
  dialling,
  now,
  enforced,
  changed,
}: {
  readonly book: ForwardingBook;
  readonly presence: PresenceBook;
  readonly dialling: DialDirectory;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly enforced: (user: PresenceUser) => boolean;
  /** Hears of each change that is made here. */
  readonly changed: (userId: string) => void;
}): ForwardingService {
  return {
    own: (userId) => book.own(userId),
    async setOwn(userId, rules) {
      const { siteId } = presence.userOf(userId);
      const numbers = await dialling.numbersOf(siteId);
      await book.change(userId, async (record, user) => {
        const targets = { ...record.targets, ...definedOf(rules) };
        const resolve = book.resolver(user, numbers, targets);
        const refused: { status: ForwardedStatus; problem: ForwardingProblem }[] = [];
        for (const status of forwardedStatuses) {
          if (rules[status] === undefined) continue;
          const resolved = resolve(status);
          if (resolved.kind === 'problem') refused.push({ status, problem: resolved.problem });
          else if (resolved.kind === 'dial' && resolved.extension !== undefined) {
            if (!(await dialling.isExtensionKnown(siteId, resolved.extension)))
              refused.push({ status, problem: 'unknown-extension' });
          }
        }
        if (refused.length > 0) throw forwardingRefused(refused);
        return {
          targets,
          changedAt: Math.max(now(), record.changedAt + 1),
          changedBy: 'user',
          inForce: !enforced(user),
        };
      });
      changed(userId);
      return book.own(userId);
    },
  };
}

function definedOf(rules: { readonly [S in ForwardedStatus]?: ForwardingTarget | undefined }) {
  return Object.fromEntries(Object.entries(rules).filter(([, target]) => target !== undefined));
}
