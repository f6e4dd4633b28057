/** The way into an installation that nobody administers yet: the one-time code for an account and the first site. */
import {
  Button,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  Title3,
  tokens,
  type InputProps,
} from '@fluentui/react-components';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { errorCodeOf } from '../api/api-error';
import type { ApiClient } from '../api/client';
import type { SessionKeeper } from '../api/session-keeper';
import { useText } from '../shell/i18n/text';
import { PasswordRules } from '../shell/password-rules';
import { useErrorText } from '../shell/use-error-text';
import { furtherFields, type FieldName } from './first-administrator-values';
import { firstAdministratorTexts } from './texts';
import { useFirstAdministrator } from './use-first-administrator';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXL,
    maxWidth: '400px',
    margin: '0 auto',
  },
  title: { margin: 0 },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  group: { display: 'grid', gap: tokens.spacingVerticalM, border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  more: { cursor: 'pointer', paddingBlock: tokens.spacingVerticalXS },
});

interface Props {
  readonly client: ApiClient;
  readonly session: SessionKeeper;
  /** The user begins to type: what comes after signing in may be fetched. */
  readonly onBegin: () => void;
  readonly onBack: () => void;
}

export default function FirstAdministratorForm({ client, session, onBegin, onBack }: Props) {
  const styles = useStyles();
  const shared = useText();
  const t = useText(firstAdministratorTexts);
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [open, setOpen] = useState(false);
  const model = useFirstAdministrator(client, session);
  const { values, problems, busy, error } = model;

  const focus = (name: FieldName) => form.current?.querySelector<HTMLInputElement>(`input[name=${name}]`)?.focus();
  useEffect(() => focus('code'), []);

  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = await model.submit();
    if (wrong === undefined) return;
    // A closed part cannot be focused; React has not drawn it open yet, so the element is opened by hand.
    if (furtherFields.some((name) => name === wrong)) form.current?.querySelector('details')?.setAttribute('open', '');
    focus(wrong);
  };

  const field = (name: FieldName, label: string, hint?: string, input: Partial<InputProps> = {}) => {
    const problem = problems[name];
    return (
      <Field
        label={label}
        required={input.required ?? true}
        {...(hint === undefined ? {} : { hint })}
        {...(problem === undefined ? {} : { validationMessage: t.problems[problem] })}
      >
        <Input
          name={name}
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          value={values[name]}
          onChange={(_, data) => model.change(name, data.value)}
          {...input}
        />
      </Field>
    );
  };
  const password = { type: 'password', autoComplete: 'new-password', maxLength: 256 } as const;
  const digits = { inputMode: 'tel', required: false } as const;

  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void send(event)} onInput={onBegin} noValidate>
      <Title3 as="h1" className={styles.title}>
        {t.title}
      </Title3>
      <p className={styles.hint}>{t.intro}</p>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            {errorCodeOf(error) === 'one-time-code-refused' ? t.codeRefused : errorText(error)}
          </MessageBarBody>
        </MessageBar>
      )}
      {field('code', t.code, t.codeHint, { autoCapitalize: 'characters' })}
      {field('userName', shared.userName, shared.userNameHint, { autoComplete: 'username', autoCapitalize: 'none' })}
      {field('displayName', t.displayName, undefined, { autoComplete: 'name', maxLength: 256 })}
      {field('password', t.password, undefined, password)}
      <PasswordRules password={values.password} />
      {field('repeat', t.repeat, undefined, password)}
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t.site}</legend>
        {field('siteName', t.siteName, t.siteNameHint, { maxLength: 100 })}
        {field('countryCode', t.countryCode, t.countryCodeHint, digits)}
        <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className={styles.more}>{t.more}</summary>
          <div className={styles.group}>
            <p className={styles.hint}>{t.moreHint}</p>
            {furtherFields.map((name) => (
              <div key={name}>{field(name, t[name], t[`${name}Hint`], digits)}</div>
            ))}
          </div>
        </details>
      </fieldset>
      <Button
        type="submit"
        appearance="primary"
        disabledFocusable={busy}
        {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
      >
        {busy ? t.submitting : t.submit}
      </Button>
      <Button appearance="subtle" onClick={onBack}>
        {shared.back}
      </Button>
    </form>
  );
}
