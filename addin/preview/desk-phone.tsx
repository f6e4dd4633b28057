/** The desk phone beside Outlook: it rings, is lifted and laid down by a click, and dials by hand. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { DemoPhone, PhoneClient, PhoneConnection, PhoneDisplay } from './phone-client';
import type { PreviewText } from './preview-texts';

interface Props {
  readonly client: PhoneClient;
  readonly phone: DemoPhone;
  /** Whoever may be asked to call. */
  readonly colleague: DemoPhone | undefined;
  readonly text: (key: PreviewText, values?: Record<string, string>) => string;
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export function DeskPhone({ client, phone, colleague, text }: Props) {
  const styles = usePhoneStyles();
  const [display, setDisplay] = useState<PhoneDisplay>();
  const [digits, setDigits] = useState('');
  useEffect(() => client.watch(phone.address, setDisplay), [client, phone.address]);

  const call = display?.connections.find(({ state }) => state !== 'ended');
  const rings = call?.state === 'alerting' || call?.state === 'initiated';
  const lifted = display?.lifted ?? false;
  const dial = () => {
    if (digits === '') return;
    void client.dial(phone.address, digits);
    setDigits('');
  };
  return (
    <section
      className={styles.phone}
      aria-label={text('phone')}
      data-phone={phone.address}
      data-state={call?.state ?? 'idle'}
    >
      <div className={styles.top}>
        <button
          type="button"
          className={mergeClasses(styles.handset, rings && styles.shaking, lifted && styles.lifted)}
          aria-pressed={lifted}
          aria-label={text(lifted ? 'layDown' : 'lift')}
          title={text(lifted ? 'layDown' : 'lift')}
          onClick={() => void (lifted ? client.layDown(phone.address) : client.lift(phone.address))}
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
            <span className={styles.screenState}>{text(stateText(display, call))}</span>
            <span className={styles.screenParty}>{call === undefined ? digits : partyOf(call)}</span>
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
      <button
        type="button"
        className={styles.wide}
        onClick={() => void (lifted ? client.layDown(phone.address) : client.lift(phone.address))}
      >
        {text(lifted ? 'layDown' : 'lift')}
      </button>
      {colleague !== undefined && (
        <button
          type="button"
          className={styles.wide}
          onClick={() => void client.dial(colleague.address, phone.extension)}
        >
          {text('colleagueCalls', { name: colleague.displayName })}
        </button>
      )}
    </section>
  );
}

function stateText(display: PhoneDisplay | undefined, call: PhoneConnection | undefined): PreviewText {
  if (display === undefined) return 'phoneOff';
  switch (call?.state) {
    case undefined:
      return 'phoneReady';
    case 'alerting':
    case 'initiated':
      return 'phoneRinging';
    case 'originated':
    case 'delivered':
      return 'phoneCalling';
    case 'connected':
      return 'phoneTalking';
    case 'held':
      return 'phoneHeld';
    case 'failed':
    case 'ended':
      return 'phoneOver';
  }
}

function partyOf({ party }: PhoneConnection): string {
  return [party.name, party.number].filter((part) => part !== undefined && part !== '').join(' · ');
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
    ':hover': { backgroundColor: '#4a505a' },
  },
});
