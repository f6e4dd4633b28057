/** Writes one connection. */
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { maxNameLength, maxUserNameLength, type Connection } from './connection';
import { connectionsTexts } from './texts';
import type { ConnectionDraft, DraftProblem } from './use-connections';

const useStyles = makeStyles({
  form: { display: 'grid', gap: tokens.spacingVerticalM },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  /** Undefined: a new one. */
  readonly connection: Connection | undefined;
  /** The address is the one that this pane came from: it cannot be written over. */
  readonly fixedAddress: boolean;
  readonly onSave: (draft: ConnectionDraft) => DraftProblem | undefined;
  readonly onCancel: () => void;
}

export function ConnectionForm({ connection, fixedAddress, onSave, onCancel }: Props) {
  const styles = useStyles();
  const t = useText(connectionsTexts);
  const shared = useText();
  const [draft, setDraft] = useState<ConnectionDraft>(connection ?? { name: '', address: '', userName: '' });
  const [problem, setProblem] = useState<DraftProblem>();
  const first = useRef<HTMLInputElement>(null);
  const address = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const write = (change: Partial<ConnectionDraft>) => {
    setProblem(undefined);
    setDraft({ ...draft, ...change });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const found = onSave(draft);
    setProblem(found);
    if (found !== undefined) address.current?.focus();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h3 className={styles.title}>{connection === undefined ? t.addTitle : t.editTitle}</h3>
      <Field label={t.name} hint={t.nameHint}>
        <Input
          ref={fluentRef(first)}
          maxLength={maxNameLength}
          value={draft.name}
          onChange={(_, { value }) => write({ name: value })}
        />
      </Field>
      <Field
        label={t.address}
        hint={t.addressHint}
        required
        {...(problem === undefined ? {} : { validationMessage: t.problems[problem] })}
      >
        <Input
          ref={fluentRef(address)}
          type="url"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={fixedAddress}
          value={draft.address}
          onChange={(_, { value }) => write({ address: value })}
        />
      </Field>
      <Field label={t.userName} hint={t.userNameHint}>
        <Input
          autoCapitalize="none"
          spellCheck={false}
          maxLength={maxUserNameLength}
          value={draft.userName}
          onChange={(_, { value }) => write({ userName: value })}
        />
      </Field>
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary">
          {t.apply}
        </Button>
        <Button onClick={onCancel}>{shared.cancel}</Button>
      </div>
    </form>
  );
}
