/** The sign of an entry: direction and outcome, and a second sign for a call to a group. Its words stand in the entry. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CallDismiss20Regular,
  CallForward20Regular,
  CallInbound20Regular,
  CallMissed20Regular,
  CallOutbound20Regular,
  People16Regular,
} from '@fluentui/react-icons';
import type { JSX } from 'react';
import type { EntryKind } from './entry-kind';

const useStyles = makeStyles({
  icon: { display: 'flex', flexDirection: 'column', alignItems: 'center', color: tokens.colorNeutralForeground2 },
  answered: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
});

const icons: Readonly<Record<EntryKind, JSX.Element>> = {
  'incoming-answered': <CallInbound20Regular />,
  'incoming-missed': <CallMissed20Regular />,
  'group-incoming-answered': <CallInbound20Regular />,
  'group-incoming-missed': <CallMissed20Regular />,
  'incoming-taken-over': <CallForward20Regular />,
  'outgoing-answered': <CallOutbound20Regular />,
  'outgoing-failed': <CallDismiss20Regular />,
  'group-outgoing-answered': <CallOutbound20Regular />,
  'group-outgoing-failed': <CallDismiss20Regular />,
};

export function KindIcon({ kind }: { readonly kind: EntryKind }) {
  const styles = useStyles();
  const tone = kind.endsWith('answered') ? styles.answered : kind === 'incoming-taken-over' ? undefined : styles.failed;
  return (
    <span className={mergeClasses(styles.icon, tone)} data-kind={kind} aria-hidden>
      {icons[kind]}
      {kind.startsWith('group') && <People16Regular />}
    </span>
  );
}
