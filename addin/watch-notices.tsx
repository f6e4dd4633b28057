/** What the pane says about itself: another version of it is there, or its trace is still raised. */
import type { TraceReminder } from './trace/use-trace-reminder';
import { TraceNotice } from './trace/trace-notice';
import { UpdateNotice } from './updates/update-notice';
import type { PaneUpdate } from './updates/use-pane-update';

interface Props {
  readonly update: PaneUpdate;
  readonly reminder: TraceReminder;
}

export default function WatchNotices({ update, reminder }: Props) {
  return (
    <>
      <UpdateNotice update={update} />
      {reminder.due && <TraceNotice reminder={reminder} />}
    </>
  );
}
