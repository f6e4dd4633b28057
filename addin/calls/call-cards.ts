/** The cards of the call dock: what the service told, what was just clicked, and what is over but still worth a look. */
import type { Call, CallAbility, CallParty, CallReason, CallState } from '../../shared/call';
import type { ApiErrorCode } from '../api/api-error';
import type { LiveState } from '../api/live-state';
import { redialLength, type DialTarget } from '../shell/dialler';
import { areRelated, inCardOrder } from './card-order';
import type { Refusal } from './refusal';

/** A number that was clicked and of which the service has not told a call yet. */
export interface PendingDial {
  readonly requestId: string;
  readonly target: DialTarget;
  /** Calls that were there before: a new outgoing one besides them is this one. */
  readonly knownCalls: readonly string[];
  /** The service refused it. */
  readonly refusal?: Refusal;
}

/** A command on a call that has been sent, or that failed. It counts as long as the call is in the situation it was in. */
export interface CallCommand {
  readonly callId: string;
  readonly ability: CallAbility;
  /** {@link situationOf} the call when the command was sent: once it is another one, the command has had its effect. */
  readonly from: string;
  readonly failure?: Refusal;
}

/** What came out of a click. */
export interface Dialled {
  readonly target: DialTarget;
  /** Key of the card that the click made; absent where the call's own id is the key. */
  readonly key?: string;
}

/** What the user did, besides what the service tells. */
export interface CallActions {
  readonly pending: readonly PendingDial[];
  readonly commands: readonly CallCommand[];
  /** Which call came out of which click, and what was clicked. */
  readonly dialled: ReadonlyMap<string, Dialled>;
  /** Calls that the user hung up or declined in this pane. */
  readonly hungUp: readonly string[];
  /** Ended calls that are not shown any more. */
  readonly dismissed: readonly string[];
}

export const noActions: CallActions = { pending: [], commands: [], dialled: new Map(), hungUp: [], dismissed: [] };

export type CardState = CallState | 'dialling' | 'refused';

/** Another call of the user as a card speaks of it. */
export interface OtherCall {
  readonly callId: string;
  readonly party: CallParty;
  /** One is the consultation of the other. */
  readonly related: boolean;
}

export interface CallCard {
  /** Stays the same from the click to the end. */
  readonly key: string;
  readonly state: CardState;
  readonly direction: Call['direction'];
  readonly party: CallParty;
  /** In a conference: everybody else besides `party`. */
  readonly others: readonly CallParty[];
  readonly heldBy?: Call['heldBy'];
  readonly redirectedFrom?: CallParty | undefined;
  readonly takenBy?: CallParty | undefined;
  readonly purpose?: Call['purpose'];
  readonly ownMobile?: Call['ownMobile'];
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
  readonly failure?: Refusal | undefined;
  /** What "dial again" or "call back" dials. */
  readonly target?: DialTarget | undefined;
  /** Belongs together with the card below or above: drawn as one. */
  readonly pair?: 'upper' | 'lower';
  /** Whose call waits while this consultation is on. */
  readonly consultationOf?: CallParty | undefined;
  /** The call that Transfer connects this held one with; without it Transfer asks for a number. */
  readonly joins?: OtherCall | undefined;
  /** The call that the user talks in while this one rings, or that ends when this held one is resumed. */
  readonly active?: OtherCall | undefined;
}

/** What of a call a command changes; two calls with the same are in the same situation. */
export function situationOf({ state, heldBy, others }: Call): string {
  return `${state} ${heldBy ?? ''} ${others?.length ?? 0}`;
}

/** Milliseconds that an ended call stays: longer when there is something to read, longest when one may call back. */
export function shownAfterEnd(call: Call, actions: Pick<CallActions, 'hungUp'>): number {
  if (isMissed(call, actions)) return 30_000;
  return call.reason === undefined || quietEnds.includes(call.reason) ? 2500 : 10_000;
}

/** Ends that the user brought about or heard himself. */
const quietEnds: readonly CallReason[] = ['normal', 'cancelled', 'transferred', 'conferenced'];

type Told = Pick<LiveState, 'calls' | 'ended'>;

/** The cards, newest first; calls that belong together stand together. */
export function cardsOf(live: Told, actions: CallActions): CallCard[] {
  const ended = live.ended.filter(({ id }) => !actions.dismissed.includes(id));
  const calls = [...live.calls.filter(({ id }) => !ended.some((over) => over.id === id)), ...ended];
  const dialled = new Map(actions.dialled);
  const waiting: PendingDial[] = [];
  for (const dial of actions.pending) {
    const call = dial.refusal === undefined ? callOf(live, dial, dialled) : undefined;
    if (call) dialled.set(call.id, { target: dial.target, key: dial.requestId });
    else waiting.push(dial);
  }
  const cards = inCardOrder(calls).map(({ call, pair }): CallCard => ({
    ...cardOf(call, calls, { ...actions, dialled }),
    ...(pair ? { pair } : {}),
  }));
  for (const dial of waiting) {
    const below = cards.findIndex(({ callId }) => callId !== undefined && dial.knownCalls.includes(callId));
    const place = below === -1 ? cards.length : cards[below]?.pair === 'lower' ? below - 1 : below;
    cards.splice(place, 0, pendingCard(dial));
  }
  return cards;
}

function pendingCard({ requestId, refusal, target }: PendingDial): CallCard {
  return {
    key: requestId,
    state: refusal === undefined ? 'dialling' : 'refused',
    direction: 'outgoing',
    party: partyOf(target),
    others: [],
    abilities: [],
    failure: refusal,
    target,
  };
}

/** The call that came out of a click although the answer to it is not here yet: its event was faster. */
function callOf(live: Told, dial: PendingDial, dialled: ReadonlyMap<string, Dialled>): Call | undefined {
  return [...live.calls, ...live.ended].find(
    ({ id, direction, related, purpose }) =>
      direction === 'outgoing' &&
      related === undefined &&
      purpose === undefined &&
      !dial.knownCalls.includes(id) &&
      !dialled.has(id),
  );
}

function cardOf(told: Call, calls: readonly Call[], actions: CallActions): CallCard {
  const dialled = actions.dialled.get(told.id);
  const over = told.state === 'ended';
  const command = over
    ? undefined
    : actions.commands.find(({ callId, from }) => callId === told.id && from === situationOf(told));
  const busy = command?.failure === undefined ? command?.ability : undefined;
  const others = calls.filter(
    (call) => call.id !== told.id && call.state !== 'ended' && !over && isAtSamePhone(call, told),
  );
  const talking = others.find(({ state }) => state === 'connected');
  // To go back to a held call ends its consultation, be it answered yet or not.
  const active =
    told.state === 'held'
      ? (talking ?? others.find((other) => areRelated(other, told)))
      : ringing(told)
        ? talking
        : undefined;
  const call = busy === undefined || active ? told : foreseen(told, busy);
  const first = others.find((other) => areRelated(other, told) && !isNewer(other, told));
  return {
    key: dialled?.key ?? call.id,
    callId: call.id,
    state: call.state,
    direction: call.direction,
    // The name that was clicked stands until the service knows one.
    party: dialled ? { ...partyOf(dialled.target), ...call.party } : call.party,
    others: call.others ?? [],
    heldBy: call.state === 'held' ? (call.heldBy ?? 'me') : undefined,
    redirectedFrom: call.redirectedFrom,
    takenBy: call.takenBy,
    purpose: call.purpose,
    ownMobile: call.ownMobile,
    reason: call.reason,
    missed: isMissed(call, actions),
    connectedAt: call.connectedAt,
    abilities: over ? [] : [...new Set(call.abilities)],
    busy,
    failure: command?.failure,
    target: dialled?.target ?? targetOf(call),
    consultationOf: first?.party,
    joins: otherOf(told, told.state === 'held' ? joinable(told, others) : undefined),
    active: otherOf(told, active),
  };
}

/** A call that is made with the mobile leaves the telephone free. */
const isAtSamePhone = (one: Call, other: Call): boolean =>
  one.device === other.device && (one.ownMobile === undefined) === (other.ownMobile === undefined);

/** What hold and resume will have made of the call: they can be undone, so they show at once. */
function foreseen(call: Call, busy: CallAbility): Call {
  if (busy === 'hold' && call.state === 'connected') return { ...call, state: 'held', heldBy: 'me' };
  if (busy === 'resume' && call.state === 'held') return { ...call, state: 'connected' };
  return call;
}

function joinable(call: Call, others: readonly Call[]): Call | undefined {
  const ready = others.filter(({ state }) => state === 'connected' || state === 'delivered');
  return ready.find((other) => areRelated(other, call)) ?? ready[0];
}

function otherOf(call: Call, other: Call | undefined): OtherCall | undefined {
  return other && { callId: other.id, party: other.party, related: areRelated(call, other) };
}

const ringing = ({ state }: Call): boolean => state === 'alerting';
const isNewer = (a: Call, b: Call): boolean => (a.startedAt === b.startedAt ? a.id > b.id : a.startedAt > b.startedAt);

function isMissed({ id, state, direction, connectedAt, reason }: Call, { hungUp }: Pick<CallActions, 'hungUp'>) {
  const untaken = state === 'ended' && direction === 'incoming' && connectedAt === undefined;
  return untaken && (reason === undefined || !takenReasons.includes(reason)) && !hungUp.includes(id);
}

/** Somebody has dealt with the call, be it by refusing it. */
const takenReasons: readonly CallReason[] = ['answered-elsewhere', 'rejected', 'forwarded', 'picked-up', 'transferred'];

function partyOf({ number, display, name }: DialTarget): CallParty {
  return { number, display: display ?? number, ...(name === undefined ? {} : { name }) };
}

/** What to dial for a party; undefined when its number is withheld. */
export function targetOf({ party }: Pick<Call, 'party'>): DialTarget | undefined {
  const number = party.e164 ?? party.number;
  if (number === undefined) return undefined;
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

/** What to dial for another try or to call back, where it makes sense: a number that nobody can dial stays undialled. */
export function anotherTry({ state, direction, reason, failure, target, missed }: CallCard): DialTarget | undefined {
  if (state === 'refused') return failure && passing.includes(failure.code) ? target : undefined;
  if (missed) return target;
  const worth = state === 'ended' && (reason === 'busy' || reason === 'no-answer' || reason === 'network');
  return worth && direction === 'outgoing' ? target : undefined;
}

/** The redial list with one more number at its head; each number once (CAL-1). */
export function addToRedial(list: readonly DialTarget[], target: DialTarget): DialTarget[] {
  return [target, ...list.filter(({ number }) => number !== target.number)].slice(0, redialLength);
}
