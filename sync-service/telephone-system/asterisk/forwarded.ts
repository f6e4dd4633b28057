/** Calls that the office's dialplan forwards: whoever did not answer is told where the call went. */
import type { WatchedDevice } from '../telephone-system';
import { field } from './ami-message';
import type { AmiMessage } from './ami-message';
import type { SideTeller } from './side-teller';

/** Takes in where a call went, as the dialplan says it (context `uc-forwarded`). */
export function hearForwarding(
  event: AmiMessage,
  devices: ReadonlyMap<string, WatchedDevice>,
  teller: Pick<SideTeller, 'told' | 'isKept' | 'now' | 'willEnd'>,
): void {
  if (field(event, 'UserEvent') !== 'UcForwarded') return;
  const from = field(event, 'From');
  const to = field(event, 'To') ?? '';
  const linkedId = field(event, 'Linkedid');
  for (const { id, device, state, callId } of teller.told()) {
    const isHis = devices.get(device)?.extension === from && state === 'alerting' && callId === linkedId;
    // Only what stopped ringing a moment ago: hung up already, or given up by Dial, whichever event came first.
    if (!isHis || !(teller.isKept(id) || teller.now(id)?.leg.endReason === 'no-answer')) continue;
    teller.willEnd(id, { reason: 'forwarded', ...(/^[0-9*#+]+$/.test(to) ? { takenBy: { number: to } } : {}) });
  }
}
