/** Waits, after Originate, for the channel that it makes, or for the word that there will be none. */
import { TelephoneSystemError } from '../telephone-system';
import type { Connection } from '../telephone-system';
import type { Timers } from '../timers';
import { field } from './ami-message';
import type { AmiMessage } from './ami-message';

/** A channel comes within so many milliseconds. */
const waitMs = 5000;

export interface DialWaiter {
  /** Resolves with the side of the call; throws TelephoneSystemError `refused` or `unavailable`. */
  wait(channelId: string): Promise<Connection>;
  /** The channel is there. */
  started(connection: Connection): void;
  hear(event: AmiMessage): void;
  /** Nothing comes any more; whoever waits has heard why elsewhere. */
  giveUp(channelId: string): void;
  /** The link is lost: what became of it is not known. */
  lost(): void;
}

export function createDialWaiter(timers: Timers): DialWaiter {
  const waiting = new Map<string, (result: Connection | TelephoneSystemError) => void>();
  const unreachable = (): TelephoneSystemError =>
    new TelephoneSystemError('refused', 'The phone cannot be reached. Is it switched on and registered?');

  return {
    wait: (channelId) =>
      new Promise((resolve, reject) => {
        const stopWaiting = timers.after(waitMs, () => waiting.get(channelId)?.(unreachable()));
        waiting.set(channelId, (result) => {
          stopWaiting();
          waiting.delete(channelId);
          if (result instanceof TelephoneSystemError) reject(result);
          else resolve(result);
        });
      }),
    started: (connection) => waiting.get(connection.id)?.(connection),
    hear(event) {
      if (field(event, 'Event') !== 'OriginateResponse' || field(event, 'Response') !== 'Failure') return;
      waiting.get(field(event, 'Uniqueid') ?? '')?.(unreachable());
    },
    giveUp: (channelId) => waiting.get(channelId)?.(unreachable()),
    lost() {
      for (const settle of [...waiting.values()]) {
        settle(new TelephoneSystemError('unavailable', 'The link to the telephone system was lost.'));
      }
    },
  };
}
