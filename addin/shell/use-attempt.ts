/** One thing at a time that may fail: whether it is under way, and why the last one failed. */
import { useRef, useState } from 'react';

export interface Attempts {
  readonly busy: boolean;
  /** Why the last one failed; undefined while another one is under way. */
  readonly error: unknown;
  /** Does nothing while one is under way. Never rejects. */
  readonly attempt: (act: () => Promise<void>) => Promise<void>;
  /** The last failure is of no concern any more. */
  readonly forget: () => void;
}

export function useAttempt(): Attempts {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const underWay = useRef(false);
  return {
    busy,
    error,
    forget: () => setError(undefined),
    async attempt(act) {
      if (underWay.current) return;
      underWay.current = true;
      setBusy(true);
      setError(undefined);
      await act()
        .catch(setError)
        .finally(() => {
          underWay.current = false;
          setBusy(false);
        });
    },
  };
}
