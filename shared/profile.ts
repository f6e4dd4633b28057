/** The signed-in user, the site he belongs to and his settings. */
import * as z from 'zod/mini';
import { pictureHashSchema } from './contact';
import { dialPlanSchema } from './dial-plan';

export const roles = ['user', 'admin'] as const;
export type Role = (typeof roles)[number];

/** The password policy (SET-3): 8 to 16 characters with each of the four classes. */
export const passwordPolicy = { minLength: 8, maxLength: 16 } as const;
export const passwordRules = [
  'too-short',
  'too-long',
  'upper-case-missing',
  'lower-case-missing',
  'digit-missing',
  'special-missing',
] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** The rules that a password breaks, in the order of {@link passwordRules}; empty when it may be used. */
export function brokenPasswordRules(password: string): PasswordRule[] {
  const length = [...password].length;
  const broken: PasswordRule[] = [];
  if (length < passwordPolicy.minLength) broken.push('too-short');
  if (length > passwordPolicy.maxLength) broken.push('too-long');
  if (!/\p{Lu}/u.test(password)) broken.push('upper-case-missing');
  if (!/\p{Ll}/u.test(password)) broken.push('lower-case-missing');
  if (!/\p{Nd}/u.test(password)) broken.push('digit-missing');
  if (!/[^\p{L}\p{N}]/u.test(password)) broken.push('special-missing');
  return broken;
}

export const signedInUserSchema = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: z.string(),
  /** Extension in the site; absent for an administrator without a telephone. */
  extension: z.optional(z.string()),
  email: z.optional(z.string()),
  role: z.enum(roles),
  /** His own picture, to be had at `GET /pictures/{hash}`. */
  picture: z.optional(pictureHashSchema),
});
export type SignedInUser = z.infer<typeof signedInUserSchema>;

export const deviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** "My phone": commands go to it where none is named. */
  isMine: z.boolean(),
});
export type Device = z.infer<typeof deviceSchema>;

export const languages = ['auto', 'en', 'de'] as const;
export const skins = ['auto', 'light', 'dark', 'high-contrast'] as const;
/** How dates are written in lists (SET-4); `auto` is the way of the pane's language. */
export const dateFormats = ['auto', 'dd.mm.yyyy', 'dd/mm/yyyy', 'mm/dd/yyyy', 'yyyy-mm-dd'] as const;
export type DateFormat = (typeof dateFormats)[number];
/** The views of SET-5. */
export const views = ['normal', 'compact', 'minimised'] as const;
export type View = (typeof views)[number];
/** Where calls begin (CAL-6): at the telephone, or at the mobile of a mobility user, which is called back. */
export const dialModes = ['office-phone', 'call-back'] as const;
export type DialMode = (typeof dialModes)[number];
/** Minutes between two syncs while the pane is open; 0 is off (SYN-3). */
export const syncIntervals = [0, 5, 15, 30, 60, 240] as const;

export const settingsSchema = z.object({
  language: z.enum(languages),
  skin: z.enum(skins),
  dateFormat: z.enum(dateFormats),
  view: z.enum(views),
  /** In force for mobility users only. */
  dialMode: z.enum(dialModes),
  /** The user agrees that his calendar sets Meeting and Vacation (PRE-8). */
  presenceFromCalendar: z.boolean(),
  syncIntervalMinutes: z.union(syncIntervals.map((minutes) => z.literal(minutes))),
  /** "Do not import contacts without a phone number" (SYN-3). */
  skipContactsWithoutNumber: z.boolean(),
  /** "Import profile pictures" (SYN-3). */
  importPictures: z.boolean(),
  /** What the user said to another version of the pane (SYN-10): skip it, or remind later. */
  updateAnswer: z.nullable(
    z.object({
      version: z.string().check(z.maxLength(64)),
      /** ISO 8601; null: this version is skipped. */
      remindAt: z.nullable(z.string().check(z.maxLength(40))),
    }),
  ),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  language: 'auto',
  skin: 'auto',
  dateFormat: 'auto',
  view: 'normal',
  dialMode: 'office-phone',
  presenceFromCalendar: false,
  syncIntervalMinutes: 15,
  skipContactsWithoutNumber: false,
  importPictures: true,
  updateAnswer: null,
};

/** What the user says of himself and colleagues see (SET-1). */
export const profileDetailsSchema = z.object({
  /** Canonical form, as the one below; E.164 inside the service. */
  mobileNumber: z.optional(z.string()),
  externalNumber: z.optional(z.string()),
  /** The administrator's where the user gave none. */
  email: z.optional(z.string()),
});
export type ProfileDetails = z.infer<typeof profileDetailsSchema>;

/** What is taken as the own picture (SET-2). */
export const ownPicture = {
  maxBytes: 512 * 1024,
  /** Pixels that each side has at least. */
  minSide: 40,
  contentTypes: ['image/jpeg', 'image/png'],
} as const;

export const profileSchema = z.object({
  user: signedInUserSchema,
  details: profileDetailsSchema,
  site: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), dialPlan: dialPlanSchema }),
  devices: z.array(deviceSchema),
  /** He may let his calls begin at his mobile: a mobility user, and the telephone system can (CAL-6). */
  mayCallBack: z.boolean(),
  settings: settingsSchema,
});
export type Profile = z.infer<typeof profileSchema>;
