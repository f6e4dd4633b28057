/** Updates: asks the service for its version when told to, and whenever the ribbon's "Check for updates" leads here. */
import { Button, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { ArrowClockwise20Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { SettingsGroup } from '../shell/settings-group';
import { useErrorText } from '../shell/use-error-text';
import { useStore } from '../shell/use-store';
import { updatesTexts } from './texts';
import { useUpdateCheck } from './use-update-check';

const useStyles = makeStyles({ left: { justifySelf: 'start' } });

export function UpdatesSection() {
  const styles = useStyles();
  const t = useText(updatesTexts);
  const errorText = useErrorText();
  const { navigation } = useServices();
  const { section } = useStore(navigation.location);
  const { check, start } = useUpdateCheck();
  // The address is something from outside that this follows; a new object for each time that it leads here.
  useEffect(() => {
    if (section?.name === 'updates') start();
  }, [section, start]);
  return (
    <SettingsGroup section="updates" title={t.updates}>
      {check.status === 'up-to-date' && (
        <MessageBar intent="success" layout="multiline" role="status">
          <MessageBarBody>{t.upToDate(check.version)}</MessageBarBody>
        </MessageBar>
      )}
      {check.status === 'other' && (
        <MessageBar intent="info" layout="multiline" role="status">
          <MessageBarBody>
            {t.newVersion(check.version)}{' '}
            <Button size="small" onClick={() => window.location.reload()}>
              {t.updateNow}
            </Button>
          </MessageBarBody>
        </MessageBar>
      )}
      {check.status === 'failed' && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(check.error)}</MessageBarBody>
        </MessageBar>
      )}
      <Button
        className={styles.left}
        icon={<ArrowClockwise20Regular />}
        disabledFocusable={check.status === 'checking'}
        onClick={start}
      >
        {check.status === 'checking' ? t.checking : t.check}
      </Button>
    </SettingsGroup>
  );
}
