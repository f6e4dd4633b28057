/**
 * A number that dials by a click. One that nobody can dial stands there as written, with the reason; one whose country is
 * assumed says so when one points at it and to screen readers: most numbers in a German address book are written so.
 */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Call16Regular } from '@fluentui/react-icons';
import type { ContactNumber } from '../../shared/contact';
import { dialTargetOf } from './dialler';
import { useText } from './i18n/text';
import { useServices } from './services';
import { useNumberText } from './use-number-text';

const useStyles = makeStyles({
  number: {
    display: 'inline-flex',
    // At 320 pixels a long kind and a reason stand below each other instead of breaking inside words.
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    minHeight: '28px',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    marginLeft: `calc(-1 * ${tokens.spacingHorizontalXS})`,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    background: 'none',
    font: 'inherit',
    textAlign: 'left',
    overflowWrap: 'anywhere',
  },
  dials: {
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
    ':hover': { color: tokens.colorBrandForegroundLinkHover, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}` },
  },
  kind: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, flexShrink: 0 },
  icon: { flexShrink: 0 },
});

interface Props {
  readonly number: ContactNumber;
  /** Whose number it is. */
  readonly name: string;
  /** What is assumed of it is said beside it already. */
  readonly explained?: boolean;
}

export function NumberButton({ number, name, explained = false }: Props) {
  const styles = useStyles();
  const t = useText();
  const { dialler } = useServices();
  const numberText = useNumberText();
  const kind = t.numberKinds[number.kind];
  // What was written stands as it was written.
  const shown = number.display === undefined ? number.raw : numberText(number.display);
  const assumed = explained || number.assumed === undefined ? undefined : t.assumed[number.assumed];
  const target = dialTargetOf(number, name);
  if (!target)
    return (
      <span className={styles.number}>
        <span className={styles.kind}>{kind}</span>
        <span>{shown}</span>
        {number.problem && <span className={styles.kind}>({t.numberProblems[number.problem]})</span>}
      </span>
    );
  return (
    <button
      type="button"
      className={mergeClasses(styles.number, styles.dials)}
      aria-label={t.dialNumber(kind, shown, name === number.display ? shown : name)}
      title={assumed}
      data-number=""
      onClick={() => dialler.dial(target)}
    >
      <Call16Regular className={styles.icon} />
      <span className={styles.kind}>{kind}</span>
      <span>{shown}</span>
    </button>
  );
}
