/** Importing a file of contacts: read, apply in one step, tell everything that did not come along. */
import type { ImportResult } from '../../shared/api/contacts';
import type { DialPlan } from '../../shared/dial-plan';
import { ServiceError } from '../../shared/errors';
import type { NumberReading } from '../../shared/phone-number';
import { ContactFileError } from './files/contact-file';
import type { ContactFile, FileContact } from './files/contact-file';
import { readCsv } from './files/csv-contact-file';
import { decodeText } from './files/decode-text';
import { readVCards } from './files/vcard-contact-file';

export type FileFormat = 'csv' | 'vcard';

/** Puts a file's contacts into the personal directory: adds and changes, removes nothing, in one transaction. */
export interface FileContacts {
  applyFile(
    userId: string,
    file: { readonly accountKey: string; readonly name: string; readonly records: readonly FileContact[] },
    options: { readonly preview: boolean },
  ): Promise<{
    added: number;
    changed: number;
    unchanged: number;
    /** Positions of records that stay as the user made them, that a later one replaces, that have nothing to show. */
    kept: readonly number[];
    duplicates: readonly number[];
    nameless: readonly number[];
  }>;
}

export interface ContactImportsDeps {
  readonly contacts: FileContacts;
  readonly rules: { read(raw: string, plan: DialPlan): NumberReading };
  dialPlanOf(siteId: string): Promise<DialPlan>;
}

export interface ImportRequest {
  readonly userId: string;
  readonly siteId: string;
  readonly format: FileFormat;
  /** IANA name; undefined to find it out. */
  readonly charset: string | undefined;
  readonly preview: boolean;
  readonly bytes: Uint8Array;
}

export interface ContactImportsService {
  /** @throws ServiceError `file-unreadable` with the reason; nothing is changed then. */
  importFile(request: ImportRequest): Promise<ImportResult>;
}

export function createContactImportsService(deps: ContactImportsDeps): ContactImportsService {
  return {
    async importFile({ userId, siteId, format, charset, preview, bytes }) {
      const file = read(bytes, format, charset);
      // One account per format: what a file brought is known again in the next export of the same kind.
      const name = format === 'csv' ? 'CSV' : 'vCard';
      const applied = await deps.contacts.applyFile(
        userId,
        { accountKey: format, name, records: file.contacts },
        { preview },
      );
      const plan = await deps.dialPlanOf(siteId);
      const passedOver = [
        ...applied.kept.map((position) => ({ position, reason: 'kept-by-hand' as const })),
        ...applied.duplicates.map((position) => ({ position, reason: 'duplicate' as const })),
        ...applied.nameless.map((position) => ({ position, reason: 'no-name' as const })),
      ];
      return {
        added: applied.added,
        changed: applied.changed,
        removed: 0,
        unchanged: applied.unchanged,
        skipped: [...file.skipped, ...passedOver].sort((one, other) => one.position - other.position),
        problems: file.contacts.flatMap((contact) => problemsOf(contact, plan, deps.rules)),
      };
    },
  };
}

function read(bytes: Uint8Array, format: FileFormat, charset: string | undefined): ContactFile {
  try {
    const text = decodeText(bytes, charset);
    return format === 'csv' ? readCsv(text) : readVCards(text);
  } catch (error) {
    if (!(error instanceof ContactFileError)) throw error;
    throw new ServiceError('file-unreadable', error.message, { details: [{ reason: error.problem }], cause: error });
  }
}

function problemsOf(
  contact: FileContact,
  plan: DialPlan,
  rules: ContactImportsDeps['rules'],
): ImportResult['problems'] {
  return contact.fields.numbers.flatMap(({ raw }, index) => {
    const { problem } = rules.read(raw, plan);
    if (problem === undefined) return [];
    return [{ position: contact.position, field: contact.numberFields[index] ?? '', raw, problem }];
  });
}
