/** What a sync would do, before it does it: a preview with Apply and Discard, or the plan that waits for a word. */
import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { WaitingRemoval } from '../../shared/sync/push-sync';
import { useFormats, useText } from '../shell/i18n/text';
import { ChangeList } from './change-list';
import { ChangesFrame } from './changes-frame';
import type { HeldPlan } from './held-plan';
import type { SyncModel, SyncState } from './sync-model';
import { syncTexts } from './texts';
import { useSyncErrorText } from './use-sync-error-text';

const useStyles = makeStyles({
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

/** What went wrong with the last action. */
function Failure({ failure }: { readonly failure: unknown }) {
  const errorText = useSyncErrorText();
  if (failure === undefined) return null;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{errorText(failure)}</MessageBarBody>
    </MessageBar>
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
    <ChangesFrame
      title={t.planTitle}
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
      <Failure failure={failure} />
    </ChangesFrame>
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
    <ChangesFrame
      title={held ? t.heldTitle : t.waitingTitle}
      back={
        <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
          {shared.back}
        </Button>
      }
      list={
        <ChangeList key={planHash} id={id} version={planHash} done={false} {...(held ? {} : { first: 'removed' })} />
      }
    >
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
      <Failure failure={failure} />
    </ChangesFrame>
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
