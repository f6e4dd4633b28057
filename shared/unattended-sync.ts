/**
 * Sync while nobody has a pane open (SYN-5): how a mailbox of it stands, and what stops it.
 *
 *     off ──sign-in or administrator──▶ waiting for its next run ──▶ running ──▶ waiting …
 *                                              ▲                        ├─ the user must sign in ──▶ paused
 *                                              └── resumed ◀── paused ◀─┴─ failed ten times
 */
import * as z from 'zod/mini';

/** With whose rights a mailbox is read: its owner's (he has signed in for it), or the application's own. */
export const unattendedModes = ['delegated', 'app-only'] as const;
export type UnattendedMode = (typeof unattendedModes)[number];

/** Why the last run brought nothing. */
export const unattendedProblems = [
  /** Microsoft wants the owner to sign in again: password changed, second factor, access taken back or run out. */
  'sign-in-needed',
  /** The permission to read the contacts is missing or was taken back. */
  'consent-needed',
  /** What the sign-in left here was sealed with another key. The owner has to sign in again. */
  'key-unknown',
  /** The organisation does not let the application into this mailbox. */
  'forbidden',
  /** The mailbox is not in Microsoft 365: on an Exchange server of the organisation's own, or not active any more. */
  'on-premises',
  /** There is no such mailbox (any more). */
  'mailbox-gone',
  /** Microsoft refuses the application itself: its secret is wrong or has run out. */
  'application-refused',
  /** Microsoft limits the requests. */
  'throttled',
  'unreachable',
  'not-understood',
  /** A removal of many contacts waits for the owner's word. */
  'removal-waits',
  /** The fault is the service's own. */
  'service-fault',
] as const;
export type UnattendedProblem = (typeof unattendedProblems)[number];

/** Why no more runs are made until somebody acts. */
export const pauseReasons = ['sign-in-needed', 'failed-too-often', 'administrator'] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** Failures in a row after which a mailbox is paused. */
export const failuresUntilPause = 10;

/** How a mailbox stands; nothing of what is in it. */
export const unattendedStateSchema = z.object({
  mode: z.enum(unattendedModes),
  /** Address of the mailbox. */
  address: z.string(),
  intervalMinutes: z.number(),
  running: z.boolean(),
  /** Absent while paused, and while the user's interval is off. */
  nextRunAt: z.optional(z.string()),
  /** End of the last run, whatever came of it. */
  lastRunAt: z.optional(z.string()),
  /** End of the last run that went well. */
  lastSuccessAt: z.optional(z.string()),
  problem: z.optional(z.enum(unattendedProblems)),
  /** Failures in a row. */
  failures: z.number(),
  paused: z.optional(z.object({ reason: z.enum(pauseReasons), at: z.string() })),
});
export type UnattendedState = z.infer<typeof unattendedStateSchema>;
