/**
 * Gathers the events of the channel log into calls. A call is over when all its channels are; channels belong to one call
 * when they are linked, at whatever time (pick-up, transfer, conference). No I/O and no clock: the stream alone decides,
 * so that reading a part of it again gives the same calls at the same places.
 *
 * A call whose channels never ended (Asterisk was killed) is over when Asterisk has been started anew, which shows in the
 * numbers of its channels beginning again, or when nothing was heard of it for a day.
 */
import { deviceOf } from './cel-event';
import type { CelEvent } from './cel-event';

export interface EndedCall {
  readonly events: readonly CelEvent[];
  /** Ids of channels whose device had another call when they began. */
  readonly busy: ReadonlySet<string>;
  /** When it was last known to be running, where its end was never told. Milliseconds since 1970. */
  readonly lostAt?: number;
}

export interface CallCollector<Place> {
  /** Takes the event that stands at a place of the stream; gives the calls that are over with it. */
  take(event: CelEvent, place: Place): readonly EndedCall[];
  /** Where the oldest call begins that is not over. */
  oldest(): Place | undefined;
  readonly openCalls: number;
}

interface OpenCall<Place> {
  readonly events: CelEvent[];
  readonly channels: Set<string>;
  readonly linkedIds: Set<string>;
  readonly busy: Set<string>;
  place: Place;
  order: number;
  lastAt: number;
}

const silentCallMs = 24 * 60 * 60 * 1000;
/** Asterisk takes longer than this to start; channels of one moment may be told out of order. */
const startMs = 250;
/** Of a call that goes on and on, events beyond this number are only counted as its life. */
const eventsPerCall = 5000;
const essential = new Set(['CHAN_START', 'CHAN_END', 'HANGUP', 'PICKUP']);

/** The running number in a channel's id, which begins at 0 with each start of Asterisk; none in ids given by others. */
const runningNumber = (uniqueId: string): number | undefined => {
  const digits = /(?:^|-)\d{9,11}\.(\d{1,10})$/.exec(uniqueId)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

export function createCallCollector<Place>(): CallCollector<Place> {
  const open = new Set<OpenCall<Place>>();
  /** Running channels of each device. */
  const byDevice = new Map<string, Set<string>>();
  const byChannel = new Map<string, OpenCall<Place>>();
  const byLinkedId = new Map<string, OpenCall<Place>>();
  let highest: { readonly number: number; readonly at: number } | undefined;
  let lastAt = 0;
  let orders = 0;

  function endChannel(id: string): void {
    byChannel.delete(id);
    for (const [device, channels] of byDevice) {
      if (channels.delete(id) && channels.size === 0) byDevice.delete(device);
    }
  }

  function forget(call: OpenCall<Place>): void {
    open.delete(call);
    for (const id of call.channels) endChannel(id);
    for (const id of call.linkedIds) if (byLinkedId.get(id) === call) byLinkedId.delete(id);
  }

  /** What was running when Asterisk went away, or has been silent for too long. */
  function lost(event: CelEvent): EndedCall[] {
    const number = runningNumber(event.uniqueId);
    const restarted =
      number !== undefined && highest !== undefined && number <= highest.number && event.at - highest.at > startMs;
    if (number !== undefined && (restarted || highest === undefined || number > highest.number)) {
      highest = { number, at: event.at };
    }
    const ended: EndedCall[] = [];
    for (const call of open) {
      const silent = event.at - call.lastAt > silentCallMs;
      if (!restarted && !silent) continue;
      forget(call);
      ended.push({
        events: call.events,
        busy: call.busy,
        lostAt: restarted ? Math.max(call.lastAt, lastAt) : call.lastAt,
      });
    }
    return ended;
  }

  function join(call: OpenCall<Place>, other: OpenCall<Place> | undefined): OpenCall<Place> {
    if (other === undefined || other === call) return call;
    const [first, second] = call.order < other.order ? [call, other] : [other, call];
    open.delete(second);
    first.events.push(...second.events);
    first.events.sort((a, b) => a.at - b.at);
    first.lastAt = Math.max(first.lastAt, second.lastAt);
    for (const id of second.channels) {
      first.channels.add(id);
      byChannel.set(id, first);
    }
    for (const id of second.busy) first.busy.add(id);
    for (const id of second.linkedIds) {
      first.linkedIds.add(id);
      byLinkedId.set(id, first);
    }
    return first;
  }

  function callOf(event: CelEvent, place: Place): OpenCall<Place> | undefined {
    let call = byChannel.get(event.uniqueId);
    const linked = byLinkedId.get(event.linkedId);
    if (event.type === 'CHAN_START') {
      call ??= linked;
      if (call === undefined) {
        call = {
          events: [],
          channels: new Set(),
          linkedIds: new Set(),
          busy: new Set(),
          place,
          order: orders++,
          lastAt: event.at,
        };
        open.add(call);
      }
      call.channels.add(event.uniqueId);
      byChannel.set(event.uniqueId, call);
      const device = deviceOf(event.channel);
      const channels = byDevice.get(device) ?? new Set();
      if (channels.size > 0) call.busy.add(event.uniqueId);
      byDevice.set(device, channels.add(event.uniqueId));
    }
    // The rest of a call whose beginning is not there any more.
    if (call === undefined) return undefined;
    call = join(call, linked);
    const { extra } = event;
    for (const id of [
      extra.pickup_channel_uniqueid,
      extra.channel2_uniqueid,
      extra.transferee_channel_uniqueid,
      extra.transfer_target_channel_uniqueid,
    ]) {
      if (id !== undefined) call = join(call, byChannel.get(id));
    }
    call.linkedIds.add(event.linkedId);
    byLinkedId.set(event.linkedId, call);
    return call;
  }

  return {
    take(event, place) {
      const ended = event.type === 'CHAN_START' ? lost(event) : [];
      lastAt = Math.max(lastAt, event.at);
      const call = callOf(event, place);
      if (call === undefined) return ended;
      call.lastAt = Math.max(call.lastAt, event.at);
      if (call.events.length < eventsPerCall || essential.has(event.type)) call.events.push(event);
      if (event.type !== 'CHAN_END') return ended;
      call.channels.delete(event.uniqueId);
      endChannel(event.uniqueId);
      if (call.channels.size > 0) return ended;
      forget(call);
      return [...ended, { events: call.events, busy: call.busy }];
    },
    oldest() {
      let oldest: OpenCall<Place> | undefined;
      for (const call of open) if (oldest === undefined || call.order < oldest.order) oldest = call;
      return oldest?.place;
    },
    get openCalls() {
      return open.size;
    },
  };
}
