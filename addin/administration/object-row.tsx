/** A row of a list of Administration: two lines, and the whole opens. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    width: '100%',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    background: 'none',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    color: tokens.colorNeutralForeground1,
    overflowWrap: 'anywhere',
    ':hover': { boxShadow: `inset 0 0 0 ${tokens.strokeWidthThin} ${tokens.colorNeutralStroke1Hover}` },
    ':focus-visible': {
      outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    minWidth: 0,
  },
  name: { fontWeight: tokens.fontWeightSemibold, minWidth: 0 },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

interface Props {
  readonly name: string;
  readonly second: string;
  /** Beside the name. */
  readonly badges?: ReactNode;
  readonly onOpen: () => void;
}

export function ObjectRow({ name, second, badges, onOpen }: Props) {
  const styles = useStyles();
  return (
    <button type="button" className={styles.row} onClick={onOpen}>
      <span className={styles.head}>
        <span className={styles.name}>{name}</span>
        {badges}
      </span>
      <span className={styles.second}>{second}</span>
    </button>
  );
}
