/** The audit trail: who did what to whom, and when. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { AuditEntry } from '../../shared/api/administration-audit';
import { useFormats, useText } from '../shell/i18n/text';
import { LoadedList } from './loaded-list';
import { auditTexts } from './audit-texts';
import { useAuditTrail } from './use-audit-trail';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    overflowWrap: 'anywhere',
  },
  action: { fontWeight: tokens.fontWeightSemibold },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export function AuditTab() {
  const t = useText(auditTexts);
  const { page, error, more, reload } = useAuditTrail();
  return (
    <LoadedList
      label={t.auditTrail}
      rows={page?.items}
      error={error}
      onRetry={reload}
      none={{ title: t.nothingDone, hint: t.nothingDoneHint }}
      rowHeight={52}
      render={(entry) => <AuditRow entry={entry} />}
      onNearEnd={more}
      focusable
    />
  );
}

function AuditRow({ entry }: { readonly entry: AuditEntry }) {
  const styles = useStyles();
  const t = useText(auditTexts);
  const { dateTime, count } = useFormats();
  // The service may be newer than this pane: a word that is not known is shown as it is.
  const actors = new Map<string, string>(Object.entries(t.actors));
  const actions = new Map<string, string>(Object.entries(t.actions));
  const name = (who: AuditEntry['actor']) => who.name ?? actors.get(who.id) ?? t.gone;
  const facts = [
    dateTime(entry.at),
    ...(entry.actor.id === 'sign-in' ? [] : [t.by(name(entry.actor))]),
    ...(entry.times > 1 ? [t.times(count(entry.times))] : []),
  ];
  return (
    <div className={styles.row}>
      <span className={styles.action}>
        {actions.get(entry.action) ?? entry.action}: {name(entry.subject)}
      </span>
      <span className={styles.second}>{facts.join(' · ')}</span>
    </div>
  );
}
