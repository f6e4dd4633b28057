/** What the window does besides the pane: system notifications, with the offer to allow them, and the count of missed calls. */
import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { Alert16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import type { AnnouncingRole } from './announcing-role';
import { decideOffer } from './offer-decision';
import type { PaneNotes } from './pane-notes-model';
import type { NoticeAccess } from './permission';
import { notificationTexts } from './texts';
import { useUnseenBadge, useWindowNotices } from './use-window-notices';

const useStyles = makeStyles({
  bar: { flexShrink: 0, padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}` },
  body: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalS} 0`,
  },
  text: { overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Key under which this browser remembers until when nothing is offered. */
const putOff = 'notifications-put-off';

interface Props {
  readonly role: AnnouncingRole;
  readonly notes: PaneNotes;
}

/** For the window only: the pane inside Outlook shows no system notifications. */
export default function WindowNotices({ role, notes }: Props) {
  const { navigation } = useServices();
  useUnseenBadge(notes);
  const access = useWindowNotices(role, (target) => {
    // A call has its card above everything already.
    if (target === 'journal') navigation.goTo('journal');
  });
  return <Offer access={access} />;
}

function Offer({ access }: { access: NoticeAccess }) {
  const styles = useStyles();
  const t = useText(notificationTexts);
  const shared = useText();
  const { host, client, announce } = useServices();
  const permission = useStore(access.permission);
  const [putOffAt, setPutOffAt] = useState(() => host.storage.get(putOff));
  const said = decideOffer(permission, putOffAt, client.serverNow());
  if (said === undefined) return null;

  const later = () => {
    const time = String(client.serverNow());
    host.storage.set(putOff, time);
    setPutOffAt(time);
  };
  const allow = async () => {
    await access.ask();
    if (access.permission.get() === 'granted') announce(t.allowed);
  };
  return (
    <section className={styles.bar} aria-label={t.offerLabel}>
      <MessageBar intent="info" layout="multiline" icon={<Alert16Regular />}>
        <MessageBarBody className={styles.body}>
          <span className={styles.text}>{said === 'offer' ? t.offer : t.denied}</span>
          <span className={styles.buttons}>
            {said === 'offer' && (
              <Button size="small" appearance="primary" onClick={() => void allow()}>
                {t.allow}
              </Button>
            )}
            <Button size="small" onClick={later}>
              {said === 'offer' ? t.notNow : shared.close}
            </Button>
          </span>
        </MessageBarBody>
      </MessageBar>
    </section>
  );
}
