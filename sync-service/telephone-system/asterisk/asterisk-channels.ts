/**
 * The channels of an Asterisk as its events (AMI, class `call`) and its list of them (action Status) describe them. No I/O
 * and no clock: what goes in decides what comes out. What a channel means for its user says `channel-connection.ts`.
 */
import type { CallReason } from '../../../shared/call';
import { field, readName } from './ami-message';
import type { AmiMessage } from './ami-message';
import { reasonOfCause, reasonOfDial } from './asterisk-reason';

/** Channel ids that begin so were given by us: click to dial. */
export const clickToDialPrefix = 'uc-';

/** States of a channel as Asterisk numbers them. */
const states = { down: 0, ring: 4, ringing: 5, up: 6 } as const;

export interface Channel {
  readonly id: string;
  /** Such as `PJSIP/330-00000001`; may change when calls are joined. */
  name: string;
  linkedId: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly clickToDial: boolean;
  /** Id of the connection: the channel's own, unless it took over from one that stopped ringing to be answered. */
  connectionId: string;
  /** Rings as a called phone does. */
  ringing: boolean;
  up: boolean;
  /** What was dialled at this channel; undefined when it is called. */
  dialled: string | undefined;
  partyNumber: string | undefined;
  partyName: string | undefined;
  /** Has called somebody (Dial). */
  hasDialled: boolean;
  /** Ids of channels that it calls just now. */
  readonly targets: Set<string>;
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

export interface ChannelBook {
  get(id: string): Channel | undefined;
  all(): readonly Channel[];
  /** The channel that calls or called this one. */
  callerOf(channel: Channel): Channel | undefined;
  /** A channel with this id is about to come, for click to dial. */
  expect(id: string, dialled: string): void;
  /** Takes an event in; gives the channels that it concerns, those that are hung up last and not in the book any more. */
  take(event: AmiMessage, now: number): readonly Channel[];
}

/** Device of a channel: its name without the running number. */
export const deviceOf = (name: string): string => name.replace(/-[0-9a-f]{8,}(?:;\d)?$/, '');

const numberOf = (message: AmiMessage, name: string): number => Number(field(message, name) ?? '0');
const known = (text: string | undefined): string | undefined =>
  text === undefined || text === '<unknown>' || text === '(null)' ? undefined : text;

/** Value of a channel variable in an item of Status; undefined where it is not set. */
function variable(status: AmiMessage, name: string): string | undefined {
  const line = status.get('Variable')?.find((value) => value.startsWith(`${name}=`));
  const value = known(line?.slice(name.length + 1));
  return value === '' ? undefined : value;
}

function createChannel(message: AmiMessage, startedAt: number): Channel | undefined {
  const id = field(message, 'Uniqueid');
  const name = field(message, 'Channel');
  if (id === undefined || name === undefined) return undefined;
  const state = numberOf(message, 'ChannelState');
  const linkedId = field(message, 'Linkedid') ?? id;
  const clickToDial = id.startsWith(clickToDialPrefix);
  // A channel that comes from its phone begins a call of its own; one that is called is linked to the caller's.
  const outgoing = clickToDial || state === states.ring || (state === states.up && linkedId === id);
  const extension = field(message, 'Exten');
  return {
    id,
    name,
    linkedId,
    direction: outgoing ? 'outgoing' : 'incoming',
    clickToDial,
    connectionId: id,
    ringing: state === states.ringing,
    up: state === states.up,
    dialled:
      outgoing && !clickToDial && extension !== undefined && /^[0-9*#+]+$/.test(extension) ? extension : undefined,
    partyNumber: known(field(message, 'ConnectedLineNum')),
    partyName: readName(field(message, 'ConnectedLineName')),
    hasDialled: false,
    targets: new Set(),
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

/** An empty book, or one out of the items of Status; `before` is what was known until the link was lost. */
export function createChannelBook(items: readonly AmiMessage[] = [], now = 0, before?: ChannelBook): ChannelBook {
  const channels = new Map<string, Channel>();

  const expected = new Map<string, string>();

  const callerOf = ({ callerId }: Channel): Channel | undefined =>
    callerId === undefined ? undefined : channels.get(callerId);

  function takeStatus(item: AmiMessage): void {
    const created = createChannel(item, now - 1000 * numberOf(item, 'Seconds'));
    if (created === undefined) return;
    const earlier = before?.get(created.id);
    const status = variable(item, 'DIALSTATUS');
    const bridged = field(item, 'BridgeID') !== undefined;
    // Nobody says when it was answered; better no time than a wrong one.
    const connectedAt = earlier?.connectedAt;
    const reason = status === undefined ? undefined : reasonOfDial(status, false);
    channels.set(created.id, {
      ...created,
      dialled: earlier?.dialled ?? variable(item, 'UC_DIALLED') ?? created.dialled,
      direction: earlier?.direction ?? created.direction,
      connectionId: earlier?.connectionId ?? created.id,
      startedAt: earlier?.startedAt ?? created.startedAt,
      connectedAt,
      talked: bridged || (earlier?.talked ?? false),
      hasDialled: field(item, 'Application') === 'Dial',
      failure: earlier?.failure ?? (reason === undefined || bridged ? undefined : { reason, at: now }),
    });
  }

  /** Who calls whom is not in the list, but what is linked and is being called is called by who calls. */
  function linkTargets(): void {
    for (const target of channels.values()) {
      if (target.direction === 'outgoing' || target.up) continue;
      const caller = [...channels.values()].find(
        (channel) => channel.linkedId === target.linkedId && channel.hasDialled && !channel.talked,
      );
      if (caller === undefined) continue;
      caller.targets.add(target.id);
      caller.targetRang ||= target.ringing;
      target.callerId = caller.id;
    }
  }

  for (const item of items) if (field(item, 'Event') === 'Status') takeStatus(item);
  linkTargets();

  function refresh(channel: Channel, event: AmiMessage, now: number): void {
    channel.name = field(event, 'Channel') ?? channel.name;
    channel.linkedId = field(event, 'Linkedid') ?? channel.linkedId;
    channel.partyNumber = known(field(event, 'ConnectedLineNum')) ?? channel.partyNumber;
    channel.partyName = readName(field(event, 'ConnectedLineName')) ?? channel.partyName;
    const state = numberOf(event, 'ChannelState');
    // Events that are older than the list may come after it: a channel never goes back.
    if (state === states.up && !channel.up) {
      channel.up = true;
      channel.ringing = false;
      if (channel.direction === 'incoming') channel.connectedAt ??= now;
    } else if (state === states.ringing && !channel.up) channel.ringing = true;
  }

  function takeDial(type: string, event: AmiMessage, now: number): readonly Channel[] {
    const targetId = field(event, 'DestUniqueid') ?? '';
    const target = channels.get(targetId);
    // Originate, too, dials, and names no caller then.
    const caller = channels.get(field(event, 'Uniqueid') ?? '');
    const status = field(event, 'DialStatus') ?? '';
    const rings = target?.ringing ?? false;
    if (type === 'DialEnd') {
      const reason = reasonOfDial(status, rings);
      if (target !== undefined) target.endReason = reason;
      caller?.targets.delete(targetId);
      if (caller?.targets.size === 0 && reason !== undefined && status !== 'CANCEL')
        caller.failure = { reason, at: now };
    } else if (caller !== undefined) {
      caller.hasDialled = true;
      caller.failure = undefined;
      caller.targets.add(targetId);
      caller.targetRang ||= rings || status === 'RINGING' || status === 'PROGRESS';
      if (target !== undefined) target.callerId = caller.id;
    }
    return [caller, target].filter((channel) => channel !== undefined);
  }

  function takeHangUp(channel: Channel, event: AmiMessage): readonly Channel[] {
    channel.hangUpCause = numberOf(event, 'Cause');
    channels.delete(channel.id);
    const caller = callerOf(channel);
    caller?.targets.delete(channel.id);
    // The cause of a called phone says more than Dial did a moment before.
    const reason = channel.up ? undefined : reasonOfCause(channel.hangUpCause);
    if (reason === 'rejected' || reason === 'unknown-number' || reason === 'answered-elsewhere') {
      channel.endReason = reason;
      if (caller?.failure !== undefined) caller.failure = { ...caller.failure, reason };
    }
    return caller === undefined ? [channel] : [caller, channel];
  }

  return {
    get: (id) => channels.get(id),
    all: () => [...channels.values()],
    callerOf,
    expect: (id, dialled) => expected.set(id, dialled),
    take(event, now) {
      const type = field(event, 'Event') ?? '';
      if (type === 'DialBegin' || type === 'DialState' || type === 'DialEnd') return takeDial(type, event, now);
      if (type === 'Rename') {
        const renamed = channels.get(field(event, 'Uniqueid') ?? '');
        if (renamed !== undefined) renamed.name = field(event, 'Newname') ?? renamed.name;
        return renamed === undefined ? [] : [renamed];
      }
      const id = field(event, 'Uniqueid') ?? '';
      const channel = channels.get(id);
      if (type === 'Newchannel') {
        const created = channel === undefined ? createChannel(event, now) : undefined;
        if (created === undefined) return [];
        created.dialled ??= expected.get(id);
        expected.delete(id);
        channels.set(id, created);
        return [created];
      }
      if (channel === undefined) return [];
      if (type === 'Hangup') return takeHangUp(channel, event);
      if (!/^(?:Newstate|NewConnectedLine|BridgeEnter|BridgeLeave)$/.test(type)) return [];
      refresh(channel, event, now);
      if (type === 'BridgeEnter') {
        channel.talked = true;
        channel.failure = undefined;
        channel.connectedAt ??= now;
      }
      const caller = callerOf(channel);
      if (channel.ringing && caller?.targets.has(id) === true) caller.targetRang = true;
      return caller === undefined ? [channel] : [channel, caller];
    },
  };
}
