/** The audit trail: who did what to whom, and when. */
import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import type { AuditEntry } from '../../shared/api/administration-audit';
import { useFormats, useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';
import { VirtualList } from '../shell/virtual-list';
import { administrationTexts } from './texts';
import { useAuditTrail } from './use-audit-trail';

const useStyles = makeStyles({
  text: { padding: tokens.spacingHorizontalL, display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  muted: { color: tokens.colorNeutralForeground2, margin: 0 },
  row: {
    display: 'grid',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    overflowWrap: 'anywhere',
  },
  action: { fontWeight: tokens.fontWeightSemibold },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export function AuditTab() {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { entries, error, more, reload } = useAuditTrail();
  return (
    <>
      {error !== undefined && (
        <div className={styles.text}>
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{errorText(error)}</MessageBarBody>
          </MessageBar>
          <Button onClick={reload}>{shared.tryAgain}</Button>
        </div>
      )}
      {entries === undefined && error === undefined && <Spinner size="small" label={shared.loading} />}
      {entries?.length === 0 && (
        <div className={styles.text}>
          <strong>{t.nothingDone}</strong>
          <p className={styles.muted}>{t.nothingDoneHint}</p>
        </div>
      )}
      {entries !== undefined && entries.length > 0 && (
        <VirtualList
          label={t.auditTrail}
          rows={entries}
          keyOf={(entry) => entry.id}
          estimate={() => 52}
          render={(entry) => <AuditRow entry={entry} />}
          onNearEnd={more}
        />
      )}
    </>
  );
}

function AuditRow({ entry }: { readonly entry: AuditEntry }) {
  const styles = useStyles();
  const t = useText(administrationTexts);
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
