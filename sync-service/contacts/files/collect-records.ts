/** From what a file says of a person to a contact: limits, identity, duplicates. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { contactFieldsSchema, contactFingerprintText } from '../../../shared/contact';
import type { NumberKind } from '../../../shared/contact';
import type { ContactFile, FileContact, SkippedRecord } from './contact-file';
import type { FilePicture } from './vcard-picture';

/** A person as the file has it; empty texts are absent. */
export interface RawRecord {
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly company: string;
  readonly department: string;
  readonly jobTitle: string;
  readonly notes: string;
  readonly numbers: readonly { readonly kind: NumberKind; readonly raw: string; readonly field: string }[];
  readonly emails: readonly string[];
  /** The file's own id of the contact (vCard UID). */
  readonly uid?: string;
  readonly picture?: FilePicture;
}

export interface RecordCollector {
  add(position: number, record: RawRecord): void;
  /** The record is larger than any contact may be. */
  addTooLarge(position: number): void;
  /** The record could not be read at all. */
  addUnreadable(position: number): void;
  result(): ContactFile;
}

/** UTF-16 units of a name that is told. */
const maxShownName = 100;

/**
 * Takes records in their order. A record without an id of its own is known again by name and company; several of the
 * same name and company by their order, so that a later export of the same address book changes them and doubles none.
 */
export function createRecordCollector(): RecordCollector {
  const contacts: FileContact[] = [];
  const skipped: SkippedRecord[] = [];
  /** Where the contact of a fingerprint stands. */
  const seen = new Map<string, number>();
  const namesakes = new Map<string, number>();

  const identify = (record: RawRecord): string => {
    const name =
      record.uid === undefined ? JSON.stringify([record.displayName, record.company]) : JSON.stringify(record.uid);
    const before = namesakes.get(name) ?? 0;
    namesakes.set(name, before + 1);
    return createHash('sha256').update(`${name} ${before}`).digest('base64url');
  };

  return {
    add(position, record) {
      if (record.displayName === '') {
        skipped.push({ position, reason: 'no-name' });
        return;
      }
      const parsed = z.safeParse(contactFieldsSchema, toFields(record));
      if (!parsed.success) {
        skipped.push({ position, reason: 'too-large', name: record.displayName.slice(0, maxShownName) });
        return;
      }
      const fingerprint = contactFingerprintText(parsed.data);
      const before = seen.get(fingerprint);
      if (before !== undefined) {
        skipped.push({ position, reason: 'duplicate', name: record.displayName });
        const twin = contacts[before];
        // The picture of the one is the other's.
        if (twin !== undefined && twin.picture === undefined && record.picture !== undefined) {
          contacts[before] = { ...twin, picture: record.picture };
        }
        return;
      }
      seen.set(fingerprint, contacts.length);
      const numberFields = record.numbers.map(({ field }) => field);
      contacts.push({
        position,
        itemId: identify(record),
        fields: parsed.data,
        numberFields,
        ...(record.picture === undefined ? {} : { picture: record.picture }),
      });
    },
    addTooLarge(position) {
      skipped.push({ position, reason: 'too-large' });
    },
    addUnreadable(position) {
      skipped.push({ position, reason: 'unreadable' });
    },
    result: () => ({ contacts, skipped }),
  };
}

function toFields(record: RawRecord) {
  const { displayName, numbers, emails, givenName, surname, company, department, jobTitle, notes } = record;
  const optional = Object.entries({ givenName, surname, company, department, jobTitle, notes })
    .map(([key, value]) => [key, storable(value)] as const)
    .filter(([, value]) => value !== '');
  return {
    displayName: storable(displayName),
    numbers: numbers.map(({ kind, raw }) => ({ kind, raw: storable(raw) })),
    emails: [...new Set(emails.map(storable))],
    ...Object.fromEntries(optional),
  };
}

/** Without the one sign that PostgreSQL keeps in no text; quoted-printable and base64 can bring it. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '');
}
