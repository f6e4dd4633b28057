/** The button of one ability. */
import { Button, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import {
  ArrowSwap20Regular,
  Call20Filled,
  CallAdd20Regular,
  CallEnd20Filled,
  CallForward20Regular,
  CallTransfer20Regular,
  Pause20Filled,
  PeopleTeam20Regular,
  Play20Filled,
  Voicemail20Regular,
  type FluentIcon,
} from '@fluentui/react-icons';
import type { CallAbility, CallParty } from '../../shared/call';
import { useText } from '../shell/i18n/text';
import type { TextsOf } from '../shell/i18n/catalogue';
import type { CallButton } from './call-buttons';
import type { CallCard } from './call-cards';
import { usePartyName } from './party-text';
import { callTexts } from './texts';

const icons: Readonly<Record<CallAbility, FluentIcon>> = {
  answer: Call20Filled,
  'hang-up': CallEnd20Filled,
  hold: Pause20Filled,
  resume: Play20Filled,
  consult: CallAdd20Regular,
  alternate: ArrowSwap20Regular,
  transfer: CallTransfer20Regular,
  conference: PeopleTeam20Regular,
  'deflect-to-voicemail': Voicemail20Regular,
  deflect: CallForward20Regular,
};

const useStyles = makeStyles({
  /** The icon above its label: four of them stand beside each other at 320 pixels, in German too. */
  tall: {
    flexDirection: 'column',
    flexGrow: 1,
    flexBasis: 0,
    minWidth: 'max-content',
    minHeight: '48px',
    rowGap: '2px',
    padding: `${tokens.spacingVerticalXS} 3px`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    '& .fui-Button__icon': { margin: 0 },
  },
  wide: { flexGrow: 1, flexBasis: '40%', minWidth: 0, paddingLeft: '6px', paddingRight: '6px' },
  main: { minHeight: '40px' },
  /** So that two of them stand beside each other at 320 pixels, each in one line. */
  side: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightRegular,
    '& .fui-Button__icon': { marginRight: '2px' },
  },
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

interface Props {
  readonly button: CallButton;
  readonly card: CallCard;
  readonly wide: boolean;
  /** Whether the choice of a target is open; undefined where there is none. */
  readonly expanded: boolean | undefined;
  /** Takes no press yet, although it looks as if it did. */
  readonly inert: boolean;
  readonly onPress: (button: CallButton) => void;
}

export function AbilityButton({ button, card, wide, expanded, inert, onPress }: Props) {
  const styles = useStyles();
  const t = useText(callTexts);
  const partyName = usePartyName();
  const { ability, busy, disabled } = button;
  const Icon = icons[ability];
  const { label, name, hint } = wordsOf(ability, card, t, partyName);
  const main = card.state === 'alerting' && (ability === 'answer' || ability === 'hang-up');
  return (
    <Button
      className={mergeClasses(
        wide ? styles.wide : styles.tall,
        main && styles.main,
        card.state === 'alerting' && !main && styles.side,
        ability === 'answer' && !disabled && styles.answer,
        ability === 'hang-up' && !disabled && styles.hangUp,
      )}
      icon={busy ? <Spinner size="extra-tiny" /> : <Icon />}
      disabledFocusable={disabled}
      {...(inert ? { 'aria-disabled': true } : {})}
      {...(name === undefined ? {} : { 'aria-label': name })}
      {...(hint === undefined ? {} : { title: hint })}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
      data-ability={ability}
      onClick={(event) => {
        // The second half of a double click is meant for the button that stood here a moment ago.
        if (!inert && event.detail < 2) onPress(button);
      }}
    >
      {label}
    </Button>
  );
}

interface ButtonWords {
  readonly label: string;
  /** The whole name, where the label alone says too little; it contains the label. */
  readonly name?: string | undefined;
  readonly hint?: string | undefined;
}

function wordsOf(
  ability: CallAbility,
  card: CallCard,
  t: TextsOf<typeof callTexts>,
  partyName: (party: CallParty, unknown: string) => string,
): ButtonWords {
  const label = t.abilities[ability];
  const { active, joins } = card;
  switch (ability) {
    case 'answer':
      return active ? { label, name: t.answerAndHold, hint: t.answerAndHold } : { label };
    case 'hang-up':
      return { label: card.state === 'alerting' ? t.decline : label };
    case 'resume':
      if (!active) return { label };
      return active.related
        ? { label: t.goBack, name: t.endConsultation, hint: t.endConsultation }
        : { label: t.goBack, name: t.endOther, hint: t.endOther };
    case 'transfer':
      if (!joins) return { label, hint: t.hints.transfer };
      return { label, hint: t.join(partyName(card.party, t.unknownCaller), partyName(joins.party, t.unknownCaller)) };
    case 'deflect':
      return { label, name: t.deflectTo, hint: t.deflectTo };
    default:
      return { label, hint: t.hints[ability] };
  }
}
