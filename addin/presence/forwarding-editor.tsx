/** Where calls go while one status lasts: beside the status as a word, and changed in place. */
import {
  Button,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  tokens,
} from '@fluentui/react-components';
import { ArrowForward16Regular, Warning16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import type { ForwardedStatus, ForwardingRule, ForwardingTarget } from '../../shared/forwarding';
import type { TextsOf } from '../shell/i18n/catalogue';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { useNumberText, type NumberText } from '../shell/use-number-text';
import { useStore } from '../shell/use-store';
import { presenceTexts } from './texts';
import { refusedTarget } from './use-forwarding';

const useStyles = makeStyles({
  target: {
    minWidth: 0,
    maxWidth: '100%',
    fontWeight: tokens.fontWeightRegular,
    justifyContent: 'start',
    textAlign: 'start',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  form: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  // Its own width is that of twenty letters, which are wide in some fonts.
  input: { minWidth: 0, width: '100%' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

const kinds = ['off', 'voicemail', 'mobile', 'external', 'number'] as const;

/** The target in a word or a number. */
export function targetWord(
  { target, display, problem }: ForwardingRule,
  t: TextsOf<typeof presenceTexts>,
  numberText: NumberText,
): string {
  // What was typed stands as it was typed.
  if (target.kind === 'number') return display === undefined ? target.number : numberText(display);
  const word = t.targets[target.kind];
  return problem === undefined ? word : t.targetWith(word, '!');
}

interface TargetProps {
  readonly status: ForwardedStatus;
  readonly rule: ForwardingRule;
  readonly open: boolean;
  readonly onOpen: () => void;
}

export function ForwardingTargetButton({ status, rule, open, onOpen }: TargetProps) {
  const styles = useStyles();
  const t = useText(presenceTexts);
  const word = targetWord(rule, t, useNumberText());
  const problem = rule.problem && t.targetProblems[rule.problem];
  const label = t.forwardingOf(t.statuses[status], problem === undefined ? word : `${word}. ${problem}`);
  return (
    <Button
      className={styles.target}
      appearance="subtle"
      size="small"
      icon={problem === undefined ? <ArrowForward16Regular /> : <Warning16Regular />}
      aria-expanded={open}
      aria-label={label}
      title={label}
      data-forwarding={status}
      onClick={onOpen}
    >
      {word}
    </Button>
  );
}

interface EditorProps {
  readonly status: ForwardedStatus;
  readonly rule: ForwardingRule;
  readonly change: (status: ForwardedStatus, target: ForwardingTarget) => Promise<void>;
  readonly onClose: () => void;
}

export function ForwardingEditor({ status, rule, change, onClose }: EditorProps) {
  const styles = useStyles();
  const t = useText(presenceTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { profile, announce } = useServices();
  const details = useStore(profile.profile)?.details;
  const { busy, error, attempt, forget } = useAttempt();
  const [kind, setKind] = useState<ForwardingTarget['kind']>(rule.target.kind);
  const [number, setNumber] = useState(rule.target.kind === 'number' ? rule.target.number : '');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('select')?.focus(), []);

  const numbers = { mobile: details?.mobileNumber, external: details?.externalNumber };
  const refused = error === undefined ? undefined : refusedTarget(error);
  const problem = refused && t.targetProblems[refused];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void attempt(async () => {
      await change(status, kind === 'number' ? { kind, number: number.trim() } : { kind });
      announce(t.saved(t.targets[kind]));
      onClose();
    });
  };
  const field = problem === undefined ? {} : ({ validationState: 'error', validationMessage: problem } as const);
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      {error !== undefined && problem === undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      <Field label={t.forwardTo(t.statuses[status])} {...(kind === 'number' ? {} : field)}>
        <Select
          value={kind}
          onChange={(_, { value }) => {
            forget();
            setKind(kinds.find((known) => known === value) ?? 'off');
          }}
        >
          {kinds.map((known) => {
            const own = known === 'mobile' || known === 'external' ? numbers[known] : undefined;
            // What the profile has no number for is offered only where it is chosen already.
            if ((known === 'mobile' || known === 'external') && own === undefined && rule.target.kind !== known)
              return null;
            return (
              <option key={known} value={known}>
                {own === undefined ? t.targets[known] : t.targetWith(t.targets[known], own)}
              </option>
            );
          })}
        </Select>
      </Field>
      {kind === 'number' && (
        <Field label={t.phoneNumber} hint={t.numberHint} {...field}>
          <Input
            className={styles.input}
            type="tel"
            value={number}
            maxLength={64}
            onChange={(_, { value }) => {
              forget();
              setNumber(value);
            }}
          />
        </Field>
      )}
      <div className={styles.buttons}>
        <Button
          type="submit"
          size="small"
          appearance="primary"
          disabledFocusable={busy || (kind === 'number' && number.trim() === '')}
        >
          {shared.save}
        </Button>
        <Button size="small" onClick={onClose}>
          {shared.cancel}
        </Button>
      </div>
    </form>
  );
}
