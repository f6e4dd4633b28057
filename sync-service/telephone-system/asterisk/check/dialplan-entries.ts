/** The entries of our dialplan (`dialplan/uc.conf`) that the service sends calls to. */
import type { AsteriskSettings } from '../asterisk-settings';

/** Context and extension of each. A test holds the list and the file together. */
export function dialplanEntries(
  settings: Pick<AsteriskSettings, 'dialContext' | 'answerContext'>,
): readonly (readonly [context: string, extension: string])[] {
  return [
    [settings.dialContext, 's'],
    [settings.answerContext, 's'],
  ];
}
