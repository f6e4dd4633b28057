/** The sentence for an error, in the pane's language. */
import { useCallback } from 'react';
import { ApiError, errorCodeOf } from '../api/api-error';
import { useText } from './i18n/text';

/** Faults that nobody but who reads the service's log can explain. */
const unexplained: ReadonlySet<string> = new Set([
  'internal-error',
  'storage-unavailable',
  'answer-not-understood',
  'timeout',
]);

/** The beginning of the correlation id, which finds the request in the service's log. */
function referenceOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || !unexplained.has(error.code)) return undefined;
  return error.correlationId?.slice(0, 8);
}

const storageFaults = ['disk-full', 'disk-read-only', 'database-damaged'] as const;

/** Why the service cannot save, where it says so. */
function storageFaultOf(error: unknown): (typeof storageFaults)[number] | undefined {
  if (!(error instanceof ApiError) || error.code !== 'storage-unavailable') return undefined;
  return storageFaults.find((fault) => error.problem?.details?.some(({ reason }) => reason === fault));
}

/** Gives the words for an error; with the time to wait where the service names one. */
export function useErrorText(): (error: unknown) => string {
  const t = useText();
  return useCallback(
    (error) => {
      const fault = storageFaultOf(error);
      const text = fault === undefined ? t.errors[errorCodeOf(error)] : t.storageFaults[fault];
      const reference = referenceOf(error);
      const wait = error instanceof ApiError ? error.problem?.retryAfterMs : undefined;
      const told = wait === undefined ? text : `${text} ${t.retryIn(Math.ceil(wait / 1000))}`;
      return reference === undefined ? told : `${told} ${t.reference(reference)}`;
    },
    [t],
  );
}
