/**
 * The channels of an Asterisk as its events (AMI, classes `call` and `user`) and its list of them (action Status) describe
 * them. No I/O and no clock: what goes in decides what comes out. What a channel means for its user say `call-sides.ts`
 * and `channel-connection.ts`.
 */
import { field, readName } from './ami-message';
import type { AmiMessage } from './ami-message';
import { reasonOfCause, reasonOfDial } from './asterisk-reason';
import {
  channelStates,
  contexts,
  createChannel,
  decodeName,
  isLocal,
  isSteering,
  known,
  numberIn,
  party,
} from './channel';
import { readStatus } from './channel';
import type { Channel, ChannelNotes } from './channel';

export interface ChannelBook {
  get(id: string): Channel | undefined;
  all(): readonly Channel[];
  /** The channel that calls or called this one. */
  callerOf(channel: Channel): Channel | undefined;
  /** Everybody else in the channel's bridge. */
  matesOf(channel: Channel): readonly Channel[];
  /** The other end of a Local channel. */
  pairOf(channel: Channel): Channel | undefined;
  /** Legs that this leg holds. */
  heldBy(channel: Channel): readonly Channel[];
  /** A channel with this id is about to come: click to dial, or a pick-up. */
  expect(
    id: string,
    notes: Partial<Pick<Channel, 'dialled' | 'callBackOf' | 'pickUpOf' | 'callId' | 'redirectedFrom'>>,
  ): void;
  /** The service has set variables of the channel. */
  note(id: string, notes: ChannelNotes): void;
  /** Takes an event in; gives the channels that it concerns, those that are hung up last and not in the book any more. */
  take(event: AmiMessage, now: number): readonly Channel[];
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

/** An empty book, or one out of the items of Status; `before` is what was known until the link was lost. */
export function createChannelBook(items: readonly AmiMessage[] = [], now = 0, before?: ChannelBook): ChannelBook {
  const channels = new Map<string, Channel>();
  const expected = new Map<string, object>();

  const callerOf = ({ callerId }: Channel): Channel | undefined =>
    callerId === undefined ? undefined : channels.get(callerId);
  const matesOf = ({ id, bridgeId }: Channel): readonly Channel[] =>
    bridgeId === undefined
      ? []
      : [...channels.values()].filter((other) => other.bridgeId === bridgeId && other.id !== id);

  const pairOf = ({ name }: Channel): Channel | undefined => {
    const other = name.endsWith(';1') ? name.replace(/1$/, '2') : name.replace(/2$/, '1');
    return /;[12]$/.test(name) ? [...channels.values()].find((channel) => channel.name === other) : undefined;
  };

  /** Who calls whom is not in the list, but what is linked and is being called is called by who calls. */
  function linkTargets(): void {
    for (const target of channels.values()) {
      if (target.direction === 'outgoing' || target.up) continue;
      const caller = [...channels.values()].find(
        (channel) => channel.linkedId === target.linkedId && channel.hasDialled && channel.bridgeId === undefined,
      );
      if (caller === undefined) continue;
      caller.targets.add(target.id);
      caller.targetRang ||= target.ringing;
      target.callerId = caller.id;
    }
  }

  for (const item of items) {
    if (field(item, 'Event') !== 'Status') continue;
    const channel = readStatus(item, now, before?.get(field(item, 'Uniqueid') ?? ''));
    if (channel !== undefined) channels.set(channel.id, channel);
  }
  linkTargets();

  function refresh(channel: Channel, event: AmiMessage, now: number): void {
    channel.name = field(event, 'Channel') ?? channel.name;
    channel.linkedId = field(event, 'Linkedid') ?? channel.linkedId;
    channel.callerNumber = known(field(event, 'CallerIDNum')) ?? channel.callerNumber;
    channel.callerName = readName(field(event, 'CallerIDName')) ?? channel.callerName;
    channel.partyNumber = known(field(event, 'ConnectedLineNum')) ?? channel.partyNumber;
    channel.partyName = readName(field(event, 'ConnectedLineName')) ?? channel.partyName;
    const state = numberIn(event, 'ChannelState');
    // Events that are older than the list may come after it: a channel never goes back.
    if (state === channelStates.up && !channel.up) {
      channel.up = true;
      channel.ringing = false;
      if (channel.direction === 'incoming') channel.connectedAt ??= now;
    } else if (state === channelStates.ringing && !channel.up) channel.ringing = true;
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
      if (status === 'ANSWER' && caller !== undefined) caller.answeredBy = targetId;
      if (caller?.targets.size === 0 && reason !== undefined && status !== 'CANCEL')
        caller.failure = { reason, at: now };
    } else if (caller !== undefined) {
      if (!caller.targets.has(targetId)) {
        caller.hasDialled = true;
        caller.failure = undefined;
        caller.answeredBy = undefined;
      }
      caller.targets.add(targetId);
      caller.targetRang ||= rings || status === 'RINGING' || status === 'PROGRESS';
      if (target !== undefined) {
        target.callerId = caller.id;
        target.redirectedFrom ??= caller.redirectedFrom;
      }
    }
    return [caller, target].filter(isThere);
  }

  /** Why the far half of a Local channel ended is why whoever dialled the near half was not put through. */
  function takeLocalHangUp(channel: Channel, caller: Channel | undefined, now: number): void {
    const reason = channel.failure?.reason ?? reasonOfCause(channel.hangUpCause ?? 0);
    const pair = pairOf(channel);
    if (reason === undefined) return;
    if (pair !== undefined) pair.failure ??= { reason, at: now };
    const dialler = caller ?? (pair && callerOf(pair));
    if (dialler?.context === contexts.consult) dialler.consultEnd = reason;
  }

  function takeHangUp(channel: Channel, event: AmiMessage, now: number): readonly Channel[] {
    channel.hangUpCause = numberIn(event, 'Cause');
    // Its far half knows more of the mobile than the cause says.
    if (channel.callBackOf !== undefined) channel.failure ??= pairOf(channel)?.failure;
    channels.delete(channel.id);
    const caller = callerOf(channel);
    caller?.targets.delete(channel.id);
    if (isLocal(channel)) takeLocalHangUp(channel, caller, now);
    // The cause of a called phone says more than Dial did a moment before.
    const reason = channel.up ? undefined : reasonOfCause(channel.hangUpCause);
    if (reason === 'rejected' || reason === 'unknown-number' || reason === 'answered-elsewhere') {
      channel.endReason = reason;
      if (caller?.failure !== undefined) caller.failure = { ...caller.failure, reason };
    }
    return caller === undefined ? [channel] : [caller, channel];
  }

  /** Our part of the dialplan says where a leg is. */
  function takeUserEvent(channel: Channel, event: AmiMessage, now: number): void {
    const name = field(event, 'UserEvent');
    const from = known(field(event, 'From'));
    if (from !== undefined) channel.redirectedFrom = party(from, decodeName(field(event, 'FromName')));
    if (name === 'UcForwarded' && !/^[0-9*#+]+$/.test(field(event, 'To') ?? '')) {
      channel.context = contexts.voiceBox;
      channel.failure = undefined;
    }
    if (name === 'UcFailed') {
      const reason = reasonOfCause(numberIn(event, 'Cause'));
      if (reason !== undefined) channel.failure = { reason, at: now };
    }
    if (name !== 'Uc') return;
    channel.context = field(event, 'Context') ?? '';
    channel.steered ||= isSteering(channel.context);
    if (channel.context === contexts.consult) {
      channel.consultId = field(event, 'Consult');
      channel.consultNumber = field(event, 'Number');
      channel.consultBegan = false;
      channel.consultEnd = undefined;
    } else if (channel.context === contexts.conference) {
      channel.conferenceOf = channel.holderId;
      channel.holderId = undefined;
    } else if (channel.context === contexts.give || channel.context === contexts.recall) channel.holderId = undefined;
    else if (channel.context === contexts.send) {
      channel.holderId = undefined;
      // It calls anew.
      channel.talked = false;
      channel.targetRang = false;
    }
  }

  function takeBridge(type: string, channel: Channel, event: AmiMessage, now: number): void {
    if (type === 'BridgeLeave') {
      if (channel.bridgeId === field(event, 'BridgeUniqueid')) channel.bridgeId = undefined;
      return;
    }
    channel.bridgeId = field(event, 'BridgeUniqueid');
    channel.talked = true;
    channel.failure = undefined;
    channel.connectedAt ??= now;
    channel.consultBegan = channel.context === contexts.consult;
    if (channel.conferenceOf !== undefined) joinConference(channel);
    // Whoever comes back to somebody holds and is held no more.
    if (channel.context === contexts.hold || channel.context === contexts.wait || channel.context === contexts.join) {
      channel.context = '';
    }
  }

  /** The side of whoever was held carries the conference on. */
  function joinConference({ conferenceOf = '', sideId, bridgeId }: Channel): void {
    const leg = channels.get(conferenceOf);
    if (leg === undefined || leg.bridgeId !== bridgeId) return;
    leg.context = '';
    leg.currentSideId = sideId ?? leg.currentSideId;
    for (const mate of matesOf(leg)) if (mate.holderId === leg.id) mate.holderId = undefined;
  }

  return {
    get: (id) => channels.get(id),
    all: () => [...channels.values()],
    callerOf,
    matesOf,
    pairOf,
    heldBy: (holder) =>
      [...channels.values()].filter(({ holderId, bridgeId, context }) => {
        if (holderId !== holder.id) return false;
        if (bridgeId === undefined) return context === contexts.hold || context === contexts.take;
        // It is in the bridge already that its holder is about to enter.
        return bridgeId !== holder.bridgeId && holder.context === contexts.join;
      }),
    expect: (id, notes) => void expected.set(id, notes),
    note(id, notes) {
      const channel = channels.get(id);
      if (channel !== undefined) Object.assign(channel, notes);
    },
    take(event, now) {
      const type = field(event, 'Event') ?? '';
      if (type === 'DialBegin' || type === 'DialState' || type === 'DialEnd') return takeDial(type, event, now);
      const id = field(event, 'Uniqueid') ?? '';
      const channel = channels.get(id);
      if (type === 'Rename') {
        if (channel !== undefined) channel.name = field(event, 'Newname') ?? channel.name;
        return [channel].filter(isThere);
      }
      if (type === 'Newchannel') {
        const created = channel === undefined ? createChannel(event, now) : undefined;
        if (created === undefined) return [];
        Object.assign(created, expected.get(id));
        expected.delete(id);
        channels.set(id, created);
        return [created];
      }
      if (channel === undefined) return [];
      if (type === 'Hangup') return takeHangUp(channel, event, now);
      if (type === 'UserEvent') takeUserEvent(channel, event, now);
      else if (type === 'Hold' || type === 'Unhold') channel.holdsByPhone = type === 'Hold';
      else if (!/^(?:Newstate|NewConnectedLine|NewCallerid|BridgeEnter|BridgeLeave)$/.test(type)) return [];
      refresh(channel, event, now);
      if (type === 'BridgeEnter' || type === 'BridgeLeave') takeBridge(type, channel, event, now);
      const caller = callerOf(channel);
      if (channel.ringing && caller?.targets.has(id) === true) caller.targetRang = true;
      return caller === undefined ? [channel] : [channel, caller];
    },
  };
}
