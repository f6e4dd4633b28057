/** The form for a new user or for changing one that is there. */
import { Checkbox, Field, Input, makeStyles, Select, Textarea } from '@fluentui/react-components';
import type { AdministeredSite } from '../../shared/api/administration-sites';
import type { AdministeredUser } from '../../shared/api/administration-users';
import { roles } from '../../shared/profile';
import { FormFrame } from '../shell/form-frame';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { SiteField } from './site-field';
import { administrationTexts } from './texts';
import { useForm } from './use-form';
import { useUserActions } from './use-users';
import {
  fieldsOfValues,
  missingFields,
  refusedUserFields,
  userTextFields,
  valuesOfUser,
  type UserField,
} from './user-form-values';

const useStyles = makeStyles({ form: { overflowY: 'auto' } });

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
  const errorText = useErrorText();
  const { announce } = useServices();
  const actions = useUserActions();
  const { values, setValues, problems, error, busy, form, submit } = useForm({
    initial: () => valuesOfUser(user, sites[0]?.name ?? ''),
    missing: missingFields,
    refused: refusedUserFields,
    async send(written) {
      const fields = fieldsOfValues(written);
      if (user) onSaved(await actions.change(user.id, fields));
      else {
        const added = await actions.add(fields);
        onSaved(added.user, added.initialPassword);
      }
      announce(t.saved(fields.displayName));
    },
  });
  const problem = (name: UserField) => {
    const found = problems[name];
    return found === undefined ? {} : { validationMessage: t.problems[found] };
  };

  return (
    <FormFrame
      title={user ? t.changeUser : t.newUser}
      fault={error === undefined ? undefined : errorText(error)}
      busy={busy}
      onSubmit={submit}
      onCancel={onCancel}
      formRef={form}
      className={styles.form}
    >
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
      <SiteField
        sites={sites.map(({ name }) => name)}
        value={values.site}
        problem={problem('site')}
        onChange={(site) => setValues({ ...values, site })}
      />
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
      {(['mulap', 'intercept', 'mobility'] as const).map((name) => (
        <Checkbox
          key={name}
          label={t[name]}
          checked={values[name]}
          onChange={(_, data) => setValues({ ...values, [name]: data.checked === true })}
        />
      ))}
      <Checkbox
        label={t.inDirectory}
        checked={values.inDirectory}
        onChange={(_, data) => setValues({ ...values, inDirectory: data.checked === true })}
      />
    </FormFrame>
  );
}
