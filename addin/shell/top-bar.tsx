/** The top of the pane: own picture, name, and status or, in its place, what is wrong with the connection (SET-7). */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { PlugDisconnected16Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { SignedInUser } from '../../shared/profile';
import { useText } from './i18n/text';
import { PersonAvatar } from './person-avatar';
import { useServices } from './services';
import { useStore } from './use-store';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexShrink: 0,
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
  },
  text: { minWidth: 0 },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
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

export function TopBar({ user }: { user: SignedInUser }) {
  const styles = useStyles();
  // The profile knows a picture that was changed since the sign-in.
  const { picture } = useStore(useServices().profile.profile)?.user ?? user;
  return (
    <header className={styles.bar}>
      <PersonAvatar name={user.displayName} picture={picture} size={40} />
      <div className={styles.text}>
        <h1 className={styles.name}>{user.displayName}</h1>
        <Status extension={user.extension} />
      </div>
    </header>
  );
}

function Status({ extension }: { extension: string | undefined }) {
  const styles = useStyles();
  const t = useText();
  const { events } = useServices();
  const connection = useStore(events.connection);
  const telephone = useStore(events.state).telephoneSystem;
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => clearTimeout(timer);
  }, []);

  const fault =
    connection === 'lost' || (connection === 'connecting' && !patient)
      ? t.noConnection
      : telephone && telephone.state !== 'up' && telephone.absent !== true
        ? t.noTelephone
        : undefined;
  return (
    <div role="status" className={mergeClasses(styles.status, fault !== undefined && styles.lost)}>
      {fault !== undefined && <PlugDisconnected16Regular />}
      {fault ?? (extension === undefined ? t.noExtension : t.extension(extension))}
    </div>
  );
}
