/** The setting by which a user agrees that his calendar sets his presence (PRE-8). */
import { Button, Checkbox, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { SourceError } from '../../shared/mailbox/contact-source';
import { MicrosoftFailure } from '../outlook/microsoft-failure';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { SettingsGroup } from '../shell/settings-group';
import { useErrorText } from '../shell/use-error-text';
import { NoCalendar } from './no-calendar';
import { calendarTexts } from './texts';
import { useCalendarSetting } from './use-calendar-setting';

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  left: { justifySelf: 'start' },
});

export function CalendarSection() {
  const styles = useStyles();
  const t = useText(calendarTexts);
  const formats = useFormats();
  const { announce } = useServices();
  const errorWords = useCalendarErrorText();
  const { wanted, state, busy, error, turnOn, turnOff, readNow } = useCalendarSetting();
  const told = () => announce(t.read);
  const read = state?.readAt;
  return (
    <SettingsGroup title={t.title}>
      <p className={styles.text}>{t.hint}</p>
      <Checkbox
        label={t.wanted}
        checked={wanted}
        onChange={(_, { checked }) => {
          if (checked === true) turnOn(told);
          else turnOff();
        }}
      />
      <p className={styles.text}>{t.consent}</p>
      {busy && <Spinner className={styles.left} size="tiny" labelPosition="after" label={t.working} />}
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorWords(error)}</MessageBarBody>
        </MessageBar>
      )}
      {wanted && state && (
        <>
          <p className={styles.text} data-calendar-read={read ?? ''}>
            {read === undefined
              ? t.notRead
              : (state.readBy === 'service' ? t.lastReadByService : t.lastRead)(formats.dateTime(read))}
          </p>
          <Button className={styles.left} disabledFocusable={busy} onClick={() => readNow(told)}>
            {t.readNow}
          </Button>
        </>
      )}
    </SettingsGroup>
  );
}

function useCalendarErrorText(): (error: unknown) => string {
  const t = useText(calendarTexts);
  const errorText = useErrorText();
  return (error) => {
    if (error instanceof NoCalendar) return t.noCalendar;
    if (error instanceof SourceError) return t.sourceProblems[error.reason];
    if (!(error instanceof MicrosoftFailure)) return errorText(error);
    return error.reason === 'popup-blocked' ? t.windowBlocked : t.wrongAccount;
  };
}
