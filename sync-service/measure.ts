/** Lets what is wired in `app.ts` be measured; without metrics everything is handed on as it is. */
import { ServiceError } from '../shared/errors';
import type { SyncService } from './contacts/sync.service';
import type { Metrics } from './metrics/metrics';

/** The sync service, each commit counted with its outcome and time. */
export function measureSyncs(service: SyncService, metrics: Metrics | undefined): SyncService {
  if (metrics === undefined) return service;
  return {
    ...service,
    async commit(userId, syncId, options) {
      const startedAt = performance.now();
      const ended = (outcome: string) => metrics.syncEnded(outcome, (performance.now() - startedAt) / 1000);
      try {
        const result = await service.commit(userId, syncId, options);
        ended(options.preview === true ? 'previewed' : 'applied');
        return result;
      } catch (error) {
        ended(error instanceof ServiceError ? error.code : 'internal-error');
        throw error;
      }
    },
  };
}
