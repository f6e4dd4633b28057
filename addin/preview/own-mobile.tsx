/** The mobile of whoever sits at the desk phone, while it is called back to make a call or makes one. */
import type { PhoneClient } from './phone-client';
import type { PreviewText } from './preview-texts';

interface Props {
  readonly client: PhoneClient;
  /** Its address; undefined while it is idle. */
  readonly address: string | undefined;
  readonly rings: boolean;
  readonly text: (key: PreviewText) => string;
  /** Class of its buttons. */
  readonly button: string;
}

export function OwnMobile({ client, address, rings, text, button }: Props) {
  if (address === undefined) return null;
  return (
    <section aria-label={text('mobile')} data-mobile={rings ? 'ringing' : 'in-call'}>
      <div>{text(rings ? 'mobileRings' : 'mobileTalks')}</div>
      {rings && (
        <button type="button" className={button} onClick={() => void client.lift(address)}>
          {text('mobileAnswer')}
        </button>
      )}
      <button type="button" className={button} onClick={() => void client.layDown(address)}>
        {text(rings ? 'mobileRefuse' : 'mobileHangUp')}
      </button>
    </section>
  );
}
