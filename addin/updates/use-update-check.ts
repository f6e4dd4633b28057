/** Checking for another version at the user's wish. */
import { useCallback, useState } from 'react';
import { getInstallation } from '../../shared/api/installation';
import { useServices } from '../shell/services';
import { paneVersion } from '../shell/pane-version';

export type UpdateCheck =
  | { readonly status: 'idle' | 'checking' }
  | { readonly status: 'up-to-date' | 'other'; readonly version: string }
  | { readonly status: 'failed'; readonly error: unknown };

export function useUpdateCheck(): { readonly check: UpdateCheck; readonly start: () => void } {
  const { client } = useServices();
  const [check, setCheck] = useState<UpdateCheck>({ status: 'idle' });
  const start = useCallback(() => {
    setCheck({ status: 'checking' });
    client.call(getInstallation, {}).then(
      ({ version }) => setCheck({ status: version === paneVersion ? 'up-to-date' : 'other', version }),
      (error: unknown) => setCheck({ status: 'failed', error }),
    );
  }, [client]);
  return { check, start };
}
