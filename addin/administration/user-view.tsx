/** One user: what is known of the account, and what an administrator may do with it. */
import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { AdministeredUser } from '../../shared/api/administration-users';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { InitialPassword } from './initial-password';
import { saveJsonFile } from './save-json-file';
import { administrationTexts } from './texts';
import { useUserActions } from './use-users';
import { UserBadges } from './user-badges';

const useStyles = makeStyles({
  view: {
    padding: tokens.spacingHorizontalM,
    display: 'grid',
    gap: tokens.spacingVerticalM,
    alignContent: 'start',
    overflowY: 'auto',
  },
  back: { justifySelf: 'start' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    ':focus': { outline: 'none' },
  },
  facts: { margin: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  term: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  question: { display: 'grid', gap: tokens.spacingVerticalS, overflowWrap: 'anywhere' },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold },
});

interface Props {
  readonly user: AdministeredUser;
  /** There are several sites, so that the user's is worth telling. */
  readonly several: boolean;
  readonly note: ReactNode;
  readonly onChanged: (user: AdministeredUser) => void;
  readonly onEdit: () => void;
  readonly onBack: () => void;
}

/** What is asked before it is done. */
type Question = 'unlink' | 'reset' | 'disable' | 'export' | 'erase';

export function UserView({ user, several, note, onChanged, onEdit, onBack }: Props) {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { announce } = useServices();
  const actions = useUserActions();
  const [question, setQuestion] = useState<Question>();
  const [said, setSaid] = useState<ReactNode>(note);
  const { busy, error, attempt: attemptOne } = useAttempt();
  const heading = useRef<HTMLHeadingElement>(null);
  const buttons = useRef<HTMLDivElement>(null);
  const asked = useRef<Question>(undefined);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    // Back from a question: to the button that asked it.
    if (question === undefined && asked.current !== undefined)
      buttons.current?.querySelector<HTMLElement>(`[name=${asked.current}]`)?.focus();
    asked.current = question;
  }, [question]);

  const attempt = (act: () => Promise<void>) => {
    if (busy) return;
    setSaid(undefined);
    void attemptOne(async () => {
      await act();
      setQuestion(undefined);
    });
  };
  const name = user.displayName;
  const reset = async () => setSaid(<InitialPassword user={user} password={await actions.resetPassword(user.id)} />);
  const setDisabled = async (disabled: boolean) => {
    onChanged(await actions.setDisabled(user.id, disabled));
    announce(disabled ? t.disabledDone(name) : t.enabledDone(name));
  };
  const unlink = async () => {
    onChanged(await actions.unlinkMicrosoft(user.id));
    announce(t.unlinked(name));
  };
  const exportData = async () => {
    saveJsonFile(`${user.userName}.json`, await actions.exportData(user.id));
    setSaid(
      <MessageBar intent="success" layout="multiline" role="status">
        <MessageBarBody>{t.exported}</MessageBarBody>
      </MessageBar>,
    );
  };
  const erase = async (typed: string) => {
    await actions.erase(user.id, typed);
    announce(t.erased(name));
    onBack();
  };

  const facts: [string, string][] = [
    [t.userName, user.userName],
    [t.extension, user.extension ?? '–'],
    [t.email, user.email ?? '–'],
    [t.mobileNumber, user.mobileNumber ?? '–'],
    [t.externalNumber, user.externalNumber ?? '–'],
    ...(several ? [[t.site, user.site] satisfies [string, string]] : []),
    [t.devices, user.devices.map((device) => `${device.name} (${device.address})`).join(', ') || t.noTelephone],
  ];
  return (
    <div className={styles.view}>
      <Button className={styles.back} appearance="subtle" size="small" icon={<ArrowLeft20Regular />} onClick={onBack}>
        {shared.back}
      </Button>
      <div className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {name}
        </h2>
        <UserBadges user={user} />
      </div>
      {said}
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      <dl className={styles.facts}>
        {facts.map(([term, value]) => (
          <Fact key={term} term={term} value={value} />
        ))}
      </dl>
      {question === undefined && (
        <div ref={buttons} className={styles.buttons}>
          <Button onClick={onEdit}>{t.edit}</Button>
          <Button name="reset" onClick={() => setQuestion('reset')}>
            {t.resetPassword}
          </Button>
          {user.disabled ? (
            <Button name="disable" disabledFocusable={busy} onClick={() => attempt(() => setDisabled(false))}>
              {t.enable}
            </Button>
          ) : (
            <Button name="disable" onClick={() => setQuestion('disable')}>
              {t.disable}
            </Button>
          )}
          {user.microsoftLinked && (
            <Button name="unlink" onClick={() => setQuestion('unlink')}>
              {t.unlinkMicrosoft}
            </Button>
          )}
          <Button name="export" onClick={() => setQuestion('export')}>
            {t.exportData}
          </Button>
          <Button name="erase" onClick={() => setQuestion('erase')}>
            {t.erase}
          </Button>
        </div>
      )}
      {question === 'reset' && (
        <Ask text={t.resetQuestion(name)} yes={t.reset} busy={busy} onYes={() => attempt(reset)} onNo={setQuestion} />
      )}
      {question === 'disable' && (
        <Ask
          text={t.disableQuestion(name)}
          yes={t.disable}
          busy={busy}
          onYes={() => attempt(() => setDisabled(true))}
          onNo={setQuestion}
        />
      )}
      {question === 'unlink' && (
        <Ask
          text={t.unlinkQuestion(name)}
          yes={t.unlink}
          busy={busy}
          onYes={() => attempt(unlink)}
          onNo={setQuestion}
        />
      )}
      {question === 'export' && (
        <Ask
          text={t.exportQuestion(name)}
          yes={t.download}
          busy={busy}
          onYes={() => attempt(exportData)}
          onNo={setQuestion}
        />
      )}
      {question === 'erase' && (
        <Ask
          text={t.eraseQuestion(name)}
          yes={t.eraseConfirm}
          busy={busy}
          confirm={user.userName}
          onYes={(typed) => attempt(() => erase(typed))}
          onNo={setQuestion}
        />
      )}
    </div>
  );
}

function Fact({ term, value }: { readonly term: string; readonly value: string }) {
  const styles = useStyles();
  return (
    <div>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>{value}</dd>
    </div>
  );
}

/** A question in the place of the buttons; with `confirm` that word has to be typed. */
function Ask(props: {
  readonly text: string;
  readonly yes: string;
  readonly busy: boolean;
  readonly confirm?: string;
  readonly onYes: (typed: string) => void;
  readonly onNo: (none: undefined) => void;
}) {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const shared = useText();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const { text, yes, busy, confirm, onYes, onNo } = props;
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => first.current?.querySelector<HTMLElement>('input, button')?.focus(), []);
  return (
    <div ref={first} className={styles.question} role="group" aria-label={yes} data-question="">
      <p className={styles.asked}>{text}</p>
      {confirm !== undefined && (
        <Field label={t.userName} {...(wrong ? { validationMessage: t.eraseWrong } : {})}>
          <Input value={typed} autoComplete="off" maxLength={64} onChange={(_, data) => setTyped(data.value)} />
        </Field>
      )}
      <div className={styles.buttons}>
        <Button onClick={() => onNo(undefined)}>{shared.cancel}</Button>
        <Button
          appearance="primary"
          disabledFocusable={busy}
          onClick={() => {
            const differs = confirm !== undefined && typed.trim().toLowerCase() !== confirm.toLowerCase();
            setWrong(differs);
            if (!differs) onYes(typed);
          }}
        >
          {yes}
        </Button>
      </div>
    </div>
  );
}
