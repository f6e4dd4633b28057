/**
 * Decides what a file does to the personal directory: it adds and changes, removes nothing, and leaves alone what the user
 * made his own. Pure; `apply-file.ts` loads and applies.
 */
import { createHash } from 'node:crypto';
import type { ContactFields } from '../../shared/contact';
import type { ImportPictureProblem } from '../../shared/api/contacts';
import { fingerprintOf, sameness, tidyFields } from './contact-fields';
import type { StoredItem } from './plan-sync';

/** A record of a file. */
export interface FileRecord {
  /** From 1. */
  readonly position: number;
  /** What the record is known by when the file comes again. */
  readonly itemId: string;
  readonly fields: ContactFields;
  /** Its picture as it is in the file, or why it is not taken. */
  readonly picture?: { readonly bytes: Uint8Array } | { readonly problem: ImportPictureProblem };
}

/** A picture that is to be taken. */
export interface PlannedPicture {
  readonly bytes: Uint8Array;
  /** Names the picture as it is in the file, so that the same one is not taken again. */
  readonly version: string;
}

export interface PlannedItem {
  readonly position: number;
  readonly itemId: string;
  readonly fields: ContactFields;
}

/** A picture that is not taken, while its contact is. */
export interface PictureRow {
  readonly position: number;
  readonly name: string;
  readonly picture: ImportPictureProblem;
}

/** What a file does, or would do. */
export interface FileOutcome {
  added: number;
  changed: number;
  removed: 0;
  /** Records that say what is there already. */
  unchanged: number;
  /** Positions of records that stay as the user made them (SYN-7). */
  kept: number[];
  /** Positions of records that a later one of the same file replaces. */
  duplicates: number[];
  /** Positions of records with nothing to show. */
  nameless: number[];
  /** Pictures that are taken. */
  pictures: number;
  pictureProblems: PictureRow[];
  /** The import among the past syncs; absent for a preview. */
  historyId?: string;
}

export interface FilePlan {
  readonly add: readonly (PlannedItem & { readonly picture?: PlannedPicture })[];
  readonly change: readonly (PlannedItem & { readonly contactId: string; readonly fingerprint: string })[];
  /** Pictures of contacts that are there already. */
  readonly pictures: readonly (PlannedPicture & {
    readonly position: number;
    readonly name: string;
    readonly contactId: string;
  })[];
  readonly outcome: FileOutcome;
}

export interface FilePlanInput {
  readonly records: readonly FileRecord[];
  /** What the account has brought before. */
  readonly stored: readonly StoredItem[];
  readonly shadows: ReadonlySet<string>;
  /** What is there besides the contacts that the file names, by {@link sameness}. */
  readonly elsewhere: ReadonlySet<string>;
  /** Versions of the pictures that the account has brought, by contact. */
  readonly pictures: ReadonlyMap<string, string>;
  /** Whether bytes begin as a picture that is taken does. */
  readonly isPicture: (bytes: Uint8Array) => boolean;
}

export function planFile({ records, stored, shadows, elsewhere, pictures, isPicture }: FilePlanInput): FilePlan {
  const outcome: FileOutcome = {
    ...{ added: 0, changed: 0, removed: 0, unchanged: 0, pictures: 0 },
    ...{ kept: [], duplicates: [], nameless: [], pictureProblems: [] },
  };
  const known = new Map(stored.map((item) => [item.itemId, item]));
  const add: (PlannedItem & { picture?: PlannedPicture })[] = [];
  const change: (PlannedItem & { contactId: string; fingerprint: string })[] = [];
  const later: (PlannedPicture & { position: number; name: string; contactId: string })[] = [];

  const pictureOf = ({ position, fields, picture }: FileRecord): PlannedPicture | undefined => {
    if (picture === undefined) return undefined;
    const problem = 'problem' in picture ? picture.problem : isPicture(picture.bytes) ? undefined : 'not-a-picture';
    if (problem !== undefined || 'problem' in picture) {
      outcome.pictureProblems.push({ position, name: fields.displayName, picture: problem ?? 'broken' });
      return undefined;
    }
    return { bytes: picture.bytes, version: createHash('sha256').update(picture.bytes).digest('base64url') };
  };

  for (const record of lastOfEach(records, outcome.duplicates)) {
    const { position, itemId } = record;
    const fields = tidyFields(record.fields);
    const before = known.get(itemId);
    if (fields === undefined) outcome.nameless.push(position);
    else if (shadows.has(itemId)) outcome.kept.push(position);
    else if (before !== undefined) {
      const { contactId, fingerprint } = before;
      if (fingerprint === fingerprintOf(fields)) outcome.unchanged += 1;
      else change.push({ position, itemId, fields, contactId, fingerprint });
      const picture = pictureOf(record);
      if (picture !== undefined && pictures.get(contactId) !== picture.version) {
        later.push({ ...picture, position, name: fields.displayName, contactId });
      }
    } else if (elsewhere.has(sameness(fields))) outcome.unchanged += 1;
    else {
      const picture = pictureOf(record);
      add.push({ position, itemId, fields, ...(picture === undefined ? {} : { picture }) });
    }
  }
  outcome.added = add.length;
  outcome.changed = change.length;
  outcome.pictures = later.length + add.filter(({ picture }) => picture !== undefined).length;
  return { add, change, pictures: later, outcome };
}

/** The last record of each item; the earlier ones are noted. */
function lastOfEach(records: readonly FileRecord[], duplicates: number[]): Iterable<FileRecord> {
  const last = new Map<string, FileRecord>();
  for (const record of records) {
    const before = last.get(record.itemId);
    if (before !== undefined) duplicates.push(before.position);
    last.set(record.itemId, record);
  }
  return last.values();
}
