/** Changing the initial password, which is demanded at the first sign-in (SET-3). The rules are checked while typing. */
import {
  Button,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Title3,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { brokenPasswordRules } from '../../shared/profile';
import type { SessionKeeper } from '../api/session-keeper';
import { fluentRef } from './fluent-ref';
import { useText } from './i18n/text';
import { PasswordRules } from './password-rules';
import { useErrorText } from './use-error-text';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXL,
    maxWidth: '400px',
    margin: '0 auto',
  },
  inside: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  title: { margin: 0 },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

interface Props {
  readonly session: SessionKeeper;
  readonly userName: string;
  /** Part of the settings, where nobody demands it: called when it is done or given up. */
  readonly onClose?: (changed: boolean) => void;
}

export function PasswordChange({ session, userName, onClose }: Props) {
  const styles = useStyles();
  const t = useText();
  const errorText = useErrorText();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [repeat, setRepeat] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const first = useRef<HTMLInputElement>(null);
  const broken = brokenPasswordRules(next);

  useEffect(() => first.current?.focus(), []);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || !old || broken.length > 0 || next === old || next !== repeat) return;
    setBusy(true);
    setError(undefined);
    try {
      await session.changePassword(old, next);
      onClose?.(true);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  const field = (value: string, change: (text: string) => void, autoComplete: string) => ({
    type: 'password' as const,
    autoComplete,
    maxLength: 256,
    value,
    onChange: (_: unknown, data: { readonly value: string }) => change(data.value),
  });
  const same = tried && next !== '' && next === old;
  const differ = tried && next !== repeat;
  return (
    <form
      className={onClose === undefined ? styles.form : styles.inside}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      {onClose === undefined && (
        <>
          <Title3 as="h1" className={styles.title}>
            {t.changePassword}
          </Title3>
          <p className={styles.hint}>{t.changePasswordHint}</p>
        </>
      )}
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {/* For password managers: whose password it is. */}
      <input
        className={styles.hidden}
        type="text"
        autoComplete="username"
        value={userName}
        readOnly
        tabIndex={-1}
        aria-hidden
      />
      <Field label={t.oldPassword} required {...(tried && !old ? { validationMessage: t.fillIn } : {})}>
        <Input ref={fluentRef(first)} {...field(old, setOld, 'current-password')} />
      </Field>
      <Field label={t.newPassword} required {...(same ? { validationMessage: t.passwordSame } : {})}>
        <Input {...field(next, setNext, 'new-password')} />
      </Field>
      <PasswordRules password={next} />
      <Field label={t.repeatPassword} required {...(differ ? { validationMessage: t.passwordsDiffer } : {})}>
        <Input {...field(repeat, setRepeat, 'new-password')} />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={busy}>
        {t.save}
      </Button>
      {onClose === undefined ? (
        <Button appearance="subtle" onClick={() => void session.signOut()}>
          {t.signOut}
        </Button>
      ) : (
        <Button onClick={() => onClose(false)}>{t.cancel}</Button>
      )}
    </form>
  );
}
