/** The own profile in the settings (SET-1, SET-2): what colleagues see of the user. */
import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useState, type SubmitEvent } from 'react';
import type { Profile } from '../../shared/profile';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { SettingsGroup } from '../shell/settings-group';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { detailProblems } from './detail-problems';
import { OwnPicture } from './own-picture';
import { profileTexts } from './texts';
import { useOwnProfile, writtenOf, type OwnProfileModel, type WrittenDetails } from './use-own-profile';

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  left: { justifySelf: 'start' },
});

export function ProfileSection() {
  const styles = useStyles();
  const t = useText(profileTexts);
  const model = useOwnProfile();
  const { profile } = model;
  if (!profile) return null;
  return (
    <SettingsGroup title={t.title}>
      <p className={styles.text}>{t.hint}</p>
      <OwnPicture user={profile.user} model={model} />
      <DetailsForm key={JSON.stringify(profile.details)} profile={profile} model={model} />
    </SettingsGroup>
  );
}

function DetailsForm({ profile, model }: { readonly profile: Profile; readonly model: OwnProfileModel }) {
  const styles = useStyles();
  const t = useText(profileTexts);
  const { numberProblems } = useText();
  const errorText = useErrorText();
  const { announce } = useServices();
  const [written, setWritten] = useState(() => writtenOf(profile));
  const { busy, error, attempt } = useAttempt();
  const problems = detailProblems(error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void attempt(async () => {
      // In canonical form, also where that was there before.
      setWritten(await model.save(written));
      announce(t.saved);
    });
  };
  const numberProblem = (reason: string | undefined) => {
    if (reason === undefined) return {};
    const words = Object.entries(numberProblems).find(([word]) => word === reason)?.[1] ?? t.afterConnection;
    return { validationMessage: t.problem(words) };
  };
  const emailProblem =
    problems.email === undefined
      ? {}
      : { validationMessage: problems.email === 'taken' ? t.emailTaken : t.emailProblem };
  const input = (name: keyof WrittenDetails, type: 'tel' | 'email', maxLength: number) => ({
    name,
    type,
    maxLength,
    value: written[name],
    spellCheck: false,
    onChange: (_: unknown, { value }: { readonly value: string }) => setWritten({ ...written, [name]: value }),
  });
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field label={t.mobileNumber} hint={t.numberHint} {...numberProblem(problems.mobileNumber)}>
        <Input {...input('mobileNumber', 'tel', 64)} />
      </Field>
      <Field label={t.externalNumber} {...numberProblem(problems.externalNumber)}>
        <Input {...input('externalNumber', 'tel', 64)} />
      </Field>
      <Field label={t.email} {...emailProblem}>
        <Input {...input('email', 'email', 320)} />
      </Field>
      {error !== undefined && Object.keys(problems).length === 0 && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      <Button type="submit" className={styles.left} disabledFocusable={busy}>
        {t.save}
      </Button>
    </form>
  );
}
