/** Past syncs as their owner sees them, and taking the last one back. */
import type { ImportRow, PastSync, SyncChange } from '../../shared/api/sync-history';
import type { ContactFields } from '../../shared/contact';
import type { DialPlan } from '../../shared/dial-plan';
import type { Audience, LiveEvent } from '../../shared/events';
import { syncChangeKinds, syncEndReasons, syncEnds } from '../../shared/sync-history';
import type { ContactImage, SyncChangeKind } from '../../shared/sync-history';
import type { BackgroundWork } from '../database/background-work';
import type { Database } from '../database/database';
import { undoSyncJob } from './contact-jobs';
import { countReplaced } from './replaced-picture-store';
import { countImportRows, listImportRows } from './import-row-store';
import { readNumbers } from './contact-record';
import type { NumberRules } from './contact-record';
import * as errors from './contacts.errors';
import * as store from './sync-history-store';
import type { UndoOutcome } from './undo-sync';
import { canBeUndone } from './undo-sync';

export interface SyncHistoryServiceDeps {
  readonly database: Database;
  readonly work: BackgroundWork;
  readonly rules: NumberRules;
  now(): Date;
  dialPlanOfUser(userId: string): Promise<DialPlan>;
  publish(audience: Audience, event: LiveEvent): void;
}

export interface ChangesRequest {
  readonly kind?: SyncChangeKind | undefined;
  readonly text?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export interface SyncHistoryService {
  list(userId: string): Promise<PastSync[]>;
  /** @throws ServiceError `not-found`. */
  changes(userId: string, id: string, request: ChangesRequest): Promise<{ items: SyncChange[]; nextCursor?: string }>;
  /** What an import told of the rows of its file. @throws ServiceError `not-found`. */
  rows(
    userId: string,
    id: string,
    page: Pick<ChangesRequest, 'cursor' | 'limit'>,
  ): Promise<{ items: ImportRow[]; nextCursor?: string }>;
  /** @throws ServiceError `not-found`, `undo-not-possible`. */
  undo(userId: string, id: string): Promise<UndoOutcome>;
}

const listLimit = 100;
const defaultPage = 50;

export function createSyncHistoryService(deps: SyncHistoryServiceDeps): SyncHistoryService {
  const { database, rules } = deps;
  return {
    async list(userId) {
      const rows = await store.listHistory(database, userId, listLimit);
      const told = await countImportRows(
        database,
        rows.map(({ id }) => id),
      );
      const replaced = await countReplaced(
        database,
        rows.map(({ id }) => id),
      );
      return rows.map((row): PastSync => {
        const status = syncEnds.find((end) => end === row.status) ?? 'failed';
        const reason = syncEndReasons.find((known) => known === row.reason);
        const { added, changed, removed } = row.counts;
        return {
          id: row.id,
          account: row.accountName,
          status,
          ...(reason === undefined ? {} : { reason }),
          by: row.by,
          ...(row.trigger === undefined ? {} : { trigger: row.trigger }),
          at: row.endedAt,
          times: row.times,
          added,
          changed,
          removed,
          ...(told.has(row.id) ? { rows: told.get(row.id) } : {}),
          ...(replaced.has(row.id) ? { pictures: replaced.get(row.id) } : {}),
          ...(canBeUndone(row, deps.now())
            ? { undoUntil: new Date(Date.parse(row.endedAt) + store.undoMs).toISOString() }
            : {}),
          ...(row.undoneAt === undefined ? {} : { undone: { at: row.undoneAt, leftAlone: row.leftAlone ?? 0 } }),
        };
      });
    },

    async changes(userId, id, { kind, text, cursor, limit = defaultPage }) {
      if ((await store.findHistory(database, userId, id)) === undefined) throw errors.historyNotFound();
      const afterN = cursor === undefined ? -1 : Number(cursor);
      if (!Number.isSafeInteger(afterN)) throw errors.cursorInvalid();
      const dialPlan = await deps.dialPlanOfUser(userId);
      const image = (fields: ContactFields): ContactImage => ({
        ...fields,
        numbers: readNumbers(fields, rules, dialPlan),
      });
      const rows = await store.listChanges(database, id, { kind, text, afterN, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.flatMap((row): SyncChange[] => {
          const seen = syncChangeKinds.find((known) => known === row.kind);
          if (seen === undefined) return [];
          return [
            {
              kind: seen,
              ...(row.contactId === undefined ? {} : { contactId: row.contactId }),
              name: row.name,
              ...(row.before === undefined ? {} : { before: image(row.before) }),
              ...(row.after === undefined ? {} : { after: image(row.after) }),
            },
          ];
        }),
        ...(rows.length > limit && last !== undefined ? { nextCursor: String(last.n) } : {}),
      };
    },

    async rows(userId, id, { cursor, limit = defaultPage }) {
      if ((await store.findHistory(database, userId, id)) === undefined) throw errors.historyNotFound();
      const afterN = cursor === undefined ? -1 : Number(cursor);
      if (!Number.isSafeInteger(afterN)) throw errors.cursorInvalid();
      const rows = await listImportRows(database, id, afterN, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(({ n: _order, ...row }) => row),
        ...(rows.length > limit && last !== undefined ? { nextCursor: String(last.n) } : {}),
      };
    },

    async undo(userId, historyId) {
      const dialPlan = await deps.dialPlanOfUser(userId);
      const outcome = await deps.work.run(undoSyncJob, { userId, historyId, dialPlan, now: deps.now() });
      deps.publish({ user: userId }, { type: 'contacts' });
      return outcome;
    },
  };
}
