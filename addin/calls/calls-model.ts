/** The user's calls and what can be done with them. One for the pane; components read it through `useCalls`. */
import { answerCall, dial as dialRoute, hangUpCall } from '../../shared/api/calls';
import type { Call, CallAbility } from '../../shared/call';
import { errorCodeOf } from '../api/api-error';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';
import type { Dialler, DialTarget } from '../shell/dialler';
import { addToRedial, cardsOf, noActions, shownAfterEnd, type CallActions, type CallCard } from './call-cards';

export interface CallsModel extends Dialler {
  readonly cards: ReadableStore<readonly CallCard[]>;
  answer(callId: string): void;
  hangUp(callId: string): void;
  /** Takes away the card of a refused dial or of an ended call. */
  dismiss(card: Pick<CallCard, 'key' | 'callId'>): void;
  stop(): void;
}

export interface CallsDeps {
  readonly client: Pick<ApiClient, 'call'>;
  readonly live: Pick<LiveEvents, 'state' | 'accept'>;
  readonly newId: () => string;
  readonly now?: () => number;
}

/** A second dial within these milliseconds is the second half of a double click. */
export const doubleClickMs = 700;

export function createCallsModel({ client, live, newId, now = Date.now }: CallsDeps): CallsModel {
  let actions: CallActions = noActions;
  let lastDial = Number.NEGATIVE_INFINITY;
  const cards = createStore<readonly CallCard[]>(cardsOf(live.state.get(), actions));
  const redial = createStore<readonly DialTarget[]>([]);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const render = () => cards.set(cardsOf(live.state.get(), actions));
  const change = (more: Partial<CallActions>) => {
    actions = { ...actions, ...more };
    render();
  };
  const withoutCommand = (callId: string) => actions.commands.filter((command) => command.callId !== callId);
  const withoutDial = (requestId: string) => actions.pending.filter((dial) => dial.requestId !== requestId);

  const unsubscribe = live.state.subscribe(() => {
    for (const call of live.state.get().ended) {
      if (timers.has(call.id)) continue;
      timers.set(
        call.id,
        setTimeout(() => hide(call.id), shownAfterEnd(call)),
      );
    }
    render();
  });
  const hide = (callId: string) => change({ dismissed: [...actions.dismissed, callId].slice(-50) });

  async function command(callId: string, ability: CallAbility, send: () => Promise<Call>): Promise<void> {
    if (actions.commands.some((known) => known.callId === callId && known.failure === undefined)) return;
    change({ commands: [...withoutCommand(callId), { callId, ability }] });
    try {
      live.accept(await send());
      change({ commands: withoutCommand(callId) });
    } catch (error) {
      change({ commands: [...withoutCommand(callId), { callId, ability, failure: errorCodeOf(error) }] });
    }
  }

  async function send(requestId: string, target: DialTarget): Promise<void> {
    const knownCalls = [...live.state.get().calls, ...live.state.get().ended].map(({ id }) => id);
    const pending = { requestId, target, knownCalls };
    // What was refused or is over has been read once something else is dialled.
    const over = live.state.get().ended.map(({ id }) => id);
    change({
      pending: [...actions.pending.filter(({ refusal }) => refusal === undefined), pending],
      dismissed: [...new Set([...actions.dismissed, ...over])].slice(-50),
    });
    try {
      const call = await client.call(dialRoute, { body: { number: target.number, requestId } });
      const dialled = new Map([...actions.dialled, [call.id, pending] as const].slice(-50));
      actions = { ...actions, dialled, pending: withoutDial(requestId) };
      live.accept(call);
      render();
    } catch (error) {
      change({ pending: [...withoutDial(requestId), { ...pending, refusal: errorCodeOf(error) }] });
    }
  }

  return {
    cards,
    redial,
    dial(target) {
      if (now() - lastDial < doubleClickMs) return;
      lastDial = now();
      redial.set(addToRedial(redial.get(), target));
      void send(newId(), target);
    },
    answer: (id) => void command(id, 'answer', () => client.call(answerCall, { params: { id } })),
    hangUp(id) {
      actions = { ...actions, hungUp: [...actions.hungUp, id].slice(-50) };
      void command(id, 'hang-up', () => client.call(hangUpCall, { params: { id } }));
    },
    dismiss({ key, callId }) {
      if (callId === undefined) change({ pending: withoutDial(key) });
      else hide(callId);
    },
    stop() {
      unsubscribe();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
