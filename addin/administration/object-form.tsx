/** The form of one object of Administration: its fields, save, cancel, and for what is there already: remove, after a question. */
import { Button, Field, Input, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { FormFrame } from '../shell/form-frame';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { useQuestion } from '../shell/use-question';
import { emptyFields, refusedFields, type FieldProblem } from './field-problems';
import { administrationTexts } from './texts';
import { useForm } from './use-form';

const useStyles = makeStyles({
  form: { overflowY: 'auto' },
  question: { display: 'grid', gap: tokens.spacingVerticalS, overflowWrap: 'anywhere' },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly lines?: boolean;
  readonly maxLength?: number;
}

/** How the fields of a form are drawn. */
export interface FieldParts<V> {
  readonly values: V;
  readonly set: (more: Partial<V>) => void;
  readonly problemOf: (name: keyof V) => { readonly validationMessage?: string };
  readonly text: (name: keyof V & string, field: TextFieldProps) => ReactNode;
}

interface Props<V extends object> {
  readonly title: string;
  readonly initial: V;
  readonly needed: readonly (keyof V)[];
  readonly aliases?: Readonly<Record<string, keyof V>>;
  /** Saves and gives the name of what was saved. */
  readonly save: (values: V) => Promise<string>;
  /** Absent for a new object. */
  readonly remove?: { readonly name: string; readonly question: string; readonly act: () => Promise<unknown> };
  readonly close: () => void;
  readonly children: (parts: FieldParts<V>) => ReactNode;
}

export function ObjectForm<V extends object>(props: Props<V>) {
  const { title, initial, needed, aliases, save, remove, close, children } = props;
  const styles = useStyles();
  const t = useText(administrationTexts);
  const errorText = useErrorText();
  const { announce } = useServices();
  const { asking, ask, close: keep, opener, refusal } = useQuestion();
  const removal = useAttempt();
  const { values, setValues, problems, error, busy, form, submit } = useForm<V, FieldProblem>({
    initial: () => initial,
    missing: (written) => emptyFields(written, needed),
    refused: (failure) => refusedFields(failure, initial, aliases),
    async send(written) {
      announce(t.saved(await save(written)));
      close();
    },
  });
  const problemOf = (name: keyof V) => {
    const found = problems[name];
    return found === undefined ? {} : { validationMessage: t.problems[found] };
  };
  const set = (more: Partial<V>) => setValues({ ...values, ...more });
  const fault = error ?? removal.error;
  const text = (
    name: keyof V & string,
    { label, hint, required = false, lines = false, maxLength = 256 }: TextFieldProps,
  ) => {
    const value = values[name];
    const parts = {
      name,
      value: typeof value === 'string' ? value : '',
      autoComplete: 'off',
      spellCheck: false,
    };
    // A field of this name holds a text.
    const change = (written: string) => set({ [name]: written } as unknown as Partial<V>);
    return (
      <Field
        key={name}
        label={label}
        required={required}
        {...(hint === undefined ? {} : { hint })}
        {...problemOf(name)}
      >
        {lines ? (
          <Textarea {...parts} rows={3} maxLength={70_000} onChange={(_, data) => change(data.value)} />
        ) : (
          <Input {...parts} maxLength={maxLength} onChange={(_, data) => change(data.value)} />
        )}
      </Field>
    );
  };
  return (
    <FormFrame
      title={title}
      fault={fault === undefined ? undefined : errorText(fault)}
      busy={busy || removal.busy}
      onSubmit={submit}
      onCancel={close}
      formRef={form}
      className={styles.form}
    >
      {children({ values, set, problemOf, text })}
      {remove && !asking && (
        <div className={styles.buttons}>
          <Button ref={fluentRef(opener)} onClick={ask}>
            {t.remove}
          </Button>
        </div>
      )}
      {remove && asking && (
        <div className={styles.question} role="group" aria-label={t.remove} data-question="">
          <p className={styles.asked}>{remove.question}</p>
          <div className={styles.buttons}>
            <Button ref={fluentRef(refusal)} onClick={keep}>
              {t.keep}
            </Button>
            <Button
              disabledFocusable={removal.busy}
              onClick={() =>
                void removal.attempt(async () => {
                  await remove.act();
                  announce(t.removed(remove.name));
                  close();
                })
              }
            >
              {t.removeConfirm}
            </Button>
          </div>
        </div>
      )}
    </FormFrame>
  );
}
