/** Hold key and second line of the desk phone: what waits or is held beside the call in front, and how to go on with it. */
import type { DemoPhone, PhoneClient } from './phone-client';
import type { PreviewText } from './preview-texts';

interface Props {
  readonly client: PhoneClient;
  readonly phone: DemoPhone;
  readonly display: DemoPhone | undefined;
  readonly text: (key: PreviewText, values?: Record<string, string>) => string;
  /** Class of its buttons. */
  readonly button: string;
}

export function PhoneLines({ client, phone, display, text, button }: Props) {
  const [front, ...others] = display?.connections ?? [];
  if (front === undefined) return null;
  const holds = front.heldBy === 'me';
  const canHold = front.state === 'connected' || holds;
  return (
    <>
      {canHold && (
        <button type="button" className={button} aria-pressed={holds} onClick={() => void client.hold(phone.address)}>
          {text(holds ? 'goOn' : 'hold')}
        </button>
      )}
      {others.map(({ id, state, party }) => (
        <button key={id} type="button" className={button} onClick={() => void client.lift(phone.address, id)}>
          {text(state === 'alerting' ? 'callWaits' : 'callHeld', {
            party: party.name ?? party.number ?? text('unknownParty'),
          })}
        </button>
      ))}
    </>
  );
}
