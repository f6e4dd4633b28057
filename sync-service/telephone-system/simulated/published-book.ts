/** What is published at the simulated exchange. It belongs to the exchange: it holds while the link is cut. */
import type { PublishCommand, PublishedState, PublishedTarget } from '../telephone-system';
import { applyStarCode } from './star-codes';
import type { StarCode } from './star-codes';

export interface PublishedBook {
  read(extension: string): PublishedState;
  /** Writes unless something later of the same owner is in force; gives what is in force then. */
  write(command: PublishCommand): PublishedState;
  remove(extension: string): void;
  /** A code was dialled at the extension's phone; false when it can do nothing there. */
  dialCode(extension: string, code: StarCode): boolean;
  /** What becomes of a call to the extension; undefined: its phone rings. */
  directionOf(extension: string): 'busy' | PublishedTarget | undefined;
  /** Hears what codes change. */
  onCode(listener: (state: PublishedState) => void): void;
}

interface Dated {
  readonly changedAt: number;
}

/** The wished value, unless the one in force is later. */
function later<T extends Dated>(wished: T | undefined, inForce: T | undefined): T | undefined {
  if (wished === undefined) return inForce;
  return inForce !== undefined && inForce.changedAt > wished.changedAt ? inForce : wished;
}

export function createPublishedBook(now: () => number): PublishedBook {
  const states = new Map<string, PublishedState>();
  let tell: (state: PublishedState) => void = () => undefined;
  const read = (extension: string): PublishedState => states.get(extension) ?? { extension };

  return {
    read,
    write({ extension, owner, presence, forwarding }) {
      const before = read(extension);
      const own: PublishedState = before.userId === owner ? before : { extension };
      const nowPresent = later(presence, own.presence);
      const nowForwarded = later(forwarding, own.forwarding);
      const state: PublishedState = {
        extension,
        userId: owner,
        ...(nowPresent === undefined ? {} : { presence: nowPresent }),
        ...(nowForwarded === undefined ? {} : { forwarding: nowForwarded }),
      };
      states.set(extension, state);
      return state;
    },
    remove: (extension) => void states.delete(extension),
    dialCode(extension, code) {
      const state = applyStarCode(read(extension), code, now());
      if (state === undefined) return false;
      states.set(extension, state);
      tell(state);
      return true;
    },
    directionOf(extension) {
      const { presence, forwarding } = read(extension);
      if (presence?.status === 'do-not-disturb') return 'busy';
      return forwarding?.targets[presence?.status ?? 'office'];
    },
    onCode(listener) {
      tell = listener;
    },
  };
}
