/** The reminder to lower the level of the trace again. */
import { useEffect, useState } from 'react';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { isReminderDue } from './is-reminder-due';
import { usualLevel } from './trace';

export interface TraceReminder {
  readonly due: boolean;
  readonly lower: () => void;
  readonly keep: () => void;
}

const lookEveryMs = 5 * 60_000;

export function useTraceReminder(): TraceReminder {
  const { trace } = useServices();
  const { raisedAt } = useStore(trace.setting);
  const [paneOpenedAt] = useState(() => Date.now());
  const [now, setNow] = useState(paneOpenedAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  return {
    due: isReminderDue({ raisedAt, paneOpenedAt, now }),
    lower: () => trace.choose(usualLevel),
    keep: () => {
      trace.keep();
      setNow(Date.now());
    },
  };
}
