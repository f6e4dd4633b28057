/**
 * What signing in, sessions and the profile need to know of users. Handed in by `app.ts`: the people of this
 * installation (`people.service.ts`) stand behind it.
 */
import type { Profile, Settings, SignedInUser } from '../../shared/profile';

/** A user with what decides whether and how he may sign in. */
export interface Account {
  readonly id: string;
  readonly siteId: string;
  /** argon2id in PHC form; null until a password was set. Never leaves the service. */
  readonly passwordHash: string | null;
  /** The initial password waits to be changed (SET-3). */
  readonly mustChangePassword: boolean;
  /** A disabled user cannot sign in, and his sessions have ended. */
  readonly disabled: boolean;
  readonly profile: SignedInUser;
}

/** The narrow view of the people of the installation. */
export interface AccountDirectory {
  /** By user name in any case; undefined when there is no such user. */
  findUserForSignIn(userName: string): Promise<Account | undefined>;
  /** By id; undefined when there is no such user (any more). */
  findUserById(userId: string): Promise<Account | undefined>;
  /** User with site, devices and settings (defaults filled in); undefined when there is no such user. */
  profileOf(userId: string): Promise<Profile | undefined>;
  /** Stores the hash; `mustChange` makes it an initial password. */
  setPassword(userId: string, hash: string, mustChange: boolean): Promise<void>;
  saveSettings(userId: string, settings: Settings): Promise<void>;
}
