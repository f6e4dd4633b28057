/** What a colleague's line does, as icon and word beside his name. A ringing one is picked up by a click (FAV-4). */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { AlertOn16Filled, Call16Filled, CallOutbound16Regular } from '@fluentui/react-icons';
import { useText } from '../shell/i18n/text';
import { lineTexts } from './texts';
import type { ColleagueLine } from './use-line';

const useStyles = makeStyles({
  sign: {
    display: 'inline-flex',
    flexShrink: 0,
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    // As high as the name beside it: a row keeps its height whatever the line does.
    height: '24px',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
  },
  talks: { color: tokens.colorStatusDangerForeground3 },
  rings: {
    boxSizing: 'border-box',
    cursor: 'pointer',
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, color: tokens.colorNeutralForeground1Hover },
    ':focus-visible': { outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}` },
  },
  still: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  spoken: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** Nothing for a free line, and nothing while nobody can say. */
export function LineSign({ colleague }: { colleague: ColleagueLine }) {
  const styles = useStyles();
  const t = useText(lineTexts);
  const { line, name, pickUp } = colleague;
  if (line === 'unknown' || line === 'idle') return null;
  const { state, scope } = line;
  const word = t.states[state];
  const full = scope === undefined ? word : `${word}, ${t.scopes[scope]}`;
  const icon =
    state === 'ringing' ? <AlertOn16Filled /> : state === 'calling' ? <CallOutbound16Regular /> : <Call16Filled />;
  if (pickUp && state === 'ringing')
    return (
      <button
        type="button"
        className={mergeClasses(styles.sign, styles.rings)}
        aria-label={`${full}. ${t.pickUpCallFor(name)}`}
        title={`${full}. ${t.pickUpCallFor(name)}`}
        data-line={state}
        onClick={() => pickUp.ask()}
      >
        {icon}
        {word}
      </button>
    );
  return (
    <span
      className={mergeClasses(styles.sign, state === 'in-call' && styles.talks, state === 'ringing' && styles.still)}
      title={full}
      data-line={state}
    >
      {icon}
      {word}
      {scope !== undefined && <span className={styles.spoken}>, {t.scopes[scope]}</span>}
    </span>
  );
}
