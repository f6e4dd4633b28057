/** The place Settings. Every change is saved at once. */
import {
  Button,
  Field,
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  tokens,
} from '@fluentui/react-components';
import { Open20Regular, PeopleSettings20Regular, SignOut20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { dateFormats, languages, skins, syncIntervals } from '../../shared/profile';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { SettingsGroup } from '../shell/settings-group';
import { writtenDate } from '../shell/i18n/written-date';
import { DialModeField } from './dial-mode-field';
import { OwnPassword } from './own-password';
import { settingsTexts } from './texts';
import { useSettings } from './use-settings';

const useStyles = makeStyles({
  place: { padding: tokens.spacingHorizontalM, display: 'grid', gap: tokens.spacingVerticalXL },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  left: { justifySelf: 'start' },
  icon: { verticalAlign: 'text-bottom', marginRight: tokens.spacingHorizontalXS },
});

interface Props {
  /** A part that comes first. */
  readonly first?: ReactNode;
  /** Parts that other capabilities have in the settings; they come last. */
  readonly children?: ReactNode;
}

export function SettingsPlace({ first, children }: Props) {
  const styles = useStyles();
  const t = useText(settingsTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { host, navigation } = useServices();
  const { settings, profile, change, choosePhone, error, signOut } = useSettings();
  const devices = profile?.devices ?? [];
  const phone = devices.find(({ isMine }) => isMine);
  return (
    <div className={styles.place}>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {first}
      {profile?.user.role === 'admin' && (
        <SettingsGroup title={shared.places.administration}>
          <p className={styles.text}>{t.administrationHint}</p>
          <Button
            className={styles.left}
            icon={<PeopleSettings20Regular />}
            onClick={() => navigation.goTo('administration')}
          >
            {t.openAdministration}
          </Button>
        </SettingsGroup>
      )}
      <SettingsGroup title={t.appearance}>
        <Field label={t.language}>
          <Select
            value={settings.language}
            onChange={(_, { value }) => {
              const language = languages.find((known) => known === value);
              if (language) change({ language });
            }}
          >
            {languages.map((language) => (
              <option key={language} value={language}>
                {t.languages[language]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t.skin}>
          <Select
            value={settings.skin}
            onChange={(_, { value }) => {
              const skin = skins.find((known) => known === value);
              if (skin) change({ skin });
            }}
          >
            {skins.map((skin) => (
              <option key={skin} value={skin}>
                {t.skins[skin]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t.dateFormat}>
          <Select
            value={settings.dateFormat}
            onChange={(_, { value }) => {
              const dateFormat = dateFormats.find((known) => known === value);
              if (dateFormat) change({ dateFormat });
            }}
          >
            {dateFormats.map((format) => (
              <option key={format} value={format}>
                {format === 'auto' ? t.dateFormatAuto : writtenDate(new Date(), format, 'en')}
              </option>
            ))}
          </Select>
        </Field>
      </SettingsGroup>
      <SettingsGroup title={t.sync} section="sync">
        <Field label={t.interval}>
          <Select
            value={String(settings.syncIntervalMinutes)}
            onChange={(_, { value }) => {
              const syncIntervalMinutes = syncIntervals.find((known) => String(known) === value);
              if (syncIntervalMinutes !== undefined) change({ syncIntervalMinutes });
            }}
          >
            {syncIntervals.map((minutes) => (
              <option key={minutes} value={String(minutes)}>
                {t.intervals[minutes]}
              </option>
            ))}
          </Select>
        </Field>
      </SettingsGroup>
      {host.kind === 'outlook' && (
        <SettingsGroup title={t.window}>
          <p className={styles.text}>{t.windowHint}</p>
          <Link className={styles.left} href="window" target="_blank" rel="noopener">
            <Open20Regular className={styles.icon} />
            {t.openWindow}
          </Link>
        </SettingsGroup>
      )}
      <SettingsGroup title={t.account}>
        {profile && (
          <div>
            {devices.length < 2 && <p className={styles.text}>{phone ? t.phone(phone.name) : t.noPhone}</p>}
            <p className={styles.text}>{t.site(profile.site.name)}</p>
          </div>
        )}
        {devices.length > 1 && (
          <Field label={t.assignedPhone} hint={t.assignedPhoneHint}>
            <Select value={phone?.id ?? ''} onChange={(_, { value }) => choosePhone(value)}>
              {devices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <DialModeField profile={profile} dialMode={settings.dialMode} onChange={(dialMode) => change({ dialMode })} />
        <OwnPassword />
        <Button className={styles.left} icon={<SignOut20Regular />} onClick={signOut}>
          {shared.signOut}
        </Button>
      </SettingsGroup>
      {children}
    </div>
  );
}
