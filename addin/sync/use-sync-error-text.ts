/** The sentence for an error of a sync: of the mailbox, or of our service. */
import { useCallback } from 'react';
import { SourceError } from '../../shared/mailbox/contact-source';
import { MicrosoftFailure } from '../outlook/microsoft-failure';
import { useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';
import { syncTexts } from './texts';

export function useSyncErrorText(): (error: unknown) => string {
  const t = useText(syncTexts);
  const errorText = useErrorText();
  return useCallback(
    (error) => {
      if (error instanceof SourceError) return t.sourceProblems[error.reason];
      if (!(error instanceof MicrosoftFailure)) return errorText(error);
      return error.reason === 'popup-blocked' ? t.windowBlocked : t.windowWrongAccount;
    },
    [t, errorText],
  );
}
