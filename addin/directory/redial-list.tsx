/** With nothing typed in the field: the last numbers that were dialled. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Call16Regular } from '@fluentui/react-icons';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useNumberText } from '../shell/use-number-text';
import { useStore } from '../shell/use-store';
import { directoryTexts } from './texts';

const useStyles = makeStyles({
  heading: {
    margin: 0,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: tokens.lineHeightBase300,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  redial: { listStyle: 'none', margin: 0, padding: 0 },
  redialItem: {
    width: '100%',
    justifyContent: 'flex-start',
    border: 'none',
    borderRadius: 0,
    fontWeight: tokens.fontWeightRegular,
  },
});

/** The last numbers that were dialled (CAL-1); nothing when there are none. */
export function RedialList({ id }: { id: string }) {
  const styles = useStyles();
  const t = useText(directoryTexts);
  const numberText = useNumberText();
  const { dialler } = useServices();
  const redial = useStore(dialler.redial);
  return (
    <section id={id} aria-label={t.redial}>
      <h2 className={styles.heading}>{t.redial}</h2>
      <ul className={styles.redial}>
        {redial.map((target) => (
          <li key={target.number}>
            <Button
              className={styles.redialItem}
              appearance="subtle"
              icon={<Call16Regular />}
              data-number=""
              onClick={() => dialler.dial(target)}
            >
              {target.name === undefined ? '' : `${target.name}, `}
              {numberText(target.display ?? target.number)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
