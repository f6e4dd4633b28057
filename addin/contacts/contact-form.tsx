/** The form for a new contact or for changing one that is there. */
import { Button, Field, Input, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components';
import { Add20Regular, Dismiss20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import type { StoredContact } from '../../shared/api/contacts';
import { contactLimits, numberKinds, type WrittenNumber } from '../../shared/contact';
import { errorCodeOf } from '../api/api-error';
import { FormFrame } from '../shell/form-frame';
import { useText } from '../shell/i18n/text';
import type { ContactDraft } from '../shell/navigation';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { changeOf, fieldsOf, textFields, valuesOfContact, valuesOfDraft, type FormValues } from './contact-form-values';
import { contactTexts } from './texts';
import { useContactActions } from './use-contact';

const useStyles = makeStyles({
  group: { display: 'grid', gap: tokens.spacingVerticalS, border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(8.5rem, 2fr) minmax(0, 3fr) auto',
    gap: tokens.spacingHorizontalXS,
  },
  emailLine: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', gap: tokens.spacingHorizontalXS },
  narrow: { minWidth: 0 },
  add: { justifySelf: 'start' },
  hint: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  /** The contact to change; absent for a new one. */
  readonly contact?: StoredContact;
  /** What a new one starts with. */
  readonly draft?: ContactDraft;
  readonly onCancel: () => void;
  readonly onSaved: (contact: StoredContact) => void;
}

/** The list with one of its elements replaced, or taken out where there is none. */
function withAt<T>(list: readonly T[], index: number, element?: T): T[] {
  return list.flatMap((known, at) => (at !== index ? [known] : element === undefined ? [] : [element]));
}

export function ContactForm({ contact, draft = {}, onCancel, onSaved }: Props) {
  const styles = useStyles();
  const t = useText(contactTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { announce } = useServices();
  const actions = useContactActions();
  const [values, setValues] = useState<FormValues>(() => (contact ? valuesOfContact(contact) : valuesOfDraft(draft)));
  const [nameMissing, setNameMissing] = useState(false);
  const { busy, error, attempt: attemptOne } = useAttempt();
  const form = useRef<HTMLFormElement>(null);
  const focusName = () => form.current?.querySelector('input')?.focus();
  useEffect(focusName, []);

  const change = (more: Partial<FormValues>) => setValues((known) => ({ ...known, ...more }));
  const setNumber = (index: number, number?: WrittenNumber) =>
    change({ numbers: withAt(values.numbers, index, number) });
  const setEmail = (index: number, email?: string) => change({ emails: withAt(values.emails, index, email) });

  const attempt = (send: () => Promise<StoredContact>) =>
    attemptOne(async () => {
      const saved = await send();
      announce(t.saved(saved.displayName));
      onSaved(saved);
    });
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = fieldsOf(values);
    setNameMissing(!fields);
    if (!fields) {
      focusName();
      return;
    }
    void attempt(() =>
      contact ? actions.change(contact, changeOf(values, contact) ?? fields) : actions.create(fields),
    );
  };
  const overwrite = (before: StoredContact) =>
    void attempt(async () => {
      const newest = await actions.read(before.id);
      return actions.change(newest, changeOf(values, newest) ?? {});
    });
  const takeTheirs = (before: StoredContact) =>
    void attempt(async () => {
      const newest = await actions.read(before.id);
      setValues(valuesOfContact(newest));
      return newest;
    });

  return (
    <FormFrame
      title={contact ? t.editContact : t.newContact}
      fault={
        error === undefined ? undefined : contact && errorCodeOf(error) === 'version-conflict' ? (
          <>
            <p>{t.conflict}</p>
            <div className={styles.buttons}>
              <Button size="small" onClick={() => takeTheirs(contact)}>
                {t.conflictTheirs}
              </Button>
              <Button size="small" onClick={() => overwrite(contact)}>
                {t.conflictMine}
              </Button>
            </div>
          </>
        ) : (
          errorText(error)
        )
      }
      busy={busy}
      onSubmit={save}
      onCancel={onCancel}
      formRef={form}
    >
      {textFields.map((name) => (
        <Field
          key={name}
          label={t[name]}
          {...(name === 'displayName' && nameMissing ? { validationMessage: t.nameMissing } : {})}
        >
          <Input
            value={values[name]}
            maxLength={contactLimits.text}
            autoComplete="off"
            onChange={(_, data) => change({ [name]: data.value })}
          />
        </Field>
      ))}
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t.numbers}</legend>
        <p className={styles.hint}>{t.numberHint}</p>
        {values.numbers.map((number, index) => (
          // The position is what tells one line of the form from another.
          <div key={index} className={styles.line}>
            <Select
              className={styles.narrow}
              aria-label={t.kind(index + 1)}
              value={number.kind}
              onChange={(_, data) =>
                setNumber(index, { ...number, kind: numberKinds.find((kind) => kind === data.value) ?? number.kind })
              }
            >
              {numberKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {shared.numberKinds[kind]}
                </option>
              ))}
            </Select>
            <Input
              className={styles.narrow}
              type="tel"
              aria-label={t.number(index + 1)}
              value={number.raw}
              maxLength={contactLimits.text}
              autoComplete="off"
              onChange={(_, data) => setNumber(index, { ...number, raw: data.value })}
            />
            <Button
              appearance="subtle"
              icon={<Dismiss20Regular />}
              aria-label={t.removeNumber(index + 1)}
              onClick={() => setNumber(index)}
            />
          </div>
        ))}
        {values.numbers.length < contactLimits.numbers && (
          <Button
            className={styles.add}
            appearance="subtle"
            size="small"
            icon={<Add20Regular />}
            onClick={() => change({ numbers: [...values.numbers, { kind: 'mobile', raw: '' }] })}
          >
            {t.addNumber}
          </Button>
        )}
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{t.emails}</legend>
        {values.emails.map((email, index) => (
          <div key={index} className={styles.emailLine}>
            <Input
              className={styles.narrow}
              type="email"
              aria-label={t.email(index + 1)}
              value={email}
              maxLength={contactLimits.text}
              autoComplete="off"
              onChange={(_, data) => setEmail(index, data.value)}
            />
            <Button
              appearance="subtle"
              icon={<Dismiss20Regular />}
              aria-label={t.removeEmail(index + 1)}
              onClick={() => setEmail(index)}
            />
          </div>
        ))}
        {values.emails.length < contactLimits.emails && (
          <Button
            className={styles.add}
            appearance="subtle"
            size="small"
            icon={<Add20Regular />}
            onClick={() => change({ emails: [...values.emails, ''] })}
          >
            {t.addEmail}
          </Button>
        )}
      </fieldset>
      <Field label={t.notes}>
        <Textarea
          value={values.notes}
          maxLength={contactLimits.notes}
          rows={3}
          onChange={(_, data) => change({ notes: data.value })}
        />
      </Field>
    </FormFrame>
  );
}
