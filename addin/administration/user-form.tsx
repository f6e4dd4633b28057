/** The form for a new user or for changing one that is there. */
import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  Textarea,
  Title3,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import type { AdministeredSite } from '../../shared/api/administration-sites';
import type { AdministeredUser } from '../../shared/api/administration-users';
import { roles } from '../../shared/profile';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { administrationTexts } from './texts';
import { useUserActions } from './use-users';
import {
  fieldsOfValues,
  missingFields,
  refusedUserFields,
  userTextFields,
  valuesOfUser,
  type UserField,
  type UserProblems,
} from './user-form-values';

const useStyles = makeStyles({
  form: {
    padding: tokens.spacingHorizontalM,
    display: 'grid',
    gap: tokens.spacingVerticalM,
    alignContent: 'start',
    overflowY: 'auto',
  },
  title: { margin: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly sites: readonly AdministeredSite[];
  /** The user to change; absent for a new one. */
  readonly user?: AdministeredUser;
  readonly onCancel: () => void;
  /** With the initial password of a new user. */
  readonly onSaved: (user: AdministeredUser, initialPassword?: string) => void;
}

export function UserForm({ sites, user, onCancel, onSaved }: Props) {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { announce } = useServices();
  const actions = useUserActions();
  const [values, setValues] = useState(() => valuesOfUser(user, sites[0]?.name ?? ''));
  const [problems, setProblems] = useState<UserProblems>({});
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = (name: UserField) => form.current?.querySelector<HTMLElement>(`[name=${name}]`)?.focus();
  useEffect(() => focus('userName'), []);

  const refuse = (found: UserProblems) => {
    setProblems(found);
    const [first] = Object.keys(found);
    form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const missing = missingFields(values);
    setError(undefined);
    refuse(missing);
    if (busy || Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      const fields = fieldsOfValues(values);
      if (user) onSaved(await actions.change(user.id, fields));
      else {
        const added = await actions.add(fields);
        onSaved(added.user, added.initialPassword);
      }
      announce(t.saved(fields.displayName));
    } catch (failure) {
      const refused = refusedUserFields(failure);
      refuse(refused);
      if (Object.keys(refused).length === 0) setError(failure);
      setBusy(false);
    }
  };
  const problem = (name: UserField) => {
    const found = problems[name];
    return found === undefined ? {} : { validationMessage: t.problems[found] };
  };

  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <Title3 as="h2" className={styles.title}>
        {user ? t.changeUser : t.newUser}
      </Title3>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {userTextFields.map((name) => (
        <Field
          key={name}
          label={t[name]}
          required={name === 'userName' || name === 'displayName'}
          {...(name === 'userName' ? { hint: t.userNameHint } : {})}
          {...problem(name)}
        >
          <Input
            name={name}
            value={values[name]}
            maxLength={name === 'userName' ? 64 : 256}
            autoComplete="off"
            spellCheck={false}
            onChange={(_, data) => setValues({ ...values, [name]: data.value })}
          />
        </Field>
      ))}
      {sites.length > 1 && (
        <Field label={t.site} {...problem('site')}>
          <Select name="site" value={values.site} onChange={(_, data) => setValues({ ...values, site: data.value })}>
            {sites.map((site) => (
              <option key={site.id}>{site.name}</option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t.devices} hint={t.devicesHint} {...problem('devices')}>
        <Textarea
          name="devices"
          value={values.devices}
          rows={2}
          maxLength={1600}
          spellCheck={false}
          onChange={(_, data) => setValues({ ...values, devices: data.value })}
        />
      </Field>
      <Field label={t.role} {...problem('role')}>
        <Select
          name="role"
          value={values.role}
          onChange={(_, data) =>
            setValues({ ...values, role: roles.find((role) => role === data.value) ?? values.role })
          }
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {t.roles[role]}
            </option>
          ))}
        </Select>
      </Field>
      <Checkbox
        label={t.inDirectory}
        checked={values.inDirectory}
        onChange={(_, data) => setValues({ ...values, inDirectory: data.checked === true })}
      />
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {shared.save}
        </Button>
        <Button onClick={onCancel}>{shared.cancel}</Button>
      </div>
    </form>
  );
}
