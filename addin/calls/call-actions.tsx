/** What can be done with a call now: its buttons, the choice of a target, and why the last command did nothing. */
import { Button, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { Call20Filled } from '@fluentui/react-icons';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { CallAbility } from '../../shared/call';
import type { DialTarget } from '../shell/dialler';
import { ErrorBoundary } from '../shell/error-boundary';
import { useText } from '../shell/i18n/text';
import { AbilityButton } from './ability-button';
import { buttonsOf, type CallButton } from './call-buttons';
import { anotherTry, type CallCard } from './call-cards';
import type { CallsModel } from './calls-model';
import { refusalText } from './refusal';
import type { TargetAbility } from './target-chooser';
import { callTexts } from './texts';

const loadChooser = () => import(/* webpackChunkName: "call-target" */ './target-chooser');
const TargetChooser = lazy(loadChooser);

const useStyles = makeStyles({
  actions: { display: 'grid', gridColumn: '1 / -1', rowGap: tokens.spacingVerticalS, minWidth: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  /** Two in a row, at most. */
  wide: { gap: tokens.spacingHorizontalS },
  error: { color: tokens.colorStatusDangerForeground3 },
  again: { flexGrow: 1 },
});

/** What rings above other calls has pushed their buttons away: a hand that is on its way to them shall hit nothing, in ms. */
const settlingMs = 300;

interface Props {
  readonly card: CallCard;
  readonly calls: CallsModel;
  readonly alone: boolean;
}

export function CardActions({ card, calls, alone }: Props) {
  const styles = useStyles();
  const t = useText(callTexts);
  const shared = useText();
  const { callId } = card;
  const area = useRef<HTMLDivElement>(null);
  const [choosing, setChoosing] = useState<TargetAbility>();
  const settled = useSettled(card.state === 'alerting' && !alone);
  const buttons = buttonsOf(card);
  const again = anotherTry(card);
  // What cannot be done any more needs no target.
  const open = choosing !== undefined && (card.busy === choosing || asks(buttons, choosing)) ? choosing : undefined;
  if (choosing !== open) setChoosing(open);
  useChooserAhead(buttons);
  const focus = useFocusBack(area, open);

  const press = ({ ability, asksForTarget }: CallButton) => {
    if (callId === undefined) return;
    if (asksForTarget) {
      calls.forgetFailure(callId);
      setChoosing(open === ability ? undefined : (ability as TargetAbility));
    } else if (ability === 'hang-up') calls.hangUp(callId);
    else void calls.run(callId, ability, ability === 'transfer' ? card.joins : undefined);
  };
  const choose = async (target: DialTarget) => {
    if (callId === undefined || open === undefined) return;
    if (await calls.run(callId, open, target)) setChoosing(undefined);
  };
  const failure = card.failure && refusalText(card.failure, shared.errors, t.forbidden);
  if (buttons.length === 0 && !again && failure === undefined) return null;
  const wide = card.state === 'alerting' || buttons.length < 3;
  return (
    <div ref={area} className={styles.actions} tabIndex={-1} {...focus}>
      {failure !== undefined && open === undefined && (
        <div className={styles.error} role="alert">
          {failure}
        </div>
      )}
      {buttons.length > 0 && (
        <div className={mergeClasses(styles.buttons, wide && styles.wide)}>
          {buttons.map((button) => (
            <AbilityButton
              key={button.ability}
              button={button}
              card={card}
              wide={wide}
              expanded={button.asksForTarget ? open === button.ability : undefined}
              inert={!settled}
              onPress={press}
            />
          ))}
        </div>
      )}
      {again && (
        <Button
          className={styles.again}
          icon={<Call20Filled />}
          onClick={() => {
            calls.dismiss(card);
            calls.dial(again);
          }}
        >
          {card.missed ? t.callBack : t.again}
        </Button>
      )}
      {open !== undefined && (
        <ErrorBoundary>
          <Suspense fallback={<Spinner size="tiny" label={shared.loading} />}>
            <TargetChooser
              ability={open}
              busy={card.busy === open}
              failure={failure}
              redial={calls.redial}
              onChoose={(target) => void choose(target)}
              onType={() => {
                if (callId !== undefined && failure !== undefined) calls.forgetFailure(callId);
              }}
              onClose={() => setChoosing(undefined)}
            />
          </Suspense>
        </ErrorBoundary>
      )}
    </div>
  );
}

const asks = (buttons: readonly CallButton[], ability: TargetAbility): boolean =>
  buttons.some((button) => button.ability === ability && button.asksForTarget);

/** True once `settlingMs` have passed since the card appeared, or at once where nothing has to settle. */
function useSettled(settles: boolean): boolean {
  const [settled, setSettled] = useState(!settles);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), settlingMs);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}

/** Fetches the choice of a target before anybody presses a button that needs it. */
function useChooserAhead(buttons: readonly CallButton[]) {
  const needed = buttons.some(({ asksForTarget }) => asksForTarget);
  useEffect(() => {
    if (!needed) return;
    loadChooser().catch(() => {
      // It is fetched again when it is opened, and then a failure is told.
    });
  }, [needed]);
}

/** Abilities whose buttons stand in the same place, one after the other. */
const successors: Readonly<Record<string, CallAbility>> = { hold: 'resume', resume: 'hold' };

/**
 * When the choice closes, the focus goes back to the button that opened it. Where that or any other button which had
 * the focus is gone, the row of buttons takes it: Tab leads on from there, and a second Enter hangs up nobody. Hold and
 * Resume stand in one place and hand it to each other.
 */
function useFocusBack(area: React.RefObject<HTMLDivElement | null>, open: TargetAbility | undefined) {
  const before = useRef<TargetAbility>(undefined);
  const focused = useRef<Element>(undefined);
  useEffect(() => {
    const closed = before.current;
    before.current = open;
    if (open !== undefined || document.activeElement !== document.body) return;
    const opener = closed && area.current?.querySelector<HTMLElement>(`[data-ability="${closed}"]`);
    const gone = focused.current?.isConnected === false ? focused.current : undefined;
    const successor = successors[gone?.getAttribute('data-ability') ?? ''];
    const next = successor && area.current?.querySelector<HTMLElement>(`[data-ability="${successor}"]`);
    if (opener) opener.focus();
    else if (next) next.focus();
    else if (closed !== undefined || gone !== undefined) area.current?.focus();
  });
  return {
    onFocus: (event: React.FocusEvent) => {
      focused.current = event.target;
    },
    onBlur: () => {
      // What is taken away tells React nothing of it; who went elsewhere stays there.
      focused.current = undefined;
    },
  };
}
