/** Why a call failed or ended, out of what Asterisk says: Q.850 causes and results of Dial. Pure. */
import type { CallReason } from '../../../shared/call';

/** Q.850 causes (and Asterisk's own) that say more than "normal". */
const causes: Readonly<Record<number, CallReason>> = {
  1: 'unknown-number',
  2: 'unreachable',
  3: 'unreachable',
  17: 'busy',
  18: 'no-answer',
  19: 'no-answer',
  20: 'unreachable',
  21: 'rejected',
  22: 'unknown-number',
  26: 'answered-elsewhere',
  27: 'unreachable',
  28: 'unknown-number',
  34: 'network',
  38: 'network',
  41: 'network',
  42: 'network',
  44: 'network',
  58: 'network',
  88: 'network',
};

/** The reason in a hang-up cause; undefined where it says nothing but that it is over. */
export const reasonOfCause = (cause: number): CallReason | undefined => causes[cause];

/** What Dial says of one called phone. `rang`: it had rung, so somebody was there to refuse. */
export function reasonOfDial(status: string, rang: boolean): CallReason | undefined {
  switch (status) {
    case 'BUSY':
      return rang ? 'rejected' : 'busy';
    case 'NOANSWER':
      return 'no-answer';
    case 'CONGESTION':
    case 'CHANUNAVAIL':
      return rang ? 'rejected' : 'unreachable';
    case 'CANCEL':
      return 'cancelled';
    default:
      return undefined;
  }
}
