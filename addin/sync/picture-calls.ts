/** The calls of an import of pictures to our service. */
import { listWantedPictures, noteMissingPictures, putContactPicture } from '../../shared/api/pictures';
import type { Clock } from '../../shared/sync/clock';
import type { PictureCalls } from '../../shared/sync/fetch-pictures';
import { ApiError } from '../api/api-error';
import type { ApiClient } from '../api/client';

/** How often a picture is brought again that the service had no time for. */
const attempts = 10;

export function createPictureCalls(client: ApiClient, accountId: string, clock: Clock): PictureCalls {
  return {
    wanted: (signal) => client.call(listWantedPictures, { query: { account: accountId } }, { signal }),
    async put({ contactId, version }, bytes, signal) {
      const file = new Blob([bytes], { type: 'application/octet-stream' });
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.call(putContactPicture, { params: { id: contactId }, query: { version }, file }, { signal });
          return;
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          if (error.code === 'picture-refused' || error.code === 'not-found') return;
          if (error.code !== 'rate-limited' || attempt >= attempts) throw error;
          await clock.pause(error.problem?.retryAfterMs ?? 2000, signal);
        }
      }
    },
    async missing(items, signal) {
      await client.call(noteMissingPictures, { body: { items: [...items] } }, { signal });
    },
  };
}
