/** The server connections: choose one, sign in again, keep up to four. */
import { Button, makeStyles, MessageBar, MessageBarBody, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useEffect, useRef, type ReactNode } from 'react';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { maxConnections, nameOf, type Connection } from './connection';
import { ConnectionForm } from './connection-form';
import { connectionsTexts } from './texts';
import { useConnections } from './use-connections';

const useStyles = makeStyles({
  view: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  question: { display: 'grid', gap: tokens.spacingVerticalS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  label: { display: 'grid', overflowWrap: 'anywhere' },
  detail: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

interface Props {
  /** User name of who is signed in; undefined while nobody is. */
  readonly signedInAs: string | undefined;
  /** Shows the sign-in of this installation. */
  readonly onSignInHere: () => void;
}

export default function ConnectionsView({ signedInAs, onSignInHere }: Props) {
  const styles = useStyles();
  const t = useText(connectionsTexts);
  const use = useConnections(signedInAs, onSignInHere);
  const { list, chosen, here } = use;
  // What had the focus is gone when a form or a question closes.
  const choices = useRef<HTMLDivElement>(null);
  const busy = use.editing !== undefined || use.asking !== undefined;
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !busy) choices.current?.querySelector<HTMLElement>('input:checked')?.focus();
    wasBusy.current = busy;
  }, [busy]);

  if (use.editing !== undefined) {
    const connection = list.find(({ address }) => address === use.editing);
    return (
      <ConnectionForm
        connection={connection}
        fixedAddress={connection?.address === here}
        onSave={use.save}
        onCancel={() => use.edit(undefined)}
      />
    );
  }
  const full = list.length >= maxConnections;
  return (
    <div ref={choices} className={styles.view}>
      <p className={styles.text}>{t.hint}</p>
      {use.refused !== undefined && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{t.refused(use.refused)}</MessageBarBody>
        </MessageBar>
      )}
      <RadioGroup aria-label={t.list} value={chosen?.address ?? here} onChange={(_, { value }) => use.choose(value)}>
        {list.map((connection) => (
          <Radio
            key={connection.address}
            value={connection.address}
            label={<ConnectionLabel connection={connection} isHere={connection.address === here} />}
          />
        ))}
      </RadioGroup>
      {use.asking === 'open' && chosen && (
        <Question
          asked={t.open(new URL(chosen.address).host)}
          hint={`${chosen.address} · ${t.openHint}`}
          yes={t.openConfirm}
          onYes={use.confirmAndOpen}
          onNo={use.stopAsking}
        />
      )}
      {use.asking === 'remove' && chosen && (
        <Question asked={t.removeNamed(nameOf(chosen))} yes={t.remove} onYes={use.remove} onNo={use.stopAsking} />
      )}
      {use.asking === undefined && chosen && (
        <div className={styles.buttons}>
          <Button appearance="primary" onClick={use.signIn}>
            {t.signInAgain}
          </Button>
          <Button onClick={() => use.edit(chosen.address)}>{t.edit}</Button>
          {chosen.address !== here && <Button onClick={use.askToRemove}>{t.remove}</Button>}
          {!full && <Button onClick={() => use.edit('new')}>{t.add}</Button>}
        </div>
      )}
      <p className={styles.text}>{full ? `${t.full} ${t.reopen}` : t.reopen}</p>
    </div>
  );
}

function ConnectionLabel({ connection, isHere }: { readonly connection: Connection; readonly isHere: boolean }) {
  const styles = useStyles();
  const t = useText(connectionsTexts);
  return (
    <span className={styles.label}>
      <span>
        {nameOf(connection)}
        {isHere && ` (${t.thisOne})`}
      </span>
      <span className={styles.detail}>{connection.address}</span>
      <span className={styles.detail}>{connection.userName === '' ? t.noUser : t.user(connection.userName)}</span>
    </span>
  );
}

interface QuestionProps {
  readonly asked: string;
  readonly hint?: ReactNode;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks in place; the focus is on the answer that does nothing. */
function Question({ asked, hint, yes, onYes, onNo }: QuestionProps) {
  const styles = useStyles();
  const { cancel } = useText();
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <div role="group" className={styles.question} aria-label={asked}>
      <p className={styles.asked}>{asked}</p>
      {hint !== undefined && <p className={styles.text}>{hint}</p>}
      <div className={styles.buttons}>
        <Button appearance="primary" onClick={onYes}>
          {yes}
        </Button>
        <Button ref={fluentRef(no)} onClick={onNo}>
          {cancel}
        </Button>
      </div>
    </div>
  );
}
