/** The desk phone beside Outlook: it rings, is lifted and laid down by a click, and dials by hand. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { OwnMobile } from './own-mobile';
import { PhoneLines } from './phone-lines';
import type { DemoPhone, PhoneActivity, PhoneClient } from './phone-client';
import type { PreviewText } from './preview-texts';

interface Props {
  readonly client: PhoneClient;
  readonly phone: DemoPhone;
  /** Whoever may be asked to call. */
  readonly colleague: DemoPhone | undefined;
  /** Whose phone may be let ring, so that the call can be picked up: nobody answers there by himself. */
  readonly ringing: DemoPhone | undefined;
  readonly text: (key: PreviewText, values?: Record<string, string>) => string;
}

/** A group of demo/groups.csv that the page's user is a member of. */
const ownGroup = { extension: '362', name: 'Empfang' };

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export function DeskPhone({ client, phone, colleague, ringing, text }: Props) {
  const styles = usePhoneStyles();
  const [display, setDisplay] = useState<DemoPhone>();
  const [digits, setDigits] = useState('');
  useEffect(() => client.watch(phone.address, setDisplay), [client, phone.address]);

  const activity = display?.activity ?? 'idle';
  const rings = display?.lamp === 'flashing';
  const lifted = display?.lifted ?? false;
  const lift = () => void client.lift(phone.address);
  const layDown = () => void client.layDown(phone.address);
  const dial = () => {
    if (digits === '') return;
    void client.dial(phone.address, digits);
    setDigits('');
  };
  return (
    <section className={styles.phone} aria-label={text('phone')} data-phone={phone.address} data-state={activity}>
      <div className={styles.top}>
        <button
          type="button"
          className={mergeClasses(styles.handset, rings && styles.shaking, lifted && styles.lifted)}
          aria-pressed={lifted}
          aria-label={text(lifted ? 'layDown' : 'lift')}
          title={text(lifted ? 'layDown' : 'lift')}
          onClick={lifted ? layDown : lift}
        >
          <span className={styles.cup} />
          <span className={styles.grip} />
          <span className={styles.cup} />
        </button>
        <div className={styles.front}>
          <div className={mergeClasses(styles.lamp, rings && styles.lampOn)} />
          <output className={styles.screen} data-screen="">
            <span className={styles.screenTop}>
              {phone.extension} {phone.displayName}
            </span>
            <span className={styles.screenState}>
              {text(display === undefined ? 'phoneOff' : activityTexts[activity])}
            </span>
            <span className={styles.screenParty}>{activity === 'idle' ? digits : partyOf(display)}</span>
          </output>
          <div className={styles.keys}>
            {keys.map((key) => (
              <button
                key={key}
                type="button"
                className={styles.key}
                disabled={display === undefined}
                onClick={() => setDigits((before) => (before + key).slice(0, 24))}
              >
                {key}
              </button>
            ))}
          </div>
          <div className={styles.row}>
            <button
              type="button"
              className={mergeClasses(styles.key, styles.dial)}
              disabled={digits === ''}
              onClick={dial}
            >
              {text('dialOnPhone')}
            </button>
            <button type="button" className={styles.key} disabled={digits === ''} onClick={() => setDigits('')}>
              {text('clearDigits')}
            </button>
          </div>
        </div>
      </div>
      <div className={styles.row}>
        <button type="button" className={styles.wide} disabled={!rings} onClick={lift}>
          {text('lift')}
        </button>
        <button type="button" className={styles.wide} disabled={activity === 'idle'} onClick={layDown}>
          {text('layDown')}
        </button>
      </div>
      <PhoneLines client={client} phone={phone} display={display} text={text} button={styles.wide} />
      <OwnMobile
        client={client}
        address={display?.mobile?.address}
        rings={display?.mobile?.activity === 'ringing-to-dial'}
        text={text}
        button={styles.wide}
      />
      {colleague !== undefined && (
        <button
          type="button"
          className={styles.wide}
          onClick={() => void client.callIn(colleague.extension, phone.extension)}
        >
          {text('colleagueCalls', { name: colleague.displayName })}
        </button>
      )}
      <button type="button" className={styles.wide} onClick={() => void client.outsideCalls(phone.extension)}>
        {text('outsideCalls')}
      </button>
      {ringing !== undefined && (
        <button type="button" className={styles.wide} onClick={() => void client.outsideCalls(ringing.extension)}>
          {text('colleagueRings', { name: ringing.displayName })}
        </button>
      )}
      <button type="button" className={styles.wide} onClick={() => void client.outsideCalls(ownGroup.extension)}>
        {text('groupRings', { name: ownGroup.name })}
      </button>
    </section>
  );
}

const activityTexts: Record<PhoneActivity, PreviewText> = {
  idle: 'phoneReady',
  ringing: 'phoneRinging',
  'ringing-to-dial': 'phoneRingingToDial',
  calling: 'phoneCalling',
  connected: 'phoneTalking',
  tone: 'phoneTone',
};

function partyOf(display: DemoPhone | undefined): string {
  const { name, number } = display?.shown ?? {};
  return [name, number].filter((part) => part !== undefined && part !== '').join(' · ');
}

const usePhoneStyles = makeStyles({
  phone: {
    padding: '12px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: '#2b2f36',
    color: '#f4f6f8',
    boxShadow: tokens.shadow8,
  },
  top: { display: 'grid', gridTemplateColumns: '34px minmax(0,1fr)', columnGap: '10px' },
  handset: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'space-between',
    height: '206px',
    padding: '0',
    border: 'none',
    backgroundColor: 'transparent',
    cursor: 'pointer',
    transitionProperty: 'transform',
    transitionDuration: '150ms',
    transformOrigin: '0 100%',
  },
  lifted: { transform: 'translate(-4px, -6px) rotate(-9deg)' },
  shaking: {
    '@media (prefers-reduced-motion: no-preference)': {
      animationName: {
        '0%': { transform: 'rotate(-3deg)' },
        '50%': { transform: 'rotate(3deg)' },
        '100%': { transform: 'rotate(-3deg)' },
      },
      animationDuration: '180ms',
      animationIterationCount: 'infinite',
    },
  },
  cup: { width: '34px', height: '52px', borderRadius: '12px', backgroundColor: '#0e1013' },
  grip: { width: '18px', flexGrow: 1, marginBlock: '-6px', backgroundColor: '#16191d' },
  front: { display: 'flex', flexDirection: 'column', gap: '8px' },
  lamp: {
    alignSelf: 'flex-end',
    width: '38px',
    height: '8px',
    borderRadius: '4px',
    backgroundColor: '#4a4f57',
  },
  lampOn: {
    backgroundColor: '#ff4b3e',
    boxShadow: '0 0 10px #ff4b3e',
    '@media (prefers-reduced-motion: no-preference)': {
      animationName: { '0%': { opacity: 1 }, '50%': { opacity: 0.25 }, '100%': { opacity: 1 } },
      animationDuration: '700ms',
      animationIterationCount: 'infinite',
    },
  },
  screen: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: '74px',
    padding: '8px',
    borderRadius: '4px',
    backgroundColor: '#c9d8c0',
    color: '#14210f',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '17px',
    overflowWrap: 'anywhere',
  },
  screenTop: { opacity: 0.8 },
  screenState: { fontWeight: 700 },
  screenParty: {},
  keys: { display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: '5px' },
  row: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '5px' },
  key: {
    height: '28px',
    border: '1px solid #565c66',
    borderRadius: '5px',
    backgroundColor: '#3b4048',
    color: '#f4f6f8',
    fontFamily: 'inherit',
    fontSize: '13px',
    cursor: 'pointer',
    ':hover:not(:disabled)': { backgroundColor: '#4a505a' },
    ':disabled': { color: '#8c929b', cursor: 'default' },
  },
  dial: { backgroundColor: '#1d6f42', ':hover:not(:disabled)': { backgroundColor: '#258550' } },
  wide: {
    width: '100%',
    minHeight: '32px',
    marginBlockStart: '8px',
    border: '1px solid #565c66',
    borderRadius: '5px',
    backgroundColor: '#3b4048',
    color: '#f4f6f8',
    fontFamily: 'inherit',
    fontSize: '13px',
    cursor: 'pointer',
    ':hover:not(:disabled)': { backgroundColor: '#4a505a' },
    ':disabled': { color: '#8c929b', cursor: 'default' },
  },
});
