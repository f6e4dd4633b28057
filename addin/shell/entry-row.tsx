/** A person in a list: name, company, numbers that dial, addresses. */
import { Avatar, Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { DirectoryItem } from '../../shared/directory';
import { useText } from './i18n/text';
import { mailtoOf } from './mailto';
import { NumberButton } from './number-button';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  text: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', minWidth: 0, overflowWrap: 'anywhere' },
  name: {
    padding: 0,
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
  const second = item.company === item.displayName ? undefined : item.company;
  return (
    <div className={mergeClasses(styles.row, className)}>
      <Avatar name={item.displayName} size={36} color="colorful" aria-hidden />
      <div className={styles.text}>
        <button
          type="button"
          className={styles.name}
          aria-label={t.openCard(item.displayName)}
          onClick={() => onOpen(item)}
        >
          {item.displayName}
        </button>
        {second !== undefined && <span className={styles.muted}>{second}</span>}
        {note}
        {item.numbers.map((number, index) => (
          <NumberButton key={`${index} ${number.raw}`} number={number} name={item.displayName} />
        ))}
        {item.emails.map((email) => (
          <Link key={email} className={styles.email} href={mailtoOf(email)} aria-label={t.writeTo(email)}>
            {email}
          </Link>
        ))}
      </div>
    </div>
  );
}
