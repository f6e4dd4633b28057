/** What the pane says about itself: another version of it is there, its trace is still raised, or the mailbox is somebody else's. */
import { MailboxOwnerNotice } from './own-sign-in/mailbox-owner-notice';
import type { MailboxOwnerModel } from './own-sign-in/use-mailbox-owner';
import type { TraceReminder } from './trace/use-trace-reminder';
import { TraceNotice } from './trace/trace-notice';
import { UpdateNotice } from './updates/update-notice';
import type { PaneUpdate } from './updates/use-pane-update';

interface Props {
  readonly update: PaneUpdate;
  readonly reminder: TraceReminder;
  readonly mailbox: MailboxOwnerModel;
}

export default function WatchNotices({ update, reminder, mailbox }: Props) {
  return (
    <>
      {mailbox.warns && <MailboxOwnerNotice model={mailbox} />}
      <UpdateNotice update={update} />
      {reminder.due && <TraceNotice reminder={reminder} />}
    </>
  );
}
