/** Return and information text of the present status. Quick choices are taken at once, the rest is saved. */
import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useState, type SubmitEvent } from 'react';
import { presenceTextProblem, type OwnPresence } from '../../shared/presence';
import { instantOf, wallTimeOf } from '../../shared/zoned-time';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { quickReturn, quickReturns, readReturn } from './return-choice';
import { presenceTexts } from './texts';

const useStyles = makeStyles({
  form: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  quick: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalXS,
    border: 'none',
    margin: 0,
    padding: 0,
    minInlineSize: 0,
  },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalXXS },
  chip: { minWidth: 0, fontWeight: tokens.fontWeightRegular },
  fields: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: tokens.spacingHorizontalS },
  input: { minWidth: 0, width: '100%' },
  left: { justifySelf: 'start' },
});

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function PresenceDetails({ own, onSaved }: { readonly own: OwnPresence; readonly onSaved: () => void }) {
  const styles = useStyles();
  const t = useText(presenceTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { presence, announce } = useServices();
  const { busy, error, attempt, forget } = useAttempt();
  const zone = ownZone();
  const [date = '', time = ''] = own.returnAt ? wallTimeOf(Date.parse(own.returnAt), zone).split('T') : [];
  const [typedDate, setDate] = useState(date);
  const [typedTime, setTime] = useState(time);
  const [text, setText] = useState(own.text ?? '');
  const office = own.status === 'office';
  // The own passed time is not an error until one saves it.
  const returns = readReturn(typedDate, typedTime, presence.now(), zone);
  const unchanged = typedDate === date && typedTime === time;
  const textProblem = presenceTextProblem(text.trim());

  const save = (wallTime: string | undefined, close: boolean) =>
    attempt(async () => {
      const { status } = own;
      const returnAt = wallTime === undefined ? {} : { returnAt: { wallTime, timeZone: zone } };
      const instant = wallTime === undefined ? undefined : new Date(instantOf(wallTime, zone)).toISOString();
      await presence.set({ status, ...returnAt, text }, instant);
      announce(t.saved(t.statuses[status]));
      if (close) onSaved();
    });
  const choose = (wallTime: string | undefined) => {
    const [nextDate = '', nextTime = ''] = wallTime?.split('T') ?? [];
    setDate(nextDate);
    setTime(nextTime);
    if (textProblem === undefined) void save(wallTime, false);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (textProblem !== undefined || busy) return;
    if (office) void save(undefined, true);
    else if ('wallTime' in returns) void save(returns.wallTime, true);
  };
  const fieldProblem =
    'problem' in returns && !(unchanged && returns.problem === 'inThePast')
      ? ({ validationState: 'error', validationMessage: t[returns.problem] } as const)
      : {};
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {!office && (
        <>
          <fieldset className={styles.quick}>
            <legend className={styles.legend}>{t.returns}</legend>
            {quickReturns.map((choice) => (
              <Button
                key={choice}
                className={styles.chip}
                size="small"
                disabledFocusable={busy}
                onClick={() => choose(quickReturn(choice, presence.now(), zone))}
              >
                {t[choice]}
              </Button>
            ))}
            <Button className={styles.chip} size="small" disabledFocusable={busy} onClick={() => choose(undefined)}>
              {t.noReturn}
            </Button>
          </fieldset>
          <div className={styles.fields}>
            <Field label={t.returnDate} {...fieldProblem}>
              <Input
                className={styles.input}
                type="date"
                value={typedDate}
                onChange={(_, { value }) => {
                  forget();
                  setDate(value);
                }}
              />
            </Field>
            <Field label={t.returnTime}>
              <Input
                className={styles.input}
                type="time"
                value={typedTime}
                onChange={(_, { value }) => {
                  forget();
                  setTime(value);
                }}
              />
            </Field>
          </div>
        </>
      )}
      <Field
        label={t.text}
        {...(textProblem && { validationState: 'error', validationMessage: t.textProblems[textProblem] })}
      >
        <Input
          className={styles.input}
          value={text}
          onChange={(_, { value }) => {
            forget();
            setText(value);
          }}
        />
      </Field>
      <Button className={styles.left} type="submit" size="small" appearance="primary" disabledFocusable={busy}>
        {shared.save}
      </Button>
    </form>
  );
}
