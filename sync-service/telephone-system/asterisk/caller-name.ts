/** Names on desk phones: the dialplan asks (context `uc-name`) whose number that is, and waits 50 ms at most. */
import type { CallerNames, WatchedDevice } from '../telephone-system';
import type { AmiConnection } from './ami-connection';
import { field } from './ami-message';
import type { AmiMessage } from './ami-message';
import { deviceOf } from './channel';
import { encodeName } from './originate';

/** Answers where the event is such a question about a phone that is watched; what fails leaves the phone without a name. */
export function answerCallerName(
  event: AmiMessage,
  devices: ReadonlyMap<string, WatchedDevice>,
  names: CallerNames | undefined,
  action: AmiConnection['action'],
): void {
  if (field(event, 'UserEvent') !== 'UcName' || names === undefined) return;
  const channel = field(event, 'Uniqueid');
  const number = field(event, 'Number');
  const device = deviceOf(field(event, 'Channel') ?? '');
  if (channel === undefined || number === undefined || !devices.has(device)) return;
  const answer = async (): Promise<void> => {
    const name = await names.nameOf(device, number);
    if (name === undefined || name.trim() === '') return;
    await action('Setvar', { Channel: channel, Variable: 'UC_CALLER_NAME', Value: encodeName(name) });
  };
  // The phone may have gone by then.
  answer().catch(() => undefined);
}
