/** Users from a CSV file: chosen, looked at, taken over as a whole. */
import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { importUsers, type ImportProblem, type UserImport } from '../../shared/api/administration-import';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { administrationTexts } from './texts';
import { userImportTexts } from './user-import-texts';

/** Five hundred passwords are made safe in about a minute. Milliseconds. */
const patience = 180_000;

const useStyles = makeStyles({
  view: {
    padding: tokens.spacingHorizontalM,
    display: 'grid',
    gap: tokens.spacingVerticalM,
    alignContent: 'start',
    overflowY: 'auto',
    overflowWrap: 'anywhere',
  },
  back: { justifySelf: 'start' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    ':focus': { outline: 'none' },
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: 0, listStyle: 'none', display: 'grid', gap: tokens.spacingVerticalXS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export function UserImportView({ onBack }: { readonly onBack: () => void }) {
  const styles = useStyles();
  const t = useText(userImportTexts);
  const administration = useText(administrationTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { client, announce } = useServices();
  const { count } = useFormats();
  const { busy, error, attempt, forget } = useAttempt();
  const [file, setFile] = useState<File>();
  const [result, setResult] = useState<UserImport>();
  const input = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const send = (chosen: File, apply: 'yes' | 'no') =>
    void attempt(async () => {
      setResult(undefined);
      // Windows names CSV files after the program that opens them: the service looks at the bytes.
      const bytes = new Blob([chosen], { type: 'application/octet-stream' });
      const answer = await client.call(importUsers, { query: { apply }, file: bytes }, { timeoutMs: patience });
      setResult(answer);
      if (answer.applied) announce(t.done(count(answer.added), count(answer.changed)));
    });
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setResult(undefined);
    forget();
    if (chosen) send(chosen, 'no');
  };
  const reasons = new Map<string, string>(Object.entries(t.reasons));
  const told = ({ row, column, reason }: ImportProblem) =>
    [row === undefined ? [] : t.row(count(row)), column ?? [], reasons.get(reason) ?? administration.problems.other]
      .flat()
      .join(' · ');
  const nothingToDo = result !== undefined && result.problems.length === 0 && result.added + result.changed === 0;
  return (
    <div className={styles.view}>
      <Button className={styles.back} appearance="subtle" size="small" icon={<ArrowLeft20Regular />} onClick={onBack}>
        {shared.back}
      </Button>
      <h2 ref={heading} tabIndex={-1} className={styles.title}>
        {t.title}
      </h2>
      <p className={styles.text}>{t.hint}</p>
      <div className={styles.buttons}>
        <input
          ref={input}
          hidden
          type="file"
          aria-label={t.file}
          accept=".csv,text/csv"
          onChange={(event) => {
            choose(event.target.files?.[0]);
            // The same file, mended, can be chosen again.
            event.target.value = '';
          }}
        />
        <Button disabledFocusable={busy} onClick={() => input.current?.click()}>
          {t.choose}
        </Button>
      </div>
      {file && <span>{file.name}</span>}
      {busy && <Spinner size="small" label={t.busy} />}
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {result !== undefined && result.problems.length > 0 && (
        <>
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{t.refused}</MessageBarBody>
          </MessageBar>
          <ul className={styles.list} aria-label={t.problems} data-import="refused">
            {result.problems.map((problem, index) => (
              // The place in the list is all that tells two of them apart.
              <li key={index}>{told(problem)}</li>
            ))}
            {result.moreProblems > 0 && <li>{t.more(count(result.moreProblems))}</li>}
          </ul>
        </>
      )}
      {result !== undefined && result.problems.length === 0 && (
        <>
          <MessageBar intent={result.applied ? 'success' : 'info'} layout="multiline" role="status">
            <MessageBarBody>
              {result.applied
                ? t.done(count(result.added), count(result.changed))
                : nothingToDo
                  ? t.nothing
                  : t.plan(count(result.added), count(result.changed), count(result.unchanged))}
              {result.withoutPassword > 0 && ` ${t.withoutPassword(count(result.withoutPassword))}`}
            </MessageBarBody>
          </MessageBar>
          {!result.applied && !nothingToDo && file && (
            <div className={styles.buttons}>
              <Button appearance="primary" disabledFocusable={busy} onClick={() => send(file, 'yes')}>
                {t.apply}
              </Button>
            </div>
          )}
          <ul
            className={styles.list}
            aria-label={administration.users}
            data-import={result.applied ? 'done' : 'planned'}
          >
            {result.users.map(({ row, userName, displayName, outcome }) => (
              <li key={row}>{[t.outcomes[outcome], displayName ?? [], userName].flat().join(' · ')}</li>
            ))}
            {result.added + result.changed > result.users.length && (
              <li>{t.more(count(result.added + result.changed - result.users.length))}</li>
            )}
          </ul>
        </>
      )}
    </div>
  );
}
