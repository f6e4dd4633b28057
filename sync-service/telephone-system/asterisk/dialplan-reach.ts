/** Whether the office's dialplan has somewhere to send a number to, before a phone rings for it. */
import { TelephoneSystemError } from '../telephone-system';
import { AmiError } from './ami-connection';
import type { AmiConnection } from './ami-connection';
import { field } from './ami-message';

/** Context in which our dialplan dials. */
const officeContext = 'uc-office';

/** True where Asterisk cannot tell (func_dialplan is not loaded). @throws TelephoneSystemError `unavailable` */
export async function dialplanReaches(ami: Pick<AmiConnection, 'action'>, dialString: string): Promise<boolean> {
  // What is no number of a dialplan cannot be asked for without breaking out of the expression.
  if (!/^[0-9*#]{1,64}$/.test(dialString)) return false;
  try {
    const answer = await ami.action('Getvar', { Variable: `DIALPLAN_EXISTS(${officeContext},${dialString},1)` });
    return field(answer, 'Value') !== '0';
  } catch (error) {
    if (error instanceof AmiError && error.failure === 'refused') return true;
    throw new TelephoneSystemError('unavailable', 'The telephone system cannot be reached.', error);
  }
}
