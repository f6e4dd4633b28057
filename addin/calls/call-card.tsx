/** One side of a call as a card: who, what goes on, and what can be done now. */
import { Avatar, Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Dismiss20Regular, People24Regular } from '@fluentui/react-icons';
import type { CallParty } from '../../shared/call';
import { favoriteSubjectOf, useFavoriteStar } from '../shell/favorite-star';
import { PersonAvatar } from '../shell/person-avatar';
import { PresenceLine } from '../shell/presence';
import { useText } from '../shell/i18n/text';
import { numberBesideName } from '../shell/party-words';
import { useNumberText } from '../shell/use-number-text';
import { CardActions } from './call-actions';
import type { CallCard } from './call-cards';
import type { CallsModel } from './calls-model';
import { CardState } from './card-state';
import { usePartyName } from './party-text';
import { callTexts } from './texts';

const useStyles = makeStyles({
  card: {
    display: 'grid',
    flexShrink: 0,
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalS,
    alignItems: 'center',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow4,
    // Seen in high contrast only, where there is no shadow.
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
    borderLeft: `${tokens.strokeWidthThickest} solid ${tokens.colorNeutralStrokeAccessible}`,
  },
  incoming: { borderLeftColor: tokens.colorBrandStroke1 },
  connected: { borderLeftColor: tokens.colorStatusSuccessBorder2 },
  failed: { borderLeftColor: tokens.colorStatusDangerBorder2 },
  held: { backgroundColor: tokens.colorNeutralBackground2, borderLeftStyle: 'dashed' },
  upper: { borderBottomLeftRadius: 0, borderBottomRightRadius: 0 },
  lower: {
    marginTop: `calc(-1 * ${tokens.spacingVerticalS})`,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    borderTopLeftRadius: 0,
    borderTopRightRadius: 0,
  },
  text: { overflowWrap: 'anywhere' },
  name: {
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: tokens.lineHeightBase400,
  },
  bigName: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  muted: { color: tokens.colorNeutralForeground2 },
  chooser: { gridColumn: '1 / -1', minWidth: 0 },
  called: { fontWeight: tokens.fontWeightSemibold },
});

interface Props {
  readonly card: CallCard;
  readonly calls: CallsModel;
  /** The service is connected: what is shown is so. */
  readonly certain: boolean;
  /** There is no other card. */
  readonly alone: boolean;
}

export function Card({ card, calls, certain, alone }: Props) {
  const styles = useStyles();
  const t = useText(callTexts);
  const numberText = useNumberText();
  const partyName = usePartyName();
  const { state, pair, others } = card;
  const over = state === 'ended' || state === 'refused';
  const ringing = state === 'alerting';
  const parties = [card.party, ...others];
  const title = titleOf(card, t, partyName);
  const favorite = useFavoriteStar(isLasting(card) ? favoriteSubjectOf(card.party) : undefined, title);
  const tone = over || state === 'failed' ? undefined : ringing ? styles.incoming : undefined;
  return (
    <article
      className={mergeClasses(
        styles.card,
        tone,
        state === 'connected' && styles.connected,
        state === 'held' && styles.held,
        (state === 'failed' || state === 'refused') && styles.failed,
        pair && styles[pair],
      )}
      aria-label={title}
      data-state={state}
      data-pair={pair}
    >
      {others.length > 0 ? (
        <Avatar icon={<People24Regular />} size={40} aria-hidden />
      ) : (
        <PersonAvatar
          name={card.party.name ?? ''}
          picture={card.party.picture}
          size={ringing ? 48 : state === 'held' ? 32 : 40}
        />
      )}
      <div className={styles.text}>
        <CardState card={card} />
        {isPickUp(card) ? (
          <>
            <div className={styles.name}>{title}</div>
            <div className={styles.muted}>{t.withheld}</div>
          </>
        ) : (
          parties.map((party, index) => (
            <div key={`${index} ${party.number ?? ''}`}>
              <div className={mergeClasses(styles.name, ringing && styles.bigName)}>
                {partyName(party, t.unknownCaller)}
              </div>
              {numberBesideName(party, numberText) !== undefined && <div>{numberBesideName(party, numberText)}</div>}
              {party.directory === 'internal' && party.itemId !== undefined && <PresenceLine userId={party.itemId} />}
              {party.company !== undefined && <div className={styles.muted}>{party.company}</div>}
            </div>
          ))
        )}
        <Redirection card={card} />
        {card.ownMobile === 'answered' && !over && <div className={styles.muted}>{t.withMobile}</div>}
        {card.consultationOf && !over && (
          <div className={styles.muted}>{t.consultationOf(partyName(card.consultationOf, t.unknownCaller))}</div>
        )}
        {ringing && card.active && card.abilities.includes('answer') && (
          <div className={styles.muted}>{t.answerHolds}</div>
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
        (favorite?.star ?? <span />)
      )}
      {favorite?.chooser && <div className={styles.chooser}>{favorite.chooser}</div>}
      <CardActions card={card} calls={calls} alone={alone} />
    </article>
  );
}

/** With one party, and not about to change: what rings wants a hand for other things. */
const isLasting = (card: CallCard): boolean =>
  card.others.length === 0 &&
  !isPickUp(card) &&
  (card.state === 'originated' || card.state === 'delivered' || card.state === 'connected' || card.state === 'held');

/** The caller is withheld as long as the user has not accepted (FAV-4). */
const isPickUp = ({ purpose, party, state }: CallCard): boolean =>
  purpose === 'pick-up' && state !== 'ended' && party.number === undefined && party.name === undefined;

function titleOf(
  card: CallCard,
  t: { unknownCaller: string; pickUp: string; pickUpFor: (called: string) => string },
  partyName: (party: CallParty, unknown: string) => string,
) {
  const called = card.redirectedFrom && partyName(card.redirectedFrom, '');
  if (isPickUp(card)) return called ? t.pickUpFor(called) : t.pickUp;
  return [card.party, ...card.others].map((party) => partyName(party, t.unknownCaller)).join(', ');
}

/** Whom the caller had called. */
function Redirection({ card }: { card: CallCard }) {
  const styles = useStyles();
  const t = useText(callTexts);
  const partyName = usePartyName();
  const called = card.redirectedFrom && partyName(card.redirectedFrom, '');
  if (!called || isPickUp(card)) return null;
  if (card.state === 'alerting') return <div className={styles.called}>{t.calledFor(called)}</div>;
  return <div className={styles.muted}>{t.redirectedFrom(called)}</div>;
}
