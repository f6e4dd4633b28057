/** A channel of an Asterisk, and how it is read out of events (AMI) and items of the list of channels (Status). Pure. */
import type { CallReason } from '../../../shared/call';
import type { Party } from '../telephone-system';
import { field, readName } from './ami-message';
import type { AmiMessage } from './ami-message';
import { reasonOfDial } from './asterisk-reason';

/** Channel ids that begin so were given by us: click to dial. */
export const clickToDialPrefix = 'uc-';
/** The same for the leg that is connected with the mobile of whoever dials. */
export const callBackPrefix = 'ucm-';
/** The same for the leg that fetches a call. */
export const pickUpPrefix = 'ucp-';
/** Ids of sides that are consultations begin so. */
export const consultPrefix = 'ucc-';

/** States of a channel as Asterisk numbers them. */
export const channelStates = { down: 0, ring: 4, ringing: 5, up: 6 } as const;

/** Contexts of our part of the dialplan that say what a leg is. */
export const contexts = {
  hold: 'uc-hold',
  take: 'uc-take',
  wait: 'uc-wait',
  join: 'uc-join',
  after: 'uc-after',
  consult: 'uc-consult',
  give: 'uc-give',
  conference: 'uc-conf',
  send: 'uc-send',
  voiceBox: 'uc-to-voicebox',
  pickUp: 'uc-pickup',
  recall: 'uc-recall',
} as const;

/** The dialplan's notes on a channel (variables), as far as they are known. */
export interface ChannelNotes {
  /** Of a held leg: id of the leg that holds it. */
  holderId?: string | undefined;
  /** Of a leg that is or was held: id of the holder's side, and what is to be known of that side. */
  sideId?: string | undefined;
  kept?: string | undefined;
  /** Of a leg that consults: the side's id and what it dialled. */
  consultId?: string | undefined;
  consultNumber?: string | undefined;
  /** Its consultation was connected with something; why it was not put through. */
  consultBegan?: boolean;
  consultEnd?: CallReason | undefined;
  /** Of a leg that came into a conference: id of the leg that held it before. */
  conferenceOf?: string | undefined;
  /** Of a leg that fetches a call: id of the leg that rings. */
  pickUpOf?: string | undefined;
  /** Of a leg that is connected with somebody's mobile: address of the device in whose place that is. */
  callBackOf?: string | undefined;
  /** Id of the call that it fetched. */
  callId?: string | undefined;
  /** Who sent the call on, or was called first. */
  redirectedFrom?: Party | undefined;
}

export interface Channel extends ChannelNotes {
  readonly id: string;
  /** Such as `PJSIP/330-00000001`; may change when calls are joined. */
  name: string;
  linkedId: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly clickToDial: boolean;
  /** Id of the side of a call that the leg carries just now; the channel's own to begin with. */
  currentSideId: string;
  /** Where it is in the dialplan. */
  context: string;
  /** Id of the bridge it is in. */
  bridgeId: string | undefined;
  /** Its phone holds the other party by its own key. */
  holdsByPhone: boolean;
  /** Was sent through our part of the dialplan: its party is not told by Asterisk's connected line alone any more. */
  steered: boolean;
  /** Who it is, and whom it is connected with, as Asterisk says. */
  callerNumber: string | undefined;
  callerName: string | undefined;
  partyNumber: string | undefined;
  partyName: string | undefined;
  /** Rings as a called phone does. */
  ringing: boolean;
  up: boolean;
  /** What was dialled at this channel; undefined when it is called. */
  dialled: string | undefined;
  /** Has called somebody (Dial). */
  hasDialled: boolean;
  /** Ids of channels that it calls just now. */
  readonly targets: Set<string>;
  /** Id of the channel that answered its call. */
  answeredBy: string | undefined;
  /** The channel that calls or called this one. */
  callerId: string | undefined;
  /** One of them rang. */
  targetRang: boolean;
  /** Was in a bridge with somebody. */
  talked: boolean;
  /** Why its call was not put through, and since when (milliseconds since 1970). */
  failure: { readonly reason: CallReason; readonly at: number } | undefined;
  /** How its own ringing ended, as Dial says. */
  endReason: CallReason | undefined;
  startedAt: number;
  connectedAt: number | undefined;
  /** Q.850 cause, once it is hung up. */
  hangUpCause: number | undefined;
}

/** Device of a channel: its name without the running number. */
export const deviceOf = (name: string): string => name.replace(/-[0-9a-f]{8,}(?:;\d)?$/, '');
export const isLocal = ({ name }: Pick<Channel, 'name'>): boolean => name.startsWith('Local/');
/** Device whose side of a call the leg carries. */
export const ownerOf = ({ name, callBackOf }: Pick<Channel, 'name' | 'callBackOf'>): string =>
  callBackOf ?? deviceOf(name);
/** What the leg is at: its device, or a mobile of its own. Sides at one phone depend on each other. */
export const phoneOf = ({ id, name, callBackOf }: Pick<Channel, 'id' | 'name' | 'callBackOf'>): string =>
  callBackOf === undefined ? deviceOf(name) : id;
/** The near half of the Local channel whose far half calls a mobile. */
const callsBack = (id: string, name: string): boolean => id.startsWith(callBackPrefix) && name.endsWith(';1');

export const numberIn = (message: AmiMessage, name: string): number => Number(field(message, name) ?? '0');
export const known = (text: string | undefined): string | undefined =>
  text === undefined || text === '' || text === '<unknown>' || text === '(null)' ? undefined : text;

export const party = (number: string | undefined, name: string | undefined): Party => ({
  ...(number === undefined ? {} : { number }),
  ...(name === undefined || name === number ? {} : { name }),
});

/** Decodes what `encodeName` wrote; undefined where it is empty or broken. */
export function decodeName(encoded: string | undefined): string | undefined {
  try {
    return known(decodeURIComponent(encoded ?? ''));
  } catch {
    return undefined;
  }
}

/** A channel out of any event that describes one; undefined when it describes none. */
export function createChannel(message: AmiMessage, startedAt: number): Channel | undefined {
  const id = field(message, 'Uniqueid');
  const name = field(message, 'Channel');
  if (id === undefined || name === undefined) return undefined;
  const state = numberIn(message, 'ChannelState');
  const linkedId = field(message, 'Linkedid') ?? id;
  const clickToDial = id.startsWith(clickToDialPrefix) || callsBack(id, name);
  const pickUp = id.startsWith(pickUpPrefix);
  // A channel that comes from its phone begins a call of its own; one that is called is linked to the caller's.
  const outgoing =
    !pickUp && (clickToDial || state === channelStates.ring || (state === channelStates.up && linkedId === id));
  const extension = field(message, 'Exten');
  return {
    id,
    name,
    linkedId,
    direction: outgoing ? 'outgoing' : 'incoming',
    clickToDial,
    currentSideId: id,
    context: field(message, 'Context') ?? '',
    bridgeId: field(message, 'BridgeID'),
    holdsByPhone: false,
    steered: false,
    ringing: state === channelStates.ringing,
    up: state === channelStates.up,
    dialled:
      outgoing && !clickToDial && extension !== undefined && /^[0-9*#+]+$/.test(extension) ? extension : undefined,
    callerNumber: known(field(message, 'CallerIDNum')),
    callerName: readName(field(message, 'CallerIDName')),
    partyNumber: known(field(message, 'ConnectedLineNum')),
    partyName: readName(field(message, 'ConnectedLineName')),
    hasDialled: false,
    targets: new Set(),
    answeredBy: undefined,
    callerId: undefined,
    targetRang: false,
    talked: false,
    failure: undefined,
    endReason: undefined,
    startedAt,
    connectedAt: undefined,
    hangUpCause: undefined,
  };
}

/** Variables that the list of channels is asked for. */
export const statusVariables =
  'UC_DIALLED,UC_CALLBACK,DIALSTATUS,UC_HOLDER,UC_SIDE,UC_KEPT,UC_CONSULT,UC_NUMBER,UC_CONFERENCE,UC_TARGET,UC_FROM,UC_FROM_NAME';

/** Value of a channel variable in an item of Status; undefined where it is not set. */
function variable(status: AmiMessage, name: string): string | undefined {
  const line = status.get('Variable')?.find((value) => value.startsWith(`${name}=`));
  return known(line?.slice(name.length + 1));
}

/** A channel out of an item of Status; `earlier` is what was known of it until the link was lost. */
export function readStatus(item: AmiMessage, now: number, earlier: Channel | undefined): Channel | undefined {
  const created = createChannel(item, now - 1000 * numberIn(item, 'Seconds'));
  if (created === undefined) return undefined;
  const { bridgeId, context } = created;
  const reason = reasonOfDial(variable(item, 'DIALSTATUS') ?? '', false);
  const from = variable(item, 'UC_FROM');
  return {
    ...created,
    dialled: earlier?.dialled ?? variable(item, 'UC_DIALLED') ?? created.dialled,
    direction: earlier?.direction ?? created.direction,
    currentSideId: earlier?.currentSideId ?? created.id,
    startedAt: earlier?.startedAt ?? created.startedAt,
    // Nobody says when it was answered; better no time than a wrong one.
    connectedAt: earlier?.connectedAt,
    holdsByPhone: earlier?.holdsByPhone ?? false,
    steered: (earlier?.steered ?? false) || isSteering(context),
    talked: bridgeId !== undefined || isSteering(context) || (earlier?.talked ?? false),
    hasDialled: field(item, 'Application') === 'Dial',
    failure: earlier?.failure ?? (reason === undefined || bridgeId !== undefined ? undefined : { reason, at: now }),
    holderId: variable(item, 'UC_HOLDER'),
    sideId: variable(item, 'UC_SIDE'),
    kept: variable(item, 'UC_KEPT'),
    consultId: variable(item, 'UC_CONSULT'),
    consultNumber: variable(item, 'UC_NUMBER'),
    conferenceOf: variable(item, 'UC_CONFERENCE'),
    callBackOf: callsBack(created.id, created.name) ? variable(item, 'UC_CALLBACK') : undefined,
    pickUpOf: created.id.startsWith(pickUpPrefix) ? variable(item, 'UC_TARGET') : undefined,
    redirectedFrom:
      earlier?.redirectedFrom ??
      (from === undefined ? undefined : party(from, decodeName(variable(item, 'UC_FROM_NAME')))),
  };
}

const steering: ReadonlySet<string> = new Set([
  contexts.hold,
  contexts.wait,
  contexts.join,
  contexts.after,
  contexts.consult,
  contexts.give,
  contexts.conference,
]);

/** A leg with this context was connected with somebody before, and is steered by us. */
export const isSteering = (context: string): boolean => steering.has(context);
