/** The top of the pane: own picture, name, and status or, in its place, what is wrong with the connection (SET-7). */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { PlugDisconnected16Regular } from '@fluentui/react-icons';
import { useEffect, useState, type ReactNode } from 'react';
import { LineSign } from '../line-states/line-sign';
import { useLine } from '../line-states/use-line';
import { OwnPresenceBar } from '../presence/own-presence-bar';
import type { SignedInUser } from '../../shared/profile';
import { useText } from './i18n/text';
import { useServices } from './services';
import { useStore } from './use-store';

const useStyles = makeStyles({
  status: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  lost: { color: tokens.colorStatusDangerForeground1, fontWeight: tokens.fontWeightSemibold },
});

/** Milliseconds without a first connection until the pane says so. */
const patienceMs = 3000;

interface Props {
  readonly user: SignedInUser;
  /** What stands at the right edge. */
  readonly aside?: ReactNode;
}

export function TopBar({ user, aside }: Props) {
  const styles = useStyles();
  const t = useText();
  const { events, profile } = useServices();
  const connection = useStore(events.connection);
  const telephone = useStore(events.state).telephoneSystem;
  // The profile knows a picture that was changed since the sign-in.
  const { picture } = useStore(profile.profile)?.user ?? user;
  const { id, displayName } = user;
  const line = useLine({ id, displayName, directory: 'internal', numbers: [], emails: [] });
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => clearTimeout(timer);
  }, []);

  const lost = connection === 'lost' || (connection === 'connecting' && !patient);
  const fault = lost
    ? t.noConnection
    : telephone && telephone.state !== 'up' && telephone.absent !== true
      ? t.noTelephone
      : undefined;
  return (
    <OwnPresenceBar user={user} picture={picture} fault={lost} aside={aside}>
      {!lost && line && <LineSign colleague={line} />}
      <div role="status" className={mergeClasses(styles.status, fault !== undefined && styles.lost)}>
        {fault !== undefined && <PlugDisconnected16Regular />}
        {fault ?? (user.extension === undefined ? t.noExtension : t.extension(user.extension))}
      </div>
    </OwnPresenceBar>
  );
}
