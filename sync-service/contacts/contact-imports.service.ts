/** Importing a file of contacts: read and applied in one step beside the event loop, with how far it is. */
import type { ImportResult } from '../../shared/api/contacts';
import type { ColumnChoice, ContactFileFormat } from '../../shared/contact-file';
import type { DialPlan } from '../../shared/dial-plan';
import type { Audience, LiveEvent } from '../../shared/events';
import type { BackgroundWork } from '../database/background-work';
import { importFileJob } from './import-file-job';

export interface ContactImportsDeps {
  readonly work: BackgroundWork;
  now(): Date;
  dialPlanOfUser(userId: string): Promise<DialPlan>;
  publish(audience: Audience, event: LiveEvent): void;
}

export interface ImportRequest {
  readonly userId: string;
  readonly format: ContactFileFormat;
  /** IANA name; undefined to find it out. */
  readonly charset?: string | undefined;
  readonly header?: boolean | undefined;
  readonly columns?: readonly ColumnChoice[] | undefined;
  readonly preview: boolean;
  readonly bytes: Uint8Array;
  /** Names the import in the events that tell how far it is. */
  readonly requestId?: string | undefined;
  /** Ends it; what it was at is undone. */
  readonly signal?: AbortSignal | undefined;
}

export interface ContactImportsService {
  /**
   * Puts a file's contacts into the personal directory: adds and changes, removes nothing. Ended before its end it is taken
   * back, so that nothing is changed.
   * @throws ServiceError `file-unreadable` with the reason; `sync-running`, `sync-outdated`, `storage-unavailable`.
   */
  importFile(request: ImportRequest): Promise<ImportResult>;
}

/** Milliseconds between two events that tell how far an import is. */
const progressMs = 250;

export function createContactImportsService(deps: ContactImportsDeps): ContactImportsService {
  return {
    async importFile({ userId, requestId, signal, charset, header, columns, ...request }) {
      const dialPlan = await deps.dialPlanOfUser(userId);
      let told = 0;
      const onProgress = (done: number, total: number) => {
        const now = performance.now();
        if (requestId === undefined || now - told < progressMs) return;
        told = now;
        deps.publish({ user: userId }, { type: 'import-progress', requestId, done, total });
      };
      const payload = {
        ...request,
        userId,
        ...(charset === undefined ? {} : { charset }),
        ...(header === undefined ? {} : { header }),
        ...(columns === undefined ? {} : { columns: [...columns] }),
        dialPlan,
        now: deps.now(),
      };
      // Panes that have read the directory meanwhile have seen a part of it.
      let news = false;
      try {
        const result = await deps.work.run(importFileJob, payload, {
          onProgress(done, total) {
            news = true;
            onProgress(done, total);
          },
          ...(signal === undefined ? {} : { signal }),
        });
        news = result.added + result.changed + result.pictures > 0;
        return result;
      } finally {
        if (!request.preview && news) deps.publish({ user: userId }, { type: 'contacts' });
      }
    },
  };
}
