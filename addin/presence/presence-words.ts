/** Presence in words and signs. */
import type { PresenceBadgeProps } from '@fluentui/react-components';
import type { ColleaguePresence, ColleagueStatus } from '../../shared/presence';
import type { PaneLanguage, TextsOf } from '../shell/i18n/catalogue';
import type { presenceTexts } from './texts';

/** The badge of a status; what it is exactly stands beside it in words. */
export const badgeOf: Readonly<
  Record<ColleagueStatus, { status: NonNullable<PresenceBadgeProps['status']>; outOfOffice?: true }>
> = {
  office: { status: 'available' },
  meeting: { status: 'busy' },
  sick: { status: 'away', outOfOffice: true },
  break: { status: 'away' },
  'out-of-office': { status: 'out-of-office' },
  vacation: { status: 'out-of-office' },
  lunch: { status: 'away' },
  home: { status: 'away' },
  'do-not-disturb': { status: 'do-not-disturb' },
  absent: { status: 'away', outOfOffice: true },
  'not-visible': { status: 'unknown' },
};

/** The planned return as one says it: the time alone today, else with the date. Both ISO 8601 or milliseconds. */
export function returnWords(returnAt: string, now: number, language: PaneLanguage): string {
  const time = new Date(returnAt);
  const today = time.toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(!today && { day: '2-digit', month: '2-digit' }),
    ...(time.getFullYear() !== new Date(now).getFullYear() && { year: 'numeric' }),
  }).format(time);
}

/** "Meeting until 14:30 – text". */
export function presenceWords(
  { status, returnAt, text }: Pick<ColleaguePresence, 'status' | 'returnAt' | 'text'>,
  t: TextsOf<typeof presenceTexts>,
  now: number,
  language: PaneLanguage,
): string {
  const word = t.statuses[status];
  const until = returnAt === undefined ? word : t.until(word, returnWords(returnAt, now, language));
  return text === undefined ? until : t.withText(until, text);
}
