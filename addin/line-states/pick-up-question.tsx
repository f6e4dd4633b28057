/** The question before a colleague's call is picked up, and what became of it; in place, below his name. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import type { PickUpModel, PickUpState } from './pick-up-model';
import { lineTexts } from './texts';

const useStyles = makeStyles({
  question: {
    display: 'grid',
    justifySelf: 'stretch',
    alignSelf: 'stretch',
    gap: tokens.spacingVerticalS,
    margin: `${tokens.spacingVerticalXS} 0`,
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStrokeAccessible}`,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus': { outline: 'none' },
  },
  text: { margin: 0, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  /** The colleague's. */
  readonly name: string;
  readonly pickUp: PickUpModel;
}

/** Nothing while nothing is asked and nothing has to be told. Enter picks up, Escape closes it. */
export function PickUpQuestion({ name, pickUp }: Props) {
  const styles = useStyles();
  const t = useText(lineTexts);
  const shared = useText();
  const state = useStore(pickUp.state);
  const word = useWord(state, name);
  const box = useRef<HTMLDivElement>(null);
  const accept = useRef<HTMLButtonElement>(null);
  const { step } = state;
  const entry = useRef<HTMLElement>(null);
  useEffect(() => {
    if (step === 'asking') {
      accept.current?.focus();
      entry.current = box.current?.parentElement ?? null;
    }
    // What had the focus is gone: one goes on from here and not from the top of the page.
    if (document.activeElement !== document.body) return;
    if (step === 'told') box.current?.focus();
    if (step === 'closed')
      (
        entry.current?.querySelector<HTMLElement>('button[data-line]') ?? entry.current?.querySelector('button')
      )?.focus();
  }, [step]);
  if (step === 'closed') return null;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    pickUp.cancel();
  };
  if (step === 'told')
    return (
      <div ref={box} tabIndex={-1} className={styles.question} data-pick-up={step}>
        <p className={styles.text}>{word}</p>
      </div>
    );
  return (
    // Escape closes it from wherever the focus is inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={box}
      role="group"
      className={styles.question}
      aria-label={t.pickUpCallFor(name)}
      data-pick-up={step}
      onKeyDown={onKeyDown}
    >
      <p className={styles.text}>{step === 'sending' ? t.pickingUp : t.question(name)}</p>
      <div className={styles.buttons}>
        <Button
          ref={fluentRef(accept)}
          appearance="primary"
          disabledFocusable={step === 'sending'}
          onClick={() => void pickUp.confirm()}
        >
          {t.pickUp}
        </Button>
        <Button disabledFocusable={step === 'sending'} onClick={() => pickUp.cancel()}>
          {shared.cancel}
        </Button>
      </div>
    </div>
  );
}

/** What has to be told, also to screen readers. */
function useWord(state: PickUpState, name: string): string | undefined {
  const t = useText(lineTexts);
  const shared = useText();
  const { announce } = useServices();
  const word =
    state.step !== 'told'
      ? undefined
      : state.word === 'stopped' || state.word === 'call-unknown'
        ? t.stopped(name)
        : state.word === 'unknown'
          ? t.unknown
          : shared.errors[state.word];
  useEffect(() => {
    if (word !== undefined) announce(word);
  }, [word, announce]);
  return word;
}
