/** Settings of the simulated telephone system: `site.telephone_system` with `kind: "simulated"`. */
import * as z from 'zod/mini';
import { configurationError } from '../configuration-error';

const milliseconds = z.number().check(z.gte(0), z.lte(600_000));
const digits = z.string().check(z.regex(/^[0-9*#]{1,20}$/));

/** What somebody does whose phone rings. */
export const behaviourSchema = z.discriminatedUnion('does', [
  /** Nothing by itself: lifted by hand, through the control surface. */
  z.object({ does: z.literal('wait') }),
  z.object({ does: z.literal('answer'), afterMs: milliseconds }),
  z.object({ does: z.literal('reject'), afterMs: milliseconds }),
  /** Is in another call already. */
  z.object({ does: z.literal('be-busy') }),
]);
export type Behaviour = z.infer<typeof behaviourSchema>;

/** What becomes of a call to an outside number. */
export const outsideBehaviourSchema = z.union([
  behaviourSchema,
  z.object({ does: z.enum(['be-unknown', 'be-unreachable']) }),
]);
export type OutsideBehaviour = z.infer<typeof outsideBehaviourSchema>;

/** Where a phone's calls are sent on to: what one would dial, or its voice box. */
const sentOnTo = z.union([z.literal('voicemail'), digits]);

/** What becomes of calls to an extension without anybody's hand. */
export const forwardingSchema = z.strictObject({
  /** The phone does not ring at all. */
  always: z.optional(sentOnTo),
  busy: z.optional(sentOnTo),
  /** Rings so long first. */
  noAnswer: z.optional(z.strictObject({ to: sentOnTo, afterMs: milliseconds })),
});
export type Forwarding = z.infer<typeof forwardingSchema>;

const groupSchema = z.object({
  extension: digits,
  displayName: z.string().check(z.maxLength(256)),
  /** Extensions. All of them ring; who answers first has the call. */
  members: z.array(digits).check(z.maxLength(100)),
});
export type Group = z.infer<typeof groupSchema>;

/**
 * Outside numbers that end in these digits do not answer; every other one does. Five digits, so that hardly any
 * number of a real contact ends in them.
 */
export const defaultOutsideEndings: Readonly<Record<string, OutsideBehaviour>> = {
  '99990': { does: 'be-busy' },
  '99991': { does: 'wait' },
  '99992': { does: 'be-unknown' },
  '99993': { does: 'reject', afterMs: 2000 },
  '99994': { does: 'be-unreachable' },
};

const settingsSchema = z.strictObject({
  kind: z.literal('simulated'),
  /** What is dialled before an outside number; empty where nothing is. */
  trunkAccessCode: z._default(z.string().check(z.regex(/^\d{0,4}$/)), '0'),
  /** Length of an extension in digits; with an empty trunk access code everything longer is outside. */
  extensionLength: z._default(z.number().check(z.gte(2), z.lte(6)), 3),
  /** Numbers of the network that are dialled as they are. */
  shortNumbers: z._default(z.array(digits), ['110', '112']),
  /** Phones of colleagues who are not users of ours, besides the watched devices. */
  colleagues: z._default(
    z.array(z.object({ extension: digits, displayName: z.string().check(z.maxLength(256)) })).check(z.maxLength(1000)),
    [],
  ),
  /** What people do whose phone nobody attends (see `attend` of the control surface). */
  unattended: z._default(behaviourSchema, { does: 'wait' }),
  /** The same for single extensions. */
  extensions: z._default(z.record(digits, behaviourSchema), {}),
  /** Extensions that ring several phones. */
  groups: z._default(z.array(groupSchema).check(z.maxLength(1000)), []),
  forwarding: z._default(z.record(digits, forwardingSchema), {}),
  /** A phone that talks rings with one more call; otherwise it is busy. */
  callWaiting: z._default(z.boolean(), true),
  /** Every extension has a voice box. */
  voiceBoxes: z._default(z.boolean(), true),
  /** A message takes so long; then the voice box lays down. */
  messageMs: z._default(milliseconds, 20_000),
  /** Whoever is held so long rings his holder again. */
  recallMs: z._default(milliseconds, 120_000),
  /** Outside numbers by their last digits; the longest ending that fits counts. */
  outsideEndings: z._default(z.record(digits, outsideBehaviourSchema), defaultOutsideEndings),
  outside: z._default(outsideBehaviourSchema, { does: 'answer', afterMs: 4000 }),
  /** From start or restored line to link up. */
  linkMs: z._default(milliseconds, 0),
  /** From the last digit until the far end rings or the reason is known. */
  switchMs: z._default(milliseconds, 300),
  /** A phone rings so long; then nobody answers. */
  ringMs: z._default(milliseconds, 30_000),
  /** The tone of a call that failed lasts so long; then the phone goes idle. */
  toneMs: z._default(milliseconds, 4000),
});
export type SimulatedSettings = z.infer<typeof settingsSchema>;

/** Reads the settings; throws ConfigurationError. */
export function readSimulatedSettings(settings: unknown): SimulatedSettings {
  const read = z.safeParse(settingsSchema, settings);
  if (read.success) return read.data;
  throw configurationError('The simulated telephone system', read.error);
}
