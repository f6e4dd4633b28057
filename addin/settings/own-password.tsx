/** Changing the own password (SET-3); for who signed in with it. */
import { Button, makeStyles } from '@fluentui/react-components';
import { Key20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useText } from '../shell/i18n/text';
import { PasswordChange } from '../shell/password-change';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { settingsTexts } from './texts';

const useStyles = makeStyles({ left: { justifySelf: 'start' } });

export function OwnPassword() {
  const styles = useStyles();
  const t = useText(settingsTexts);
  const { session, announce } = useServices();
  const state = useStore(session.state);
  const [open, setOpen] = useState(false);
  if (state.status !== 'signed-in' || state.signedInBy !== 'password') return null;
  if (!open) {
    return (
      <Button className={styles.left} icon={<Key20Regular />} onClick={() => setOpen(true)}>
        {t.changePassword}
      </Button>
    );
  }
  return (
    <PasswordChange
      session={session}
      userName={state.user.userName}
      onClose={(changed) => {
        setOpen(false);
        if (changed) announce(t.passwordChanged);
      }}
    />
  );
}
