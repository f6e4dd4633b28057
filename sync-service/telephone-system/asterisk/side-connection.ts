/** A side of a call as the port tells it, out of its channels and of what was told of it before. Pure. */
import type { Connection, DeviceAddress, Party } from '../telephone-system';
import type { ChannelBook } from './asterisk-channels';
import { farEndOf } from './call-sides';
import type { Side } from './call-sides';
import { consultPrefix, contexts, decodeName, party, pickUpPrefix } from './channel';
import type { Channel } from './channel';
import { isFetching, stateOf } from './channel-connection';
import { encodeName } from './originate';

/** What a held leg keeps of its holder's side, so that a service started anew knows it. */
export type KeptSide = Pick<Connection, 'direction' | 'party' | 'startedAt' | 'connectedAt'>;

/** Writes what is kept: letters, digits and `%-._/` only. */
export function writeKept({ direction, party: { number, name }, startedAt, connectedAt }: KeptSide): string {
  return [direction === 'incoming' ? 'i' : 'o', startedAt, connectedAt ?? '', number ?? '', name ?? '']
    .map((part) => encodeName(String(part)))
    .join('/');
}

/** Reads it again; undefined when it is nothing of ours. */
export function readKept(text: string | undefined): KeptSide | undefined {
  const [direction, startedAt = '', connectedAt = '', number, name, ...rest] = (text ?? '').split('/');
  if ((direction !== 'i' && direction !== 'o') || name === undefined || rest.length > 0) return undefined;
  if (!/^\d{1,15}$/.test(startedAt) || !/^\d{0,15}$/.test(connectedAt)) return undefined;
  return {
    direction: direction === 'i' ? 'incoming' : 'outgoing',
    party: party(decodeName(number), decodeName(name)),
    startedAt: Number(startedAt),
    ...(connectedAt === '' ? {} : { connectedAt: Number(connectedAt) }),
  };
}

/** The other party as Asterisk's own connected line names it. */
function partyByConnectedLine({ direction, dialled, partyNumber, partyName }: Channel): Party {
  const number = direction === 'outgoing' ? (dialled ?? partyNumber) : partyNumber;
  // Click to dial shows the number in place of a name until the far end is known.
  return party(number, partyName === partyNumber ? undefined : partyName);
}

export const partyOfChannel = ({ callerNumber, callerName }: Channel): Party => party(callerNumber, callerName);

/** In a conference: whoever set it up comes first; for him, whom he had held. */
function hostFirst(leg: Channel, far: readonly Channel[]): readonly Channel[] {
  const host = [leg, ...far].find(({ conferenceOf }) => conferenceOf !== undefined);
  const firstId = host?.conferenceOf === leg.id ? host.id : host?.conferenceOf;
  return [...far].sort((a, b) => Number(b.id === firstId) - Number(a.id === firstId));
}

/** What is remembered of a side besides what was told. */
export interface SideMemory {
  /** Id of the channel of whoever is really at the other end. */
  farId?: string | undefined;
  /** Was connected with somebody else since: Asterisk's connected line is not asked any more. */
  relinked?: boolean;
}

function partyOfSide(side: Side, book: ChannelBook, memory: SideMemory, last: Party | undefined): Party {
  const { leg, far } = side;
  if (isFetching(leg)) return {};
  const end = side.heldInDialplan === true ? far[0] : farEndOf(leg, book);
  const changed = end !== undefined && memory.farId !== undefined && memory.farId !== end.id;
  if (end !== undefined) memory.farId = end.id;
  memory.relinked ||= changed;
  if (side.id === leg.consultId && leg.context === contexts.consult) {
    return { ...party(leg.consultNumber, undefined), ...nameOf(end, last) };
  }
  // Not who was called, but who fetched the call.
  if (end?.id.startsWith(pickUpPrefix) === true && side.id === leg.id && !leg.steered) return partyOfChannel(end);
  if (memory.relinked && changed) return partyOfChannel(end);
  if (memory.relinked || leg.steered || side.id !== leg.id) {
    return last ?? (end === undefined ? partyByConnectedLine(leg) : partyOfChannel(end));
  }
  return partyByConnectedLine(leg);
}

function nameOf(channel: Channel | undefined, last: Party | undefined): Pick<Party, 'name'> {
  const name = channel?.callerName ?? last?.name;
  return name === undefined ? {} : { name };
}

export interface SideContext {
  readonly book: ChannelBook;
  readonly device: DeviceAddress;
  readonly now: number;
  readonly memory: SideMemory;
  /** What was told of it last. */
  readonly last: Connection | undefined;
  /** What is known of a party at the other end of a conference. */
  readonly partyAt: (far: Channel) => Party;
}

/** The connection without what depends on the phone's other sides: abilities and `related`. */
export function connectionOfSide(side: Side, context: SideContext): Omit<Connection, 'abilities'> | undefined {
  const { leg, far, id } = side;
  const { book, last, memory, now } = context;
  const kept = readKept(side.far.find(({ sideId }) => sideId === id)?.kept);
  const state = side.state === 'same' ? (last?.state ?? stateOf(leg, now)) : side.state;
  if (state === undefined) return undefined;
  const isConsultation = id.startsWith(consultPrefix);
  const isOwn = id === leg.id;
  const direction = last?.direction ?? kept?.direction ?? (isConsultation ? 'outgoing' : leg.direction);
  const inConference = far.length > 1;
  const startedAt = last?.startedAt ?? kept?.startedAt ?? (isOwn ? leg.startedAt : now);
  const began = isOwn && !leg.steered ? leg.connectedAt : undefined;
  const connectedAt =
    last?.connectedAt ?? kept?.connectedAt ?? began ?? (last && state === 'connected' ? now : undefined);
  const before = last?.party ?? kept?.party;
  const others = inConference ? hostFirst(leg, far).map(context.partyAt) : [];
  const reason = isConsultation ? book.pairOf(far[0] ?? leg)?.failure?.reason : leg.failure?.reason;
  const from = last?.redirectedFrom ?? (direction === 'incoming' && isOwn ? leg.redirectedFrom : undefined);
  return {
    id,
    callId: leg.callId ?? last?.callId ?? leg.linkedId,
    device: context.device,
    direction,
    state,
    party: inConference ? (others.shift() ?? {}) : partyOfSide(side, book, memory, before),
    ...(state === 'held' ? { heldBy: side.heldBy ?? last?.heldBy ?? 'me' } : {}),
    ...(others.length > 0 ? { others } : {}),
    ...(from === undefined ? {} : { redirectedFrom: from }),
    ...(isFetching(leg) ? { purpose: 'pick-up' as const } : {}),
    ...(leg.callBackOf === undefined ? {} : { ownMobile: leg.up ? ('answered' as const) : ('called' as const) }),
    ...(state === 'failed' && reason !== undefined ? { reason } : {}),
    startedAt,
    ...((state === 'connected' || state === 'held') && connectedAt !== undefined ? { connectedAt } : {}),
  };
}
