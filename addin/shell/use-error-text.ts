/** The sentence for an error, in the pane's language. */
import { useCallback } from 'react';
import { ApiError, errorCodeOf } from '../api/api-error';
import { useText } from './i18n/text';

/** Gives the words for an error; with the time to wait where the service names one. */
export function useErrorText(): (error: unknown) => string {
  const t = useText();
  return useCallback(
    (error) => {
      const text = t.errors[errorCodeOf(error)];
      const wait = error instanceof ApiError ? error.problem?.retryAfterMs : undefined;
      return wait === undefined ? text : `${text} ${t.retryIn(Math.ceil(wait / 1000))}`;
    },
    [t],
  );
}
