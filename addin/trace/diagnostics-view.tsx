/** The facts of this pane in words, the last requests with their correlation ids, and the last errors. */
import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { Checkmark16Regular, Copy16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { lastErrors, type Fact, type Facts, type LastSync } from './diagnostics';
import { traceTexts } from './texts';
import { useDiagnostics } from './use-diagnostics';

const useStyles = makeStyles({
  heading: { margin: `${tokens.spacingVerticalS} 0 0`, fontSize: tokens.fontSizeBase300 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)',
    columnGap: tokens.spacingHorizontalS,
    margin: 0,
    fontSize: tokens.fontSizeBase200,
  },
  value: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  list: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalL,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
});

const groups = ['pane', 'outlook', 'requirementSets', 'browser', 'session', 'service', 'lastSync'] as const;

export function DiagnosticsView({ lastSync }: { readonly lastSync: LastSync | undefined }) {
  const styles = useStyles();
  const t = useText(traceTexts);
  const shared = useText();
  const { trace } = useServices();
  const found = useDiagnostics(lastSync);
  if (found === undefined) return <Spinner size="tiny" label={shared.loading} />;
  const errors = lastErrors(trace.entries());
  return (
    <>
      {groups.map((group) => (
        <section key={group} aria-label={t.groups[group]}>
          <h3 className={styles.heading}>{t.groups[group]}</h3>
          <FactList facts={found[group]} absent={group === 'requirementSets' ? t.none : t.unknown} />
        </section>
      ))}
      <h3 className={styles.heading}>{t.requests}</h3>
      <ul className={styles.list}>
        {trace
          .requests()
          .toReversed()
          .map(({ route, status, correlationId }, index) => (
            <li key={`${correlationId} ${index}`}>
              {t.request(route, String(status ?? t.noAnswer), correlationId)}
              <CopyReference id={correlationId} />
            </li>
          ))}
      </ul>
      <h3 className={styles.heading}>{t.errors}</h3>
      <ul className={styles.list}>
        {errors.length === 0 && <li>{t.noErrors}</li>}
        {errors.map((entry, index) => (
          <li key={`${entry.at} ${index}`}>
            {entry.kind === 'error' ? `${entry.type} ${entry.text ?? entry.code ?? ''}` : ''}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Hands the id on to whoever reads the service's log. */
function CopyReference({ id }: { readonly id: string }) {
  const t = useText(traceTexts);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(id).then(
      () => setCopied(true),
      // Where the browser does not allow it, the id can be selected by hand.
      () => setCopied(false),
    );
  };
  return (
    <Button
      appearance="subtle"
      size="small"
      icon={copied ? <Checkmark16Regular /> : <Copy16Regular />}
      aria-label={copied ? t.idCopied : t.copyId(id.slice(0, 8))}
      onClick={copy}
    />
  );
}

function FactList({ facts, absent }: { readonly facts: Facts; readonly absent: string }) {
  const styles = useStyles();
  const t = useText(traceTexts);
  const { count, dateTime } = useFormats();
  const names: Readonly<Record<string, string>> = t.facts;
  const write = (name: string, fact: Fact) => {
    if (fact === undefined) return absent;
    if (typeof fact === 'boolean') return fact ? t.yes : t.no;
    if (typeof fact === 'number') return count(fact);
    return name === 'at' || name === 'logLevelUntil' ? dateTime(fact) : fact;
  };
  const entries = Object.entries(facts);
  if (entries.length === 0) return <p className={styles.value}>{t.unknown}</p>;
  return (
    <dl className={styles.facts}>
      {entries.map(([name, fact]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{names[name] ?? name}</dt>
          <dd className={styles.value}>{write(name, fact)}</dd>
        </div>
      ))}
    </dl>
  );
}
