/** What calls need from other capabilities. Handed in by `app.ts`. */
import type { NumberProblem } from '../../shared/contact';
import type { DialPlan } from '../../shared/dial-plan';
import type { DirectoryItem } from '../../shared/directory';
import type { NumberReading } from '../../shared/phone-number';
import type { DialMode } from '../../shared/profile';
import type { Viewer } from '../directory/directory-source';

/** Finds who a number belongs to: the viewer's personal directory, then the internal, then the system one (DIR-6). */
export interface CallerDirectory {
  /** Null when nobody is known by that number. */
  identify(viewer: Viewer, number: NumberReading): Promise<DirectoryItem | null>;
}

/** Conversions between what people write, what is dialled and what a telephone system signals. Pure and total. */
export interface NumberRulesForCalls {
  /** What to dial at a desk phone of the site for a number as given by the user (NUM-2), or why there is nothing. */
  toDialString(number: string, plan: DialPlan): { readonly dialString: string } | { readonly problem: NumberProblem };
  /** Reads a number as it was dialled at a desk phone of the site. */
  readDialled(dialled: string, plan: DialPlan): NumberReading;
  /** Reads a caller's number as the telephone system signals it. */
  readSignalled(number: string, plan: DialPlan): NumberReading;
}

/** A device with its owner. */
export interface CallDevice {
  /** Opaque id, as the user's profile shows it. */
  readonly id: string;
  readonly userId: string;
  readonly siteId: string;
  /** Address in the site's telephone system. */
  readonly address: string;
  /** "My phone": dials where none is named. */
  readonly isMine: boolean;
  /** What the called party sees. */
  readonly extension: string;
  readonly displayName: string;
  /** Whether its user is shown in the internal directory: only then others see what his telephone does. */
  readonly inDirectory: boolean;
}

/** The devices of the installation. */
export interface DeviceBook {
  /** All devices of users who are not disabled. */
  list(): Promise<readonly CallDevice[]>;
}

/** Where a user's calls begin, as he has chosen, and what he may. */
export interface DialWay {
  readonly mode: DialMode;
  /** The administrator made him a mobility user. */
  readonly mobility: boolean;
  /** E.164. */
  readonly mobileNumber?: string | undefined;
}

/** Where calls begin (CAL-6). */
export interface DialWays {
  wayOf(userId: string): Promise<DialWay>;
}

/** What decides whether a number may be dialled, besides the number itself. */
export interface DialRules {
  /** Whether a user, device, group, speed dial or something else of the site's telephone system has this extension. */
  isExtensionKnown(siteId: string, extension: string): Promise<boolean>;
  /** Whether `+` and digits reach a premium-rate service. */
  isPremiumRate(international: string): boolean;
  /** The demo's telephones are no real ones: emergency numbers are refused. */
  readonly demo: boolean;
}
