/** Settings of an Asterisk as telephone system: `site.telephone_system` with `kind: "asterisk"`. */
import * as z from 'zod/mini';
import { ConfigurationError, configurationError } from '../configuration-error';
import { secretReferenceSchema } from '../secret-reference';

const contextName = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,79}$/));

const settingsSchema = z.strictObject({
  kind: z.literal('asterisk'),
  /** Address of the manager interface (AMI). */
  host: z._default(z.string().check(z.regex(/^[A-Za-z0-9._:-]{1,253}$/)), '127.0.0.1'),
  port: z._default(z.int().check(z.gte(1), z.lte(65_535)), 5038),
  /** TLS with a certificate that is checked; `caFile` where a private authority signed it. Needed off this machine. */
  tls: z._default(
    z.union([z.literal(false), z.strictObject({ caFile: z.optional(z.string().check(z.maxLength(1024))) })]),
    false,
  ),
  user: z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,64}$/)),
  secret: secretReferenceSchema,
  /** Contexts of our part of the dialplan (`dialplan/uc.conf`). */
  dialContext: z._default(contextName, 'uc-dial'),
  answerContext: z._default(contextName, 'uc-answer'),
  /** The phones answer by themselves when a call says `answer-after=0`: calls can be answered from the desktop. */
  phonesAutoAnswer: z._default(z.boolean(), false),
  /** There are voice boxes: the context `uc-voicebox` of the dialplan leads to them, by extension. */
  voiceBoxes: z._default(z.boolean(), false),
  /** Asterisk's log of channel events (CEL) as `cel_custom` writes it, on this machine: the source of the journal. */
  celFile: z.optional(z.string().check(z.minLength(1), z.maxLength(1024))),
  /** Mobility users may call with their mobile: the dialplan calls it through the office's outside line. */
  callBack: z._default(z.boolean(), true),
  /** So long the mobile rings, in seconds: less than it takes until its mailbox answers. */
  mobileRingSeconds: z._default(z.int().check(z.gte(5), z.lte(60)), 20),
  /**
   * The codec of the line that leads to the mobiles, by Asterisk's name. In another one the sound to the mobile would be
   * converted at its leg, and there Asterisk drops what a new party says whenever its sequence numbers are lower than the
   * former party's ("Late Frame").
   */
  mobileCodec: z._default(z.string().check(z.regex(/^[a-z0-9]{2,20}$/)), 'alaw'),
  /** So long the own phone rings until it is lifted and dials, in seconds. */
  ownPhoneRingSeconds: z._default(z.int().check(z.gte(5), z.lte(120)), 30),
});
export type AsteriskSettings = z.infer<typeof settingsSchema>;

const loopback = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/i;

/** Reads the settings; throws {@link ConfigurationError}. */
export function readAsteriskSettings(settings: unknown): AsteriskSettings {
  const read = z.safeParse(settingsSchema, settings);
  if (!read.success) throw configurationError('The Asterisk', read.error);
  if (read.data.tls === false && !loopback.test(read.data.host)) {
    throw new ConfigurationError(
      `The Asterisk is not configured rightly: tls: calls and password would go over the network in the clear. ` +
        `Set up TLS in manager.conf (tlsenable) and name it here.`,
    );
  }
  return read.data;
}
