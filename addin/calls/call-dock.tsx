/** Calls, docked above everything, each with its card; they stay while one moves about. */
import { Avatar, Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Call20Filled, CallEnd20Filled, Dismiss20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { CallAbility } from '../../shared/call';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { anotherTry, type CallCard } from './call-cards';
import type { CallsModel } from './calls-model';
import { durationText } from './duration';
import { callTexts } from './texts';

const useStyles = makeStyles({
  dock: {
    display: 'grid',
    flexShrink: 0,
    maxHeight: '60%',
    overflow: 'auto',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
  },
  card: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalS,
    alignItems: 'center',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow4,
    borderLeft: `${tokens.strokeWidthThickest} solid ${tokens.colorNeutralStrokeAccessible}`,
  },
  incoming: { borderLeftColor: tokens.colorBrandStroke1 },
  connected: { borderLeftColor: tokens.colorStatusSuccessBorder2 },
  failed: { borderLeftColor: tokens.colorStatusDangerBorder2 },
  name: {
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: tokens.lineHeightBase400,
  },
  bigName: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  wrap: { overflowWrap: 'anywhere' },
  muted: { color: tokens.colorNeutralForeground2 },
  state: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  error: { color: tokens.colorStatusDangerForeground1 },
  buttons: { display: 'flex', gridColumn: '1 / -1', gap: tokens.spacingHorizontalS },
  grow: { flexGrow: 1 },
  answer: {
    backgroundColor: tokens.colorStatusSuccessBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    ':hover': {
      backgroundColor: tokens.colorStatusSuccessBackground3,
      color: tokens.colorNeutralForegroundOnBrand,
      boxShadow: tokens.shadow8,
    },
  },
  hangUp: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    ':hover': {
      backgroundColor: tokens.colorStatusDangerBackground3Hover,
      color: tokens.colorNeutralForegroundOnBrand,
    },
  },
});

/** Shows nothing while there is no call. */
export function CallDock({ calls }: { calls: CallsModel }) {
  const styles = useStyles();
  const t = useText(callTexts);
  const cards = useStore(calls.cards);
  const { events } = useServices();
  const certain = useStore(events.connection) === 'connected';
  useIncomingAnnouncement(cards);
  if (cards.length === 0) return null;
  return (
    <section className={styles.dock} aria-label={t.calls}>
      {cards.map((card) => (
        <Card key={card.key} card={card} calls={calls} certain={certain} />
      ))}
    </section>
  );
}

/** Tells screen readers of an incoming call once; of the panes of one browser only the leading one speaks. */
function useIncomingAnnouncement(cards: readonly CallCard[]) {
  const t = useText(callTexts);
  const { announce, events } = useServices();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const card of cards) {
      if (card.state !== 'alerting' || told.current.has(card.key)) continue;
      told.current.add(card.key);
      if (events.leads.get()) announce(t.incomingFrom(card.party.name ?? card.party.display ?? t.unknownCaller), true);
    }
  }, [cards, announce, events, t]);
}

interface CardProps {
  readonly card: CallCard;
  readonly calls: CallsModel;
  readonly certain: boolean;
}

function Card({ card, calls, certain }: CardProps) {
  const styles = useStyles();
  const t = useText(callTexts);
  const shared = useText();
  const { callId, party, state } = card;
  const name = party.name ?? party.display ?? party.number ?? t.unknownCaller;
  const number = party.name === undefined ? undefined : (party.display ?? party.number);
  const over = state === 'ended' || state === 'refused';
  const ringing = state === 'alerting';
  const again = anotherTry(card);
  // Only what the phone can do just now is offered (CAL-8).
  const can = (ability: CallAbility) => card.abilities.includes(ability);
  const tone = ringing
    ? styles.incoming
    : state === 'connected'
      ? styles.connected
      : state === 'failed' || state === 'refused'
        ? styles.failed
        : undefined;
  return (
    <article className={mergeClasses(styles.card, tone)} aria-label={name} data-state={state}>
      <Avatar name={party.name ?? ''} size={ringing ? 48 : 40} color="colorful" aria-hidden />
      <div className={styles.wrap}>
        <div className={styles.state} role="status">
          <StateText card={card} />
        </div>
        <div className={mergeClasses(styles.name, ringing && styles.bigName)}>{name}</div>
        {number !== undefined && <div>{number}</div>}
        {party.company !== undefined && <div className={styles.muted}>{party.company}</div>}
        {card.failure !== undefined && (
          <div className={styles.error} role="alert">
            {shared.errors[card.failure]}
          </div>
        )}
        {!certain && !over && state !== 'dialling' && <div className={styles.muted}>{t.notCertain}</div>}
      </div>
      {over ? (
        <Button
          appearance="subtle"
          icon={<Dismiss20Regular />}
          aria-label={t.dismiss}
          onClick={() => calls.dismiss(card)}
        />
      ) : (
        <span />
      )}
      {(can('answer') || can('hang-up') || again) && (
        <div className={styles.buttons}>
          {callId !== undefined && can('answer') && (
            <Button
              className={mergeClasses(styles.grow, styles.answer)}
              icon={<Call20Filled />}
              disabledFocusable={card.busy !== undefined}
              onClick={() => calls.answer(callId)}
            >
              {t.answer}
            </Button>
          )}
          {callId !== undefined && can('hang-up') && (
            <Button
              className={mergeClasses(styles.grow, styles.hangUp)}
              icon={<CallEnd20Filled />}
              disabledFocusable={card.busy !== undefined}
              onClick={() => calls.hangUp(callId)}
            >
              {ringing ? t.decline : t.hangUp}
            </Button>
          )}
          {again && (
            <Button
              className={styles.grow}
              icon={<Call20Filled />}
              onClick={() => {
                calls.dismiss(card);
                calls.dial(again);
              }}
            >
              {t.again}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

function StateText({ card }: { card: CallCard }) {
  const t = useText(callTexts);
  const { state, reason, direction, connectedAt } = card;
  if (state === 'refused') return t.refused;
  if (state === 'connected' && connectedAt !== undefined) return <Running since={connectedAt} />;
  if (card.missed) return t.missed;
  if (state === 'ended' || state === 'failed') return t.reasons[reason ?? 'normal'];
  return direction === 'incoming' && state === 'alerting' ? t.incoming : t.outgoing[state];
}

/** Running time of a call, by the service's clock. Screen readers are not told each second. */
function Running({ since }: { since: string }) {
  const t = useText(callTexts);
  const { client } = useServices();
  const elapsed = () => durationText(client.serverNow() - Date.parse(since));
  const [time, setTime] = useState(elapsed);
  useEffect(() => {
    const timer = setInterval(() => setTime(durationText(client.serverNow() - Date.parse(since))), 500);
    return () => clearInterval(timer);
  }, [client, since]);
  return (
    <>
      {t.outgoing.connected}{' '}
      <span role="timer" aria-live="off">
        {time}
      </span>
    </>
  );
}
