/** The user's calls and what can be done with them. One for the pane; components read it through the call dock. */
import { dial as dialRoute } from '../../shared/api/calls';
import type { Call, CallAbility } from '../../shared/call';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';
import type { Dialler, DialTarget } from '../shell/dialler';
import { cardsOf, noActions, shownAfterEnd, situationOf, type CallActions, type CallCard } from './call-cards';
import { sendCommand, type CommandTarget } from './call-commands';
import { createRedialModel } from './redial-model';
import { refusalOf } from './refusal';

export interface CallsModel extends Dialler {
  readonly cards: ReadableStore<readonly CallCard[]>;
  answer(callId: string): void;
  hangUp(callId: string): void;
  /**
   * Does with a call what its ability says. Shows at once; a refusal stands on the call's card. Sent once as long as it
   * is under way, and while it is nothing else can be done with the call but hanging up.
   * @returns whether the telephone system has taken it.
   */
  run(callId: string, ability: CallAbility, to?: CommandTarget): Promise<boolean>;
  /** Takes away the card of a refused dial or of an ended call. */
  dismiss(card: Pick<CallCard, 'key' | 'callId'>): void;
  /** Takes away what is told of a command that failed. */
  forgetFailure(callId: string): void;
  stop(): void;
}

export interface CallsDeps {
  readonly client: Pick<ApiClient, 'call'>;
  readonly live: Pick<LiveEvents, 'state' | 'accept' | 'connection' | 'subscribe'>;
  readonly newId: () => string;
  readonly now?: () => number;
}

/** A second dial within these milliseconds, while the first is under way, is the second half of a double click. */
export const doubleClickMs = 700;
/** So long a command that was taken counts as under way although no event tells of its effect, in milliseconds. */
export const effectMs = 3000;
/** What is remembered of so many calls is enough: nobody has more at a time. */
const remembered = 50;

export function createCallsModel({ client, live, newId, now = Date.now }: CallsDeps): CallsModel {
  let actions: CallActions = noActions;
  let lastDial = Number.NEGATIVE_INFINITY;
  const cards = createStore<readonly CallCard[]>(cardsOf(live.state.get(), actions));
  const redial = createRedialModel({ client, live });
  const hiding = new Map<string, ReturnType<typeof setTimeout>>();
  const waiting = new Set<ReturnType<typeof setTimeout>>();

  const render = () => cards.set(cardsOf(live.state.get(), actions));
  const change = (more: Partial<CallActions>) => {
    actions = { ...actions, ...more };
    render();
  };
  const withoutCommand = (callId: string) => actions.commands.filter((command) => command.callId !== callId);
  const withoutDial = (requestId: string) => actions.pending.filter((dial) => dial.requestId !== requestId);
  const known = (id: string): Call | undefined =>
    live.state.get().calls.find((call) => call.id === id) ?? live.state.get().ended.find((call) => call.id === id);
  /** The answer to a command may be older than the events that are here already: only a call nobody told of is new. */
  const acceptNew = (call: Call) => {
    if (!known(call.id)) live.accept(call);
  };

  const unsubscribe = live.state.subscribe(() => {
    const { calls, ended } = live.state.get();
    for (const call of ended) {
      if (hiding.has(call.id)) continue;
      hiding.set(
        call.id,
        setTimeout(() => hide(call.id), shownAfterEnd(call, actions)),
      );
    }
    const commands = actions.commands.filter(({ callId, from }) =>
      calls.some((call) => call.id === callId && situationOf(call) === from),
    );
    if (commands.length < actions.commands.length) actions = { ...actions, commands };
    render();
  });
  const hide = (callId: string) => change({ dismissed: [...actions.dismissed, callId].slice(-remembered) });

  async function run(callId: string, ability: CallAbility, to?: CommandTarget): Promise<boolean> {
    const call = known(callId);
    const underWay = actions.commands.find((other) => other.callId === callId && other.failure === undefined);
    if (!call || (underWay && (ability !== 'hang-up' || underWay.ability === 'hang-up'))) return false;
    const command = { callId, ability, from: situationOf(call) };
    change({ commands: [...withoutCommand(callId), command] });
    const requestId = newId();
    try {
      const answer = await sendCommand(client, callId, ability, requestId, to);
      if (answer.id !== callId && to !== undefined && 'number' in to) {
        const dialled = new Map([...actions.dialled, [answer.id, { target: to }] as const].slice(-remembered));
        actions = { ...actions, dialled };
        redial.add(to);
      }
      acceptNew(answer);
      render();
      const timer = setTimeout(() => {
        waiting.delete(timer);
        change({ commands: actions.commands.filter((other) => other !== command) });
      }, effectMs);
      waiting.add(timer);
      return true;
    } catch (error) {
      // Another command, or an event, may have taken its place.
      if (actions.commands.includes(command))
        change({ commands: [...withoutCommand(callId), { ...command, failure: refusalOf(error) }] });
      return false;
    }
  }

  async function send(requestId: string, target: DialTarget): Promise<void> {
    const knownCalls = [...live.state.get().calls, ...live.state.get().ended].map(({ id }) => id);
    const pending = { requestId, target, knownCalls };
    // What was refused or is over has been read once something else is dialled.
    const over = live.state.get().ended.map(({ id }) => id);
    change({
      pending: [...actions.pending.filter(({ refusal }) => refusal === undefined), pending],
      dismissed: [...new Set([...actions.dismissed, ...over])].slice(-remembered),
    });
    try {
      const call = await client.call(dialRoute, { body: { number: target.number, requestId } });
      const dialled = new Map([...actions.dialled, [call.id, { target, key: requestId }] as const].slice(-remembered));
      actions = { ...actions, dialled, pending: withoutDial(requestId) };
      acceptNew(call);
      render();
    } catch (error) {
      change({ pending: [...withoutDial(requestId), { ...pending, refusal: refusalOf(error) }] });
    }
  }

  /** What was dialled last is neither refused nor over. */
  const isDialling = () =>
    actions.pending.some(({ refusal }) => refusal === undefined) ||
    live.state.get().calls.some(({ direction }) => direction === 'outgoing');

  return {
    cards,
    redial: redial.list,
    run,
    dial(target) {
      if (now() - lastDial < doubleClickMs && isDialling()) return;
      lastDial = now();
      redial.add(target);
      void send(newId(), target);
    },
    answer: (id) => void run(id, 'answer'),
    hangUp(id) {
      actions = { ...actions, hungUp: [...actions.hungUp, id].slice(-remembered) };
      void run(id, 'hang-up');
    },
    dismiss({ key, callId }) {
      if (callId === undefined) change({ pending: withoutDial(key) });
      else hide(callId);
    },
    forgetFailure: (callId) =>
      change({
        commands: actions.commands.filter((command) => command.callId !== callId || command.failure === undefined),
      }),
    stop() {
      unsubscribe();
      redial.stop();
      for (const timer of [...hiding.values(), ...waiting]) clearTimeout(timer);
    },
  };
}
