/** What a sync would do, before it does it: a preview with Apply and Discard, or the plan that waits for a word. */
import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { WaitingRemoval } from '../../shared/sync/push-sync';
import { useFormats, useText } from '../shell/i18n/text';
import { ChangeList } from './change-list';
import type { HeldPlan } from './held-plan';
import type { SyncModel, SyncState } from './sync-model';
import { syncTexts } from './texts';
import { useSyncErrorText } from './use-sync-error-text';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  head: {
    display: 'grid',
    flexShrink: 0,
    gap: tokens.spacingVerticalS,
    justifyItems: 'start',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    ':focus': { outline: 'none' },
  },
  text: { margin: 0, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly model: SyncModel;
  readonly state: SyncState;
  /** Away from the plan that waits; it waits on. */
  readonly onBack: () => void;
}

export default function PlanView({ model, state: { plan, waiting, failure }, onBack }: Props) {
  if (plan !== undefined) return <Preview model={model} plan={plan} failure={failure} />;
  if (waiting !== undefined) return <Waiting model={model} waiting={waiting} failure={failure} onBack={onBack} />;
  return null;
}

interface FrameProps {
  readonly title: string;
  readonly failure: unknown;
  readonly children: ReactNode;
  readonly list: ReactNode;
}

function Frame({ title, failure, children, list }: FrameProps) {
  const styles = useStyles();
  const errorText = useSyncErrorText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.view} aria-labelledby="plan-title" data-plan="">
      <div className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.title} id="plan-title">
          {title}
        </h2>
        {children}
        {failure !== undefined && (
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{errorText(failure)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {list}
    </section>
  );
}

interface PreviewProps {
  readonly model: SyncModel;
  readonly plan: HeldPlan;
  readonly failure: unknown;
}

function Preview({ model, plan, failure }: PreviewProps) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { count } = useFormats();
  const { busy, during } = useBusy();
  const { added, changed, removed, unchanged } = plan.result;
  return (
    <Frame
      title={t.planTitle}
      failure={failure}
      list={<ChangeList key={plan.planHash} id={plan.id} version={plan.planHash} counts={plan.result} done={false} />}
    >
      {plan.renewed && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t.planRenewed}</MessageBarBody>
        </MessageBar>
      )}
      <p className={styles.text}>
        {t.planCounts(count(added), count(changed), count(removed), count(unchanged))} {t.planHint}
      </p>
      <div className={styles.buttons}>
        <Button appearance="primary" disabled={busy} onClick={() => during(model.applyPlan())}>
          {t.planApply}
        </Button>
        <Button disabled={busy} onClick={() => during(model.discardPlan())}>
          {t.planDiscard}
        </Button>
      </div>
    </Frame>
  );
}

interface WaitingProps {
  readonly model: SyncModel;
  readonly waiting: WaitingRemoval;
  readonly failure: unknown;
  readonly onBack: () => void;
}

function Waiting({ model, waiting, failure, onBack }: WaitingProps) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const shared = useText();
  const { count } = useFormats();
  const { busy, during } = useBusy();
  const { id, planHash, reason, removed, remaining } = waiting;
  const held = reason === 'after-undo';
  return (
    <Frame
      title={held ? t.heldTitle : t.waitingTitle}
      failure={failure}
      list={
        <ChangeList key={planHash} id={id} version={planHash} done={false} {...(held ? {} : { first: 'removed' })} />
      }
    >
      <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
        {shared.back}
      </Button>
      <p className={styles.text}>
        {held ? t.heldText(count(removed)) : t.waitingText(count(removed), count(remaining))}
      </p>
      <div className={styles.buttons}>
        <Button disabled={busy} onClick={() => during(model.refuseRemoval())}>
          {held ? t.notNow : t.keepThem}
        </Button>
        <Button disabled={busy} onClick={() => during(model.confirmRemoval())}>
          {held ? t.applyThem : t.removeThem}
        </Button>
      </div>
    </Frame>
  );
}

/** Whether an action is under way. */
function useBusy() {
  const [busy, setBusy] = useState(false);
  const during = (action: Promise<void>) => {
    setBusy(true);
    void action.finally(() => setBusy(false));
  };
  return { busy, during };
}
