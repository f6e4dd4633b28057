/** What goes on in a call, in words. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { CallReason } from '../../shared/call';
import { durationText } from '../shell/duration';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import type { CallCard } from './call-cards';
import { usePartyName } from './party-text';
import { callTexts, ownMobileTexts, type OwnMobileText, type TakenReason } from './texts';

const useStyles = makeStyles({
  state: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
});

/** A change is told to screen readers politely. */
export function CardState({ card }: { card: CallCard }) {
  const styles = useStyles();
  return (
    <div className={styles.state} role="status">
      <StateText card={card} />
    </div>
  );
}

function StateText({ card }: { card: CallCard }) {
  const t = useText(callTexts);
  const partyName = usePartyName();
  const { state, reason, direction, connectedAt, takenBy } = card;
  if (state === 'refused') return t.refused;
  if (state === 'connected') {
    const words = card.others.length > 0 ? t.conference : t.outgoing.connected;
    return connectedAt === undefined ? words : <Running words={words} since={connectedAt} />;
  }
  if (state === 'held') return card.heldBy === 'other' ? t.heldByOther : t.outgoing.held;
  if (card.missed) return t.missed;
  const atMobile = ownMobileText(card);
  if (atMobile !== undefined) return t.ownMobile[atMobile];
  if (state === 'ended' || state === 'failed') {
    const who = takenBy && isTaken(reason) ? partyName(takenBy, '') : '';
    return who !== '' && isTaken(reason) ? `${t.takenBy[reason]} ${who}` : t.reasons[reason ?? 'normal'];
  }
  if (state === 'initiated' && card.purpose === 'pick-up') return t.liftToPickUp;
  return direction === 'incoming' && state === 'alerting' ? t.incoming : t.outgoing[state];
}

/** What is to be said of the own mobile: that it is called, or why it was not answered. */
function ownMobileText({ ownMobile, state, reason }: CallCard): OwnMobileText | undefined {
  if (ownMobile !== 'called') return undefined;
  return state === 'ended' ? ownMobileTexts.find((known) => known === reason) : 'called';
}

const isTaken = (reason: CallReason | undefined): reason is TakenReason =>
  reason === 'answered-elsewhere' || reason === 'forwarded' || reason === 'picked-up';

/** Running time of a call, by the service's clock. Screen readers are not told each second. */
function Running({ words, since }: { words: string; since: string }) {
  const { client } = useServices();
  const elapsed = () => durationText(client.serverNow() - Date.parse(since));
  const [time, setTime] = useState(elapsed);
  useEffect(() => {
    const timer = setInterval(() => setTime(durationText(client.serverNow() - Date.parse(since))), 500);
    return () => clearInterval(timer);
  }, [client, since]);
  return (
    <>
      {words}{' '}
      <span role="timer" aria-live="off">
        {time}
      </span>
    </>
  );
}
