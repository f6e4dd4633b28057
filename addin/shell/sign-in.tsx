/** Signing in with user name and password. Opens by itself while nobody is signed in. */
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
} from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import type { SessionKeeper } from '../api/session-keeper';
import { fluentRef } from './fluent-ref';
import { useText } from './i18n/text';
import { useErrorText } from './use-error-text';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXL,
    maxWidth: '400px',
    margin: '0 auto',
  },
  title: { margin: 0 },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly session: SessionKeeper;
  /** The user begins to type: what comes after signing in may be fetched. */
  readonly onBegin: () => void;
  /** Filled in until the user writes another one. */
  readonly rememberedUser: string;
  /** Opens the server connections. */
  readonly onConnections: () => void;
  /** Opens the form for the first administrator; absent where there is one. */
  readonly onSetUp?: (() => void) | undefined;
  /** Why there is a form although there was a session before. */
  readonly reason?: 'session-ended' | 'signed-out' | undefined;
  /** Another way to sign in, above the fields. */
  readonly children?: ReactNode;
  /** What the form does in place of signing in alone. */
  readonly onSubmit?: ((userName: string, password: string) => Promise<void>) | undefined;
}

export function SignIn({
  session,
  reason,
  rememberedUser,
  onBegin,
  onSetUp,
  onConnections,
  children,
  onSubmit,
}: Props) {
  const styles = useStyles();
  const t = useText();
  const errorText = useErrorText();
  const [typedUser, setTypedUser] = useState<string>();
  const userName = typedUser ?? rememberedUser;
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // The user name that is remembered may still be on its way; then the first field is the right one as well.
    const field = first.current?.value ? second : first;
    field.current?.focus();
  }, []);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy) return;
    if (!userName.trim()) return first.current?.focus();
    if (!password) return second.current?.focus();
    setBusy(true);
    setError(undefined);
    try {
      await (onSubmit ?? session.signIn)(userName.trim(), password);
    } catch (failure) {
      setError(failure);
      setPassword('');
      setTried(false);
      setBusy(false);
      second.current?.focus();
    }
  };

  const missing = (value: string) => (tried && !value.trim() ? { validationMessage: t.fillIn } : {});
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} onInput={onBegin} noValidate>
      <Title3 as="h1" className={styles.title}>
        {t.productName}
      </Title3>
      <p className={styles.hint}>{t.signInHint}</p>
      {reason && error === undefined && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{reason === 'session-ended' ? t.sessionOver : t.signedOut}</MessageBarBody>
        </MessageBar>
      )}
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {children}
      <Field label={t.userName} hint={t.userNameHint} required {...missing(userName)}>
        <Input
          ref={fluentRef(first)}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          value={userName}
          onChange={(_, data) => setTypedUser(data.value)}
        />
      </Field>
      <Field label={t.password} required {...missing(password)}>
        <Input
          ref={fluentRef(second)}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={256}
          value={password}
          onChange={(_, data) => setPassword(data.value)}
        />
      </Field>
      <Button
        type="submit"
        appearance={children ? 'secondary' : 'primary'}
        disabledFocusable={busy}
        {...(busy ? { icon: <Spinner size="tiny" /> } : {})}
      >
        {busy ? t.signingIn : t.signIn}
      </Button>
      <Button appearance="transparent" onClick={onConnections}>
        {t.connections}
      </Button>
      {onSetUp && (
        <Button appearance="transparent" onClick={onSetUp}>
          {t.setUpInstallation}
        </Button>
      )}
    </form>
  );
}
