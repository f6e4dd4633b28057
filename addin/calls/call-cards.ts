/** The cards of the call dock: what the service told, what was just clicked, and what is over but still worth a look. */
import type { Call, CallAbility, CallParty, CallReason, CallState } from '../../shared/call';
import type { ApiErrorCode } from '../api/api-error';
import type { LiveState } from '../api/live-state';
import { redialLength, type DialTarget } from '../shell/dialler';

/** A number that was clicked and of which the service has not told a call yet. */
export interface PendingDial {
  readonly requestId: string;
  readonly target: DialTarget;
  /** Calls that were there before: a new outgoing one besides them is this one. */
  readonly knownCalls: readonly string[];
  /** The service refused it. */
  readonly refusal?: ApiErrorCode;
}

/** A command on a call that has been sent, or that failed. */
export interface CallCommand {
  readonly callId: string;
  readonly ability: CallAbility;
  readonly failure?: ApiErrorCode;
}

/** What the user did, besides what the service tells. */
export interface CallActions {
  readonly pending: readonly PendingDial[];
  readonly commands: readonly CallCommand[];
  /** Which call came out of which click, and what was clicked. */
  readonly dialled: ReadonlyMap<string, PendingDial>;
  /** Calls that the user hung up or declined in this pane. */
  readonly hungUp: readonly string[];
  /** Ended calls that are not shown any more. */
  readonly dismissed: readonly string[];
}

export const noActions: CallActions = { pending: [], commands: [], dialled: new Map(), hungUp: [], dismissed: [] };

export type CardState = CallState | 'dialling' | 'refused';

export interface CallCard {
  /** Stays the same from the click to the end. */
  readonly key: string;
  readonly state: CardState;
  readonly direction: Call['direction'];
  readonly party: CallParty;
  readonly reason?: CallReason | undefined;
  readonly connectedAt?: string | undefined;
  readonly abilities: readonly CallAbility[];
  /** It rang, nobody took it, and it was not declined here. */
  readonly missed?: boolean;
  /** Absent while the service has not told the call. */
  readonly callId?: string;
  /** The command that is under way. */
  readonly busy?: CallAbility | undefined;
  /** Why the click or the last command did nothing. */
  readonly failure?: ApiErrorCode | undefined;
  /** What "dial again" dials. */
  readonly target?: DialTarget | undefined;
}

/** Milliseconds that an ended call stays: longer when there is something to read. */
export function shownAfterEnd(call: Pick<Call, 'reason'>): number {
  return call.reason === undefined || call.reason === 'normal' || call.reason === 'cancelled' ? 2500 : 10_000;
}

/** The cards, oldest first. */
export function cardsOf(live: Pick<LiveState, 'calls' | 'ended'>, actions: CallActions): CallCard[] {
  const ended = live.ended.filter((call) => !actions.dismissed.includes(call.id));
  const told = [...ended, ...live.calls].map((call) => cardOf(call, actions));
  const waiting = actions.pending.filter((dial) => dial.refusal !== undefined || !callOf(live, dial, actions));
  return [
    ...told,
    ...waiting.map((dial): CallCard => ({
      key: dial.requestId,
      state: dial.refusal === undefined ? 'dialling' : 'refused',
      direction: 'outgoing',
      party: partyOf(dial.target),
      abilities: [],
      failure: dial.refusal,
      target: dial.target,
    })),
  ];
}

/** The call that came out of a click although the answer to it is not here yet: its event was faster. */
function callOf(live: Pick<LiveState, 'calls' | 'ended'>, dial: PendingDial, actions: CallActions): Call | undefined {
  return [...live.calls, ...live.ended].find(
    (call) => call.direction === 'outgoing' && !dial.knownCalls.includes(call.id) && !actions.dialled.has(call.id),
  );
}

function cardOf(call: Call, actions: CallActions): CallCard {
  const dialled = actions.dialled.get(call.id);
  const command = actions.commands.find(({ callId }) => callId === call.id);
  const over = call.state === 'ended';
  return {
    key: dialled?.requestId ?? call.id,
    callId: call.id,
    state: call.state,
    direction: call.direction,
    // The name that was clicked stands until the service knows one.
    party: dialled ? { ...partyOf(dialled.target), ...call.party } : call.party,
    reason: call.reason,
    missed: isMissed(call, actions),
    connectedAt: call.connectedAt,
    abilities: over ? [] : call.abilities,
    busy: command?.failure === undefined && !over ? command?.ability : undefined,
    failure: over ? undefined : command?.failure,
    target: dialled?.target ?? targetOf(call),
  };
}

function isMissed({ id, state, direction, connectedAt, reason }: Call, { hungUp }: CallActions): boolean {
  const untaken = state === 'ended' && direction === 'incoming' && connectedAt === undefined;
  return untaken && reason !== 'answered-elsewhere' && reason !== 'rejected' && !hungUp.includes(id);
}

function partyOf({ number, display, name }: DialTarget): CallParty {
  return { number, display: display ?? number, ...(name === undefined ? {} : { name }) };
}

function targetOf({ direction, party }: Call): DialTarget | undefined {
  const number = party.e164 ?? party.number;
  if (direction === 'incoming' || number === undefined) return undefined;
  return {
    number,
    ...(party.display === undefined ? {} : { display: party.display }),
    ...(party.name === undefined ? {} : { name: party.name }),
  };
}

/** Refusals that another try may get round. */
const passing: readonly ApiErrorCode[] = [
  'unreachable',
  'timeout',
  'rate-limited',
  'telephone-system-unavailable',
  'storage-unavailable',
  'internal-error',
];

/** What to dial for another try, where one makes sense: a number that nobody can dial stays undialled. */
export function anotherTry({ state, reason, failure, target }: CallCard): DialTarget | undefined {
  const worth =
    state === 'refused'
      ? failure !== undefined && passing.includes(failure)
      : state === 'ended' && (reason === 'busy' || reason === 'no-answer' || reason === 'network');
  return worth ? target : undefined;
}

/** The redial list with one more number at its head; each number once (CAL-1). */
export function addToRedial(list: readonly DialTarget[], target: DialTarget): DialTarget[] {
  return [target, ...list.filter(({ number }) => number !== target.number)].slice(0, redialLength);
}
