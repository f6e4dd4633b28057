/**
 * What is kept of one person: given out on request, and removed on request (`manage user export`, `manage user erase`).
 * Each capability that keeps something of a person gives a section here; what has the column `user_id` goes with the user.
 */
import type { Database } from '../database/database';

/** Whom it is about. */
export interface DataSubject {
  readonly userId: string;
  readonly siteId: string;
  /** Under which colleagues know him; absent for a user without one. */
  readonly extension?: string;
}

/** What one capability keeps of a person. */
export interface PersonalDataSection {
  /** Its name in the export. */
  readonly name: string;
  /** Everything, as JSON can hold it, without secrets (passwords, tokens and their hashes). */
  read(subject: DataSubject): Promise<unknown>;
  /** Removes what others keep of the person; absent where nobody does. In the transaction that removes the user. */
  readonly forget?: (transaction: Database, subject: DataSubject) => Promise<void>;
}

/** The users, as far as they are needed here. */
export interface UsersForPersonalData {
  userNamed(userName: string): Promise<DataSubjectUser>;
  /** Notes who had it given out. */
  recordExport(actor: string, userId: string): Promise<void>;
  eraseUser(
    actor: string,
    userName: string,
    forget: (transaction: Database, user: DataSubjectUser) => Promise<void>,
  ): Promise<void>;
}
interface DataSubjectUser {
  readonly id: string;
  readonly siteId: string;
  readonly extension?: string;
}

export interface PersonalData {
  /** Everything that is kept of the user, by section. Throws when there is no such user. */
  exportOf(actor: string, userName: string): Promise<Record<string, unknown>>;
  /** Removes the user and everything of his from the database; the bytes of its file hold it until {@link compact}. */
  erase(actor: string, userName: string): Promise<void>;
  /** Writes the database's file anew without what was deleted. */
  compact(): Promise<void>;
}

export function createPersonalData({
  users,
  sections,
  compact,
  now,
}: {
  readonly users: UsersForPersonalData;
  readonly sections: readonly PersonalDataSection[];
  /** Writes the database's file anew without what was deleted. */
  readonly compact: () => Promise<void>;
  readonly now: () => Date;
}): PersonalData {
  const subjectOf = ({ id, siteId, extension }: DataSubjectUser): DataSubject => ({
    userId: id,
    siteId,
    ...(extension === undefined ? {} : { extension }),
  });
  return {
    async exportOf(actor, userName) {
      const subject = subjectOf(await users.userNamed(userName));
      const data: Record<string, unknown> = { exportedAt: now().toISOString() };
      for (const section of sections) data[section.name] = await section.read(subject);
      await users.recordExport(actor, subject.userId);
      return data;
    },
    async erase(actor, userName) {
      await users.eraseUser(actor, userName, async (transaction, user) => {
        for (const section of sections) await section.forget?.(transaction, subjectOf(user));
      });
    },
    compact,
  };
}
