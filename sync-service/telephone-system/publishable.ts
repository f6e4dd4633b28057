/** What may be published at a telephone system. Pure. */
import { presenceTextProblem } from '../../shared/presence';
import { TelephoneSystemError } from './telephone-system';
import type { PublishCommand, PublishedTarget } from './telephone-system';

/** An extension as it can be a key and a number of a dialplan. */
export const publishableExtension = /^[0-9*#]{1,20}$/;
const owner = /^[A-Za-z0-9_-]{1,64}$/;
/** Digits alone: a star code would change what the caller has set, not send him anywhere. */
const target = /^\d{1,32}$/;

const refuse = (message: string): never => {
  throw new TelephoneSystemError('refused', message);
};

/** Gives the command with its return time in whole seconds. @throws TelephoneSystemError `refused` */
export function assertPublishable(command: PublishCommand): PublishCommand {
  const { extension, presence, forwarding } = command;
  if (!publishableExtension.test(extension)) refuse('An extension has digits, * and # only.');
  if (!owner.test(command.owner)) refuse('The id of a user has letters, digits, - and _ only.');
  const targets: (PublishedTarget | undefined)[] = Object.values(forwarding?.targets ?? {});
  for (const each of targets) {
    if (each !== undefined && each !== 'voicemail' && !target.test(each.dialString)) {
      refuse('A number to forward to has digits only.');
    }
  }
  if (forwarding?.targets['do-not-disturb'] !== undefined) refuse('Do not disturb forwards nothing.');
  if (presence?.text !== undefined && presenceTextProblem(presence.text) !== undefined) {
    refuse('The text cannot be kept at the telephone system.');
  }
  if (presence?.returnAt === undefined) return command;
  return { ...command, presence: { ...presence, returnAt: Math.floor(presence.returnAt / 1000) * 1000 } };
}
