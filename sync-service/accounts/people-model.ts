/**
 * Sites, users, devices, groups and speed dials as an administrator names them. A *wish* says what shall be: a field
 * that is left out stays as it is (or takes its default when the object is new), null clears it. The same wishes come
 * from the command line, from an import and from admin routes.
 */
import * as z from 'zod/mini';
import { dialPlanSchema } from '../../shared/dial-plan';
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberReading } from '../../shared/phone-number';
import { roles } from '../../shared/profile';
import type { Role } from '../../shared/profile';

/** How numbers are read; handed in, so that a test may read them differently. */
export interface NumberRules {
  /** Total: never throws. */
  read(raw: string, plan: DialPlan): NumberReading;
  /** Changes whenever a reading by this plan may come out differently. */
  version(plan: DialPlan): string;
}

/** Who acts: a user's id, or one of these where no user is signed in. */
export type Actor = string;
export const commandLine: Actor = 'manage';

const name = (max: number) =>
  z
    .string()
    .check(z.trim(), z.minLength(1), z.maxLength(max), z.regex(/^\P{Cc}*$/u, { error: 'no control characters' }));

/** Letters, digits and signs, no blanks: `330`, `anna.berg`, `anna@example.org`. */
const userName = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(64), z.regex(/^[^\s\p{C}]+$/u, { error: 'no blanks in a user name' }));
const extension = z.string().check(z.trim(), z.regex(/^\d{2,6}$/, { error: 'an extension is 2 to 6 digits' }));
const email = z
  .string()
  .check(z.trim(), z.maxLength(320), z.regex(/^[^\s@]+@[^\s@]+$/, { error: 'an address is written name@domain' }));
const address = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(128), z.regex(/^[^\s\p{C}]+$/u, { error: 'no blanks in an address' }));

const writtenNumber = z.string().check(z.trim(), z.minLength(1), z.maxLength(64));

const timeZone = z
  .string()
  .check(z.refine(isTimeZone, { error: 'an IANA time zone is written Area/City, such as Europe/Berlin' }));

/** Which telephone system, and how to reach it: `kind` chooses the adapter, the rest is the adapter's. */
export const telephoneSystemSettingsSchema = z.looseObject({ kind: z.string().check(z.minLength(1), z.maxLength(40)) });
export type TelephoneSystemSettings = z.infer<typeof telephoneSystemSettingsSchema>;

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly dialPlan: DialPlan;
  /** Absent until it is configured: the site has a directory and no calls. */
  readonly telephoneSystem?: TelephoneSystemSettings;
  /** Days that journal entries are kept; {@link usualJournalDays} where absent. */
  readonly journalDays?: number;
}

export const siteWishSchema = z.object({
  name: name(100),
  newName: z.optional(name(100)),
  timeZone: z.optional(timeZone),
  dialPlan: z.optional(z.partial(dialPlanSchema)),
  telephoneSystem: z.optional(z.nullable(telephoneSystemSettingsSchema)),
  journalDays: z.optional(z.int().check(z.gte(1), z.lte(3650))),
});
export type SiteWish = z.infer<typeof siteWishSchema>;

/** Days that journal entries are kept where a site does not say otherwise. */
export const usualJournalDays = 180;

export const deviceWishSchema = z.object({
  /** As the telephone system names it, such as `PJSIP/330`. Never built from an extension. */
  address,
  name: z.optional(name(64)),
});
export type DeviceWish = z.infer<typeof deviceWishSchema>;

export const userWishSchema = z.object({
  userName,
  newUserName: z.optional(userName),
  /** Name of the site; may be left out where there is exactly one. */
  site: z.optional(name(100)),
  displayName: z.optional(name(256)),
  givenName: z.optional(z.nullable(name(256))),
  surname: z.optional(z.nullable(name(256))),
  extension: z.optional(z.nullable(extension)),
  email: z.optional(z.nullable(email)),
  /** In any form that the site's dial plan reads; kept in canonical form. */
  mobileNumber: z.optional(z.nullable(writtenNumber)),
  externalNumber: z.optional(z.nullable(writtenNumber)),
  role: z.optional(z.enum(roles)),
  inDirectory: z.optional(z.boolean()),
  /** The whole list; the first is "my phone". A device keeps its id as long as its user and address stay. */
  devices: z.optional(z.array(deviceWishSchema).check(z.maxLength(8))),
  /** "My phone" belongs to a MULAP, or is the intercept position: no do not disturb (PRE-3). */
  mulap: z.optional(z.boolean()),
  intercept: z.optional(z.boolean()),
  /** His calls may begin at his mobile (CAL-6). */
  mobility: z.optional(z.boolean()),
});
export type UserWish = z.infer<typeof userWishSchema>;

export const groupWishSchema = z.object({
  /** Who it is: the extension within the site. */
  extension,
  newExtension: z.optional(extension),
  site: z.optional(name(100)),
  name: z.optional(name(256)),
  inDirectory: z.optional(z.boolean()),
  /** User names; the whole list. */
  members: z.optional(z.array(userName).check(z.maxLength(1000))),
});
export type GroupWish = z.infer<typeof groupWishSchema>;

export const speedDialWishSchema = z.object({
  /** Who it is: the name within the site. */
  name: name(256),
  newName: z.optional(name(256)),
  site: z.optional(name(100)),
  /** As written; read by the site's dial plan. */
  number: z.optional(name(256)),
});
export type SpeedDialWish = z.infer<typeof speedDialWishSchema>;

/** A user as the administrator sees him. */
export interface Person {
  readonly id: string;
  readonly siteId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly extension?: string;
  readonly email?: string;
  /** E.164. */
  readonly mobileNumber?: string;
  /** E.164. */
  readonly externalNumber?: string;
  readonly role: Role;
  readonly inDirectory: boolean;
  /** His calls may begin at his mobile (CAL-6). */
  readonly mobility: boolean;
  readonly disabled: boolean;
  readonly mustChangePassword: boolean;
  readonly devices: readonly PersonDevice[];
}

export interface PersonDevice {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly isMine: boolean;
  /** It belongs to a MULAP, or is the intercept position: no do not disturb (PRE-3). */
  readonly mulap: boolean;
  readonly intercept: boolean;
}

export interface Group {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly extension: string;
  readonly inDirectory: boolean;
  /** User names. */
  readonly members: readonly string[];
}

export interface SpeedDial {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  /** As the administrator wrote it. */
  readonly number: string;
}

/** What was wrong with one of the wishes, and what to do. */
export interface WishProblem {
  /** Which wish, from 0. */
  readonly position: number;
  /** Which of its fields, such as `extension` or `devices.0.address`. */
  readonly field: string;
  /** A stable word, such as `taken`. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
}

/** What came of a list of wishes, by position. */
export type Outcome = 'added' | 'changed' | 'unchanged';

/** The form in which user names are compared: case and the width of letters make no difference. */
export function userNameKey(written: string): string {
  return written.trim().normalize('NFKC').toLowerCase();
}

/** Addresses are compared without case. */
export function emailKey(written: string): string {
  return written.trim().normalize('NFC').toLowerCase();
}

function isTimeZone(written: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: written });
    return written.includes('/') || written === 'UTC';
  } catch {
    return false;
  }
}
