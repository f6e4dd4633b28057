/** Pictures of contacts: what is wanted from a source, what it has, and the picture by its hash (SYN-3, DIR-2). */
import { createHash } from 'node:crypto';
import { ServiceError } from '../../shared/errors';
import type { Audience, LiveEvent } from '../../shared/events';
import type { Database } from '../database/database';
import * as store from './contact-picture-store';
import type { WantedItem } from './contact-picture-store';
import * as errors from './contacts.errors';

export interface ContactPicturesDeps {
  readonly database: Database;
  readonly scaler: {
    /** Checks a picture and makes it of the size that is kept. @throws ServiceError `picture-refused`, `rate-limited`. */
    scale(bytes: Uint8Array): Promise<Uint8Array>;
  };
  /** The picture of a colleague of that hash, if the user may see it. */
  readonly colleaguePicture?: (userId: string, hash: string) => Promise<Uint8Array | undefined>;
  readonly publish: (audience: Audience, event: LiveEvent) => void;
}

/** A contact without a picture at its source. */
export interface MissingPicture {
  readonly contactId: string;
  readonly version: string;
  readonly reason: 'none' | 'too-large';
}

/** What imports pictures, in the pane or in the service, works with. */
export interface ContactPictures {
  /**
   * Contacts of the account whose picture is to be asked for: new ones, and those whose item has changed since. Whoever
   * asks for the next ones has brought some: then the user's panes are told that contacts have changed.
   */
  wanted(userId: string, accountId: string, limit?: number): Promise<{ items: WantedItem[]; count: number }>;
  /**
   * Keeps the picture of an imported contact. A refused one is not wanted again before its item changes.
   * @throws ServiceError `not-found`, `picture-refused`, `rate-limited`.
   */
  put(userId: string, contactId: string, version: string, bytes: Uint8Array): Promise<{ picture: string }>;
  /** Notes that there is nothing to keep; a picture from before goes. Unknown contacts are passed over. */
  missing(userId: string, items: readonly MissingPicture[]): Promise<void>;
}

export interface ContactPicturesService extends ContactPictures {
  /** Deletes the pictures of all imports. */
  removeImported(userId: string): Promise<{ removed: number }>;
  /** The JPEG of that hash, if it is a picture of one of the user's contacts or of a colleague. @throws ServiceError `not-found`. */
  get(userId: string, hash: string): Promise<Uint8Array>;
}

const defaultPage = 50;

export function createContactPicturesService({
  database,
  scaler,
  publish,
  colleaguePicture,
}: ContactPicturesDeps): ContactPicturesService {
  /** Users whose pictures have changed since their panes were told. */
  const untold = new Set<string>();

  const tell = (userId: string) => {
    if (untold.delete(userId)) publish({ user: userId }, { type: 'contacts' });
  };

  const isImported = async (userId: string, id: string): Promise<boolean> =>
    (await store.importedAmong(database, userId, [id])).length > 0;

  /** False when the contact went away or became the user's own meanwhile: then its picture is no matter of a source. */
  const save = (userId: string, contactId: string, version: string, outcome: store.PictureOutcome): Promise<boolean> =>
    database.transaction().execute(async (db) => {
      if ((await store.importedAmong(db, userId, [contactId])).length === 0) return false;
      await store.savePicture(db, userId, contactId, version, outcome);
      untold.add(userId);
      return true;
    });

  return {
    async wanted(userId, accountId, limit = defaultPage) {
      const count = await store.countWanted(database, userId, accountId);
      const items = count === 0 ? [] : await store.wantedPictures(database, userId, accountId, limit);
      tell(userId);
      return { items, count };
    },

    async put(userId, contactId, version, bytes) {
      if (!(await isImported(userId, contactId))) throw errors.contactNotFound();
      let scaled: Uint8Array;
      try {
        scaled = await scaler.scale(bytes);
      } catch (error) {
        if (error instanceof ServiceError && error.code === 'picture-refused') {
          await save(userId, contactId, version, { state: 'refused' });
        }
        throw error;
      }
      const hash = createHash('sha256').update(scaled).digest('base64url');
      const kept = await save(userId, contactId, version, { state: 'ready', hash, bytes: scaled });
      if (!kept) throw errors.contactNotFound();
      return { picture: hash };
    },

    async missing(userId, items) {
      await database.transaction().execute(async (db) => {
        const ids = items.map(({ contactId }) => contactId);
        const known = new Set(await store.importedAmong(db, userId, ids));
        for (const { contactId, version, reason } of items) {
          if (!known.has(contactId)) continue;
          await store.savePicture(db, userId, contactId, version, { state: reason === 'none' ? 'none' : 'refused' });
        }
        if (known.size > 0) untold.add(userId);
      });
    },

    async removeImported(userId) {
      const removed = await database.transaction().execute((db) => store.removeImportedPictures(db, userId));
      untold.add(userId);
      tell(userId);
      return { removed };
    },

    async get(userId, hash) {
      const own = await store.pictureBytes(database, userId, hash);
      const bytes = own ?? (await colleaguePicture?.(userId, hash));
      if (bytes === undefined) throw errors.pictureNotFound();
      return bytes;
    },
  };
}
