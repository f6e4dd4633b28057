/** Settings of the sync (SYN-3): kept for the user by the service, so they hold in every pane. */
import { Checkbox, Field, makeStyles, MessageBar, MessageBarBody, Select, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { syncIntervals, type Settings } from '../../shared/profile';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { useStore } from '../shell/use-store';
import { PictureSetting } from './picture-setting';
import { syncTexts } from './texts';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
});

export function SyncSettings() {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { count } = useFormats();
  const { profile } = useServices();
  const errorText = useErrorText();
  const settings = useStore(profile.settings);
  const [failure, setFailure] = useState<unknown>();

  const change = (part: Partial<Settings>) => {
    setFailure(undefined);
    profile.change(part).catch((error: unknown) => setFailure(error));
  };
  const words = (minutes: number) => {
    if (minutes === 0) return t.intervalOff;
    return minutes < 60 ? t.intervalMinutes(count(minutes)) : t.intervalHours(count(minutes / 60));
  };
  return (
    <section className={styles.section} aria-labelledby="sync-settings-title">
      <h2 className={styles.title} id="sync-settings-title">
        {t.settings}
      </h2>
      <Checkbox
        label={t.skipWithoutNumber}
        checked={settings.skipContactsWithoutNumber}
        onChange={(_event, { checked }) => change({ skipContactsWithoutNumber: checked === true })}
      />
      <PictureSetting onFailure={setFailure} />
      <Field label={t.interval}>
        <Select
          value={String(settings.syncIntervalMinutes)}
          onChange={(_event, { value }) => {
            const minutes = syncIntervals.find((interval) => String(interval) === value);
            if (minutes !== undefined) change({ syncIntervalMinutes: minutes });
          }}
        >
          {syncIntervals.map((minutes) => (
            <option key={minutes} value={String(minutes)}>
              {words(minutes)}
            </option>
          ))}
        </Select>
      </Field>
      {failure !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{errorText(failure)}</MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}
