/** A past sync in words. */
import type { PastSync } from '../../shared/api/sync-history';
import type { TextsOf } from '../shell/i18n/catalogue';
import type { historyTexts } from './history-texts';

/** By what it was started, and where it ran, where that says more. */
export function startOf({ trigger, by }: PastSync, t: TextsOf<typeof historyTexts>): readonly string[] {
  if (trigger === undefined) return [by];
  return trigger === 'file' || trigger === 'unattended' ? [t.triggers[trigger]] : [t.triggers[trigger], by];
}

/** What a sync did, or how it ended: "3 added, 1 changed, 0 removed". */
export function pastSyncText(
  { status, reason, added, changed, removed, pictures = 0, times }: PastSync,
  t: TextsOf<typeof historyTexts>,
  count: (value: number) => string,
): string {
  const news = added + changed + removed > 0;
  const contacts = news ? t.counts(count(added), count(changed), count(removed)) : undefined;
  const replaced = pictures > 0 ? t.picturesReplaced(count(pictures)) : undefined;
  const counts = [contacts, replaced].filter((part) => part !== undefined).join(', ') || t.noNews;
  const told = [
    status === 'done' || status === 'undone' ? counts : t.ends[status],
    ...(status === 'undone' ? [t.undone] : []),
    // That it was cancelled at a wish is what the word says.
    ...(reason === undefined || reason === 'cancelled' ? [] : [t.reasons[reason]]),
    ...(times > 1 ? [t.times(count(times))] : []),
  ];
  return told.join(' · ');
}
