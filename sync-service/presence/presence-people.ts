/** The users, as far as presence and forwarding ask for them. */
import type { UnavailableReason } from '../../shared/presence';

export interface PresenceUser {
  readonly userId: string;
  readonly siteId: string;
  readonly displayName: string;
  /** Absent for a user without a telephone. */
  readonly extension?: string;
  /** Further numbers of his profile. */
  readonly mobileNumber?: string;
  readonly externalNumber?: string;
  /** Colleagues see him ("Show in phone book"). */
  readonly inDirectory: boolean;
  /** Why "my phone" takes no do not disturb (PRE-3). */
  readonly unavailable: readonly UnavailableReason[];
}

export interface PresencePeople {
  /** All enabled users of all sites. */
  list(): Promise<readonly PresenceUser[]>;
}
