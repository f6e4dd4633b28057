/**
 * Picking up the call of a ringing colleague (FAV-4): asked, sent once, and every other end told in place.
 *
 *     closed ──ask──▶ asking ──confirm──▶ sending ──answered──▶ closed (the call's card shows it)
 *                     asking ──stops ringing, link lost──▶ told;   sending ──refused──▶ told
 *     told ──time, ask, cancel──▶ closed or asking
 */
import { pickUpCall } from '../../shared/api/calls';
import { errorCodeOf, type ApiErrorCode } from '../api/api-error';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';

export type PickUpState =
  | { readonly step: 'closed' | 'asking' | 'sending' }
  /** `stopped`: nothing rings any more. `unknown`: nobody can say whether it rings. Else why the service refused. */
  | { readonly step: 'told'; readonly word: 'stopped' | 'unknown' | ApiErrorCode };

export interface PickUpModel {
  readonly state: ReadableStore<PickUpState>;
  /** Opens the question. */
  ask(): void;
  /** Closes it, or what was told. Nothing happens while a pick-up is under way. */
  cancel(): void;
  /** Sends it; a second confirmation of the same question does nothing. Never throws: a refusal is told. */
  confirm(): Promise<void>;
  /** The colleague's telephone rings, does not, or that is not known. */
  rings(ringing: 'yes' | 'no' | 'unknown'): void;
  stop(): void;
}

export interface PickUpDeps {
  readonly client: Pick<ApiClient, 'call'>;
  readonly live: Pick<LiveEvents, 'accept'>;
  /** Id of the colleague. */
  readonly userId: string;
  readonly newId: () => string;
}

/** Milliseconds that a word of what happened stays. */
export const toldForMs = 8000;

const closed: PickUpState = { step: 'closed' };

export function createPickUp({ client, live, userId, newId }: PickUpDeps): PickUpModel {
  const state = createStore<PickUpState>(closed);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const become = (next: PickUpState) => {
    clearTimeout(timer);
    state.set(next);
    if (next.step === 'told') timer = setTimeout(() => state.set(closed), toldForMs);
  };

  return {
    state,
    ask() {
      if (state.get().step !== 'sending') become({ step: 'asking' });
    },
    cancel() {
      if (state.get().step !== 'sending') become(closed);
    },
    async confirm() {
      if (state.get().step !== 'asking') return;
      become({ step: 'sending' });
      try {
        live.accept(await client.call(pickUpCall, { body: { user: userId, requestId: newId() } }));
        become(closed);
      } catch (error) {
        become({ step: 'told', word: errorCodeOf(error) });
      }
    },
    rings(ringing) {
      // While it is sent the ringing stops because of us; the answer tells how it went.
      if (state.get().step !== 'asking' || ringing === 'yes') return;
      become({ step: 'told', word: ringing === 'no' ? 'stopped' : 'unknown' });
    },
    stop: () => clearTimeout(timer),
  };
}
