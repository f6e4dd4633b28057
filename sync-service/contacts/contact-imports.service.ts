/** Importing a file of contacts: read, apply in one step, tell everything that did not come along. */
import type { ImportResult } from '../../shared/api/contacts';
import type { DialPlan } from '../../shared/dial-plan';
import type { BackgroundWork } from '../database/background-work';
import type { FileOutcome, FileRecord } from './apply-file';
import { readFileJob } from './read-file-job';
import type { FileFormat } from './read-file-job';

/** Puts a file's contacts into the personal directory: adds and changes, removes nothing, in one transaction. */
export interface FileContacts {
  applyFile(
    userId: string,
    file: { readonly accountKey: string; readonly name: string; readonly records: readonly FileRecord[] },
    options: { readonly preview: boolean },
  ): Promise<FileOutcome>;
}

export interface ContactImportsDeps {
  readonly contacts: FileContacts;
  readonly work: BackgroundWork;
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
      const dialPlan = await deps.dialPlanOf(siteId);
      const file = await deps.work.run(readFileJob, {
        format,
        bytes,
        dialPlan,
        ...(charset === undefined ? {} : { charset }),
      });
      // One account per format: what a file brought is known again in the next export of the same kind.
      const name = format === 'csv' ? 'CSV' : 'vCard';
      const records = { accountKey: format, name, records: file.contacts };
      const applied = await deps.contacts.applyFile(userId, records, { preview });
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
        problems: file.problems,
      };
    },
  };
}
