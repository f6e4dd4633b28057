/** Calls, docked above everything, each with its card; they stay while one moves about. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { Card } from './call-card';
import type { CallCard } from './call-cards';
import type { CallsModel } from './calls-model';
import { usePartyName } from './party-text';
import { callTexts } from './texts';

const useStyles = makeStyles({
  dock: {
    display: 'flex',
    flexDirection: 'column',
    flexShrink: 0,
    maxHeight: '60%',
    overflowX: 'hidden',
    overflowY: 'auto',
    padding: tokens.spacingHorizontalS,
    // Between two cards that do not belong together.
    rowGap: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
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
        <Card key={card.key} card={card} calls={calls} certain={certain} alone={cards.length === 1} />
      ))}
    </section>
  );
}

/** Tells screen readers of an incoming call once; of the panes of one browser only the leading one speaks. */
function useIncomingAnnouncement(cards: readonly CallCard[]) {
  const t = useText(callTexts);
  const partyName = usePartyName();
  const { announce, events } = useServices();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const { key, state, party, redirectedFrom } of cards) {
      if (state !== 'alerting' || told.current.has(key)) continue;
      told.current.add(key);
      if (!events.leads.get()) continue;
      const caller = partyName(party, t.unknownCaller);
      const called = redirectedFrom && partyName(redirectedFrom, '');
      announce(called ? t.incomingFromFor(caller, called) : t.incomingFrom(caller), true);
    }
  }, [cards, announce, events, t, partyName]);
}
