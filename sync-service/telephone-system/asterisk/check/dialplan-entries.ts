/** The entries of our dialplan (`dialplan/uc.conf`), for the check whether they are all there. */
import type { AsteriskSettings } from '../asterisk-settings';

/** Contexts that begin with the extension `s`. A test holds the list and the file together. */
export const dialplanContexts = [
  'uc-own-number',
  'uc-callback',
  'uc-auto-answer',
  'uc-hold',
  'uc-take',
  'uc-recall',
  'uc-wait',
  'uc-join',
  'uc-after',
  'uc-consult',
  'uc-consulted',
  'uc-give',
  'uc-conf',
  'uc-send',
  'uc-to-voicebox',
  'uc-from',
  'uc-forwarded',
  'uc-pickup',
  'uc-name',
  'uc-db-write',
  'uc-db-set',
  'uc-db-tell',
  'uc-db-show',
  'uc-db-read',
  'uc-db-remove',
  'uc-db-list',
  'uc-forward',
  'uc-absence',
  'uc-code',
  'uc-code-of',
  'uc-code-time',
  'uc-code-done',
] as const;

/** Those that begin with another. */
const otherEntries = [
  ['uc-status', 'office'],
  ['uc-codes', '*770'],
  ['uc-codes-forwarding', '*72'],
] as const;

/** Context and extension of each. */
export function dialplanEntries(
  settings: Pick<AsteriskSettings, 'dialContext' | 'answerContext'>,
): readonly (readonly [context: string, extension: string])[] {
  return [
    ...[settings.dialContext, settings.answerContext, ...dialplanContexts].map((context) => [context, 's'] as const),
    ...otherEntries,
  ];
}
