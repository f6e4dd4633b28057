/** A person in a list: name, what the telephone does, company, numbers that dial, addresses. */
import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { DirectoryItem } from '../../shared/directory';
import { numbersInField } from '../../shared/numbers-in-field';
import { useFavoriteStar } from '../favorites/favorite-button';
import { LineSign } from '../line-states/line-sign';
import { PickUpQuestion } from '../line-states/pick-up-question';
import { useLine } from '../line-states/use-line';
import { PresenceLine, PresencePicture } from '../presence/presence-sign';
import { WatchButton } from '../presence-watches/watch-button';
import { useText } from './i18n/text';
import { mailtoOf } from './mailto';
import { NumberButton } from './number-button';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  text: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0, overflowWrap: 'anywhere' },
  head: {
    display: 'flex',
    justifyContent: 'space-between',
    alignSelf: 'stretch',
    columnGap: tokens.spacingHorizontalS,
    minWidth: 0,
  },
  name: {
    padding: 0,
    minWidth: 0,
    // The smallest target that WCAG 2.2 allows.
    minHeight: '24px',
    border: 'none',
    background: 'none',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}` },
  },
  below: { gridColumn: '1 / -1', paddingTop: tokens.spacingVerticalS },
  line: { display: 'grid', justifyItems: 'start' },
  muted: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  email: { fontSize: tokens.fontSizeBase200, minHeight: '24px', display: 'inline-flex', alignItems: 'center' },
});

interface Props {
  readonly item: DirectoryItem;
  readonly onOpen: (item: DirectoryItem) => void;
  /** Beside the name, such as what the person is in the open mail. */
  readonly note?: ReactNode;
  readonly className?: string;
}

export function EntryRow({ item, onOpen, note, className }: Props) {
  const styles = useStyles();
  const t = useText();
  const colleague = useLine(item);
  const favorite = useFavoriteStar({ directory: item.directory, id: item.id }, item.displayName);
  const second = item.company === item.displayName ? undefined : item.company;
  return (
    <div className={mergeClasses(styles.row, className)}>
      <PresencePicture item={item} size={36} />
      <div className={styles.text}>
        <div className={styles.head}>
          <button
            type="button"
            className={styles.name}
            aria-label={t.openCard(item.displayName)}
            onClick={() => onOpen(item)}
          >
            {item.displayName}
          </button>
          {colleague && <LineSign colleague={colleague} />}
        </div>
        {colleague?.pickUp && <PickUpQuestion name={colleague.name} pickUp={colleague.pickUp} />}
        {item.directory === 'internal' && <PresenceLine userId={item.id} />}
        {colleague && <WatchButton item={item} line={colleague.line} />}
        {second !== undefined && <span className={styles.muted}>{second}</span>}
        {note}
        {item.numbers.flatMap(numbersInField).map((number, index) => (
          <NumberButton key={`${index} ${number.raw}`} number={number} name={item.displayName} />
        ))}
        {item.emails.map((email) => (
          <Link key={email} className={styles.email} href={mailtoOf(email)} aria-label={t.writeTo(email)}>
            {email}
          </Link>
        ))}
      </div>
      {favorite && <div>{favorite.star}</div>}
      {favorite?.chooser && <div className={styles.below}>{favorite.chooser}</div>}
    </div>
  );
}

/** What the telephone of a colleague does, for a card that shows him alone; nothing for entries of other directories. */
export function EntryLine({ item }: { item: DirectoryItem }) {
  const styles = useStyles();
  const colleague = useLine(item);
  if (!colleague) return null;
  return (
    <div className={styles.line}>
      <PresenceLine userId={item.id} />
      <LineSign colleague={colleague} />
      <WatchButton item={item} line={colleague.line} />
      {colleague.pickUp && <PickUpQuestion name={colleague.name} pickUp={colleague.pickUp} />}
    </div>
  );
}
