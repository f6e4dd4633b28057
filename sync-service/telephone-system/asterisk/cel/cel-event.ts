/**
 * One line of Asterisk's channel event log as `cel_custom` writes it in JSON, parsed at the border. Field names are those
 * of Asterisk; `eventtime` is in seconds since 1970 (no `dateformat` in `cel.conf`).
 */
import * as z from 'zod/mini';

/** A longer line is none of ours. */
export const longestLine = 64 * 1024;

const text = z._default(z.string().check(z.maxLength(4096)), '');
const lineSchema = z.object({
  eventtype: z.string().check(z.regex(/^[A-Z_0-9]{1,64}$/)),
  eventtime: z.string().check(z.regex(/^\d{1,12}\.\d{1,9}$/)),
  channame: z.string().check(z.minLength(1), z.maxLength(256)),
  uniqueid: z.string().check(z.minLength(1), z.maxLength(150)),
  linkedid: z.string().check(z.minLength(1), z.maxLength(150)),
  num: text,
  name: text,
  rdnis: text,
  exten: text,
  context: text,
  appname: text,
  appdata: text,
  peer: text,
  eventextra: text,
});

const id = z.optional(z.string());
/** What Asterisk adds to single kinds of events, as JSON in `eventextra`. */
const extraSchema = z.object({
  bridge_id: id,
  hangupcause: z.optional(z.number()),
  hangupsource: id,
  dialstatus: id,
  pickup_channel_uniqueid: id,
  channel2_uniqueid: id,
  transferee_channel_uniqueid: id,
  transfer_target_channel_uniqueid: id,
  /** Text of an event that the dialplan wrote. */
  extra: id,
});
export type CelExtra = z.infer<typeof extraSchema>;

export interface CelEvent {
  /** `CHAN_START`, `ANSWER` …, or the name that the dialplan gave its own event. */
  readonly type: string;
  /** Milliseconds since 1970, with fractions. */
  readonly at: number;
  readonly channel: string;
  readonly uniqueId: string;
  readonly linkedId: string;
  /** Caller id of the channel. */
  readonly number: string | undefined;
  readonly name: string | undefined;
  /** Whom the caller had called before, as the dialplan or the network says (redirecting number). */
  readonly redirecting: string | undefined;
  readonly extension: string;
  readonly context: string;
  readonly application: string;
  readonly data: string;
  readonly extra: CelExtra;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const withheld = /^(?:anonymous|restricted|unavailable|unknown|<unknown>)?$/i;
function known(value: string): string | undefined {
  const shown = value
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, 256);
  return withheld.test(shown) ? undefined : shown;
}

/** Reads a line; undefined when it is no event of a channel. */
export function readCelLine(line: string): CelEvent | undefined {
  if (line.length > longestLine) return undefined;
  const read = z.safeParse(lineSchema, parseJson(line));
  if (!read.success) return undefined;
  const { data } = read;
  const extra = z.safeParse(extraSchema, data.eventextra === '' ? {} : parseJson(data.eventextra));
  return {
    type: data.eventtype,
    at: Number(data.eventtime) * 1000,
    channel: data.channame,
    uniqueId: data.uniqueid,
    linkedId: data.linkedid,
    number: known(data.num),
    name: known(data.name),
    redirecting: known(data.rdnis),
    extension: data.exten,
    context: data.context,
    application: data.appname.toLowerCase(),
    data: data.appdata,
    extra: extra.success ? extra.data : {},
  };
}

/** Device of a channel: its name without the running number. */
export const deviceOf = (channel: string): string => channel.replace(/-[0-9a-f]{8,}(?:;\d)?$/, '');
