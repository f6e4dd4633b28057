/** A colleague's presence: a badge at his picture, and the words beside it. */
import { makeStyles, PresenceBadge, tokens, type AvatarProps } from '@fluentui/react-components';
import type { DirectoryItem } from '../../shared/directory';
import { useFormats, useText } from '../shell/i18n/text';
import { PersonAvatar } from '../shell/person-avatar';
import { useServices } from '../shell/services';
import { badgeOf, presenceWords } from './presence-words';
import { presenceTexts } from './texts';
import { usePresence, type KnownPresence } from './use-presence';

const useStyles = makeStyles({
  spoken: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  line: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
});

const statusOf = (known: Exclude<KnownPresence, 'unknown'>) => (known === 'office' ? 'office' : known.status);

/** The badge alone, with its word for screen readers. Nothing while nobody can say. */
export function PresenceSign({ userId }: { userId: string }) {
  const styles = useStyles();
  const t = useText(presenceTexts);
  const known = usePresence(userId);
  if (known === 'unknown') return null;
  const status = statusOf(known);
  return (
    <span title={t.statuses[status]} data-presence={status}>
      <PresenceBadge {...badgeOf[status]} size="small" aria-hidden />
      <span className={styles.spoken}>{t.presence(t.statuses[status])}</span>
    </span>
  );
}

/** "Meeting until 14:30 – text"; nothing for whoever is in the office without a text, and nothing while nobody can say. */
export function PresenceLine({ userId }: { userId: string }) {
  const styles = useStyles();
  const words = usePresenceWords(userId);
  if (words === undefined) return null;
  return (
    <span className={styles.line} dir="auto" data-presence-line>
      {words}
    </span>
  );
}

/** The words of {@link PresenceLine}. */
export function usePresenceWords(userId: string | undefined): string | undefined {
  const t = useText(presenceTexts);
  const { language } = useFormats();
  const { presence } = useServices();
  const known = usePresence(userId);
  return typeof known === 'string' ? undefined : presenceWords(known, t, presence.now(), language);
}

interface PictureProps {
  readonly item: Pick<DirectoryItem, 'id' | 'directory' | 'displayName' | 'picture' | 'isGroup'>;
  readonly size: NonNullable<AvatarProps['size']>;
}

/** An entry's picture; with the badge of his presence for a colleague. */
export function PresencePicture({ item, size }: PictureProps) {
  const styles = useStyles();
  const t = useText(presenceTexts);
  const colleague = item.directory === 'internal' && item.isGroup !== true;
  const known = usePresence(colleague ? item.id : undefined);
  if (known === 'unknown') return <PersonAvatar name={item.displayName} picture={item.picture} size={size} />;
  const status = statusOf(known);
  return (
    <span title={t.statuses[status]} data-presence={status}>
      <PersonAvatar name={item.displayName} picture={item.picture} size={size} badge={badgeOf[status]} />
      {/* The words stand beside the name; whoever is in the office has none there. */}
      {known === 'office' && <span className={styles.spoken}>{t.presence(t.statuses.office)}</span>}
    </span>
  );
}
