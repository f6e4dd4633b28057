/** The choice whom to consult or where to send a call, inside of its card: it hides nothing and asks nothing else. */
import { Button, Input, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { ReadableStore } from '../api/store';
import type { DialTarget } from '../shell/dialler';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { typedNumber } from '../shell/typed-number';
import { useErrorText } from '../shell/use-error-text';
import { useNumberText } from '../shell/use-number-text';
import { useStore } from '../shell/use-store';
import type { CallTarget, TargetGroup } from './call-targets';
import { chooserTexts } from './chooser-texts';
import { useCallTargets } from './use-call-targets';

/** What needs a target. */
export type TargetAbility = 'consult' | 'transfer' | 'deflect';

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    rowGap: tokens.spacingVerticalXS,
    paddingTop: tokens.spacingVerticalS,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  label: { fontWeight: tokens.fontWeightSemibold },
  input: { width: '100%' },
  error: { color: tokens.colorStatusDangerForeground3 },
  list: { maxHeight: '190px', overflowY: 'auto', overflowX: 'hidden' },
  heading: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXS} 0`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  option: {
    display: 'block',
    width: '100%',
    minHeight: '32px',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    border: `${tokens.strokeWidthThin} solid transparent`,
    borderRadius: tokens.borderRadiusMedium,
    background: 'none',
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    textAlign: 'left',
    overflowWrap: 'anywhere',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, color: tokens.colorNeutralForeground1Hover },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    // In high contrast a background alone is not enough.
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStrokeAccessible}`,
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  detail: { fontSize: tokens.fontSizeBase200 },
  muted: { margin: 0, color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly ability: TargetAbility;
  /** What was chosen is on its way. */
  readonly busy: boolean;
  /** Why the last choice was refused. */
  readonly failure: string | undefined;
  readonly redial: ReadableStore<readonly DialTarget[]>;
  readonly onChoose: (target: DialTarget) => void;
  /** Something else is typed: why the last choice was refused concerns it no more. */
  readonly onType: () => void;
  readonly onClose: () => void;
}

export default function TargetChooser({ ability, busy, failure, redial, onChoose, onType, onClose }: Props) {
  const styles = useStyles();
  const t = useText(chooserTexts);
  const errorText = useErrorText();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  /** Enter was pressed for this text before its hits were here. */
  const awaited = useRef<string>(undefined);
  const { groups, fresh, error } = useCallTargets(typed, useStore(redial));
  const targets = groups.flatMap((group) => group.targets);
  const current = Math.min(chosen, targets.length - 1);
  const optionId = (index: number) => `${id}-${index}`;
  // A number that was typed is there at once; whoever is found by a name is known when the search has answered.
  const ready = fresh || typedNumber(typed) !== undefined;

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, current]);
  const choose = (option: CallTarget | undefined) => {
    awaited.current = undefined;
    if (option && !busy) onChoose(option.target);
  };
  const first = targets[0];
  useEffect(() => {
    if (!fresh || awaited.current !== typed) return;
    awaited.current = undefined;
    if (first) onChoose(first.target);
  }, [fresh, typed, first, onChoose]);

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the composition of an input method is not meant for us.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'ArrowDown') setChosen(Math.min(current + 1, targets.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(current - 1, 0));
    else if (event.key === 'Enter' && ready) choose(targets[current]);
    else if (event.key === 'Enter') awaited.current = typed;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.panel}>
      <label className={styles.label} htmlFor={`${id}-field`}>
        {t.titles[ability]}
      </label>
      <Input
        ref={fluentRef(field)}
        id={`${id}-field`}
        className={styles.input}
        role="combobox"
        aria-expanded={targets.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-describedby={`${id}-error`}
        aria-invalid={failure !== undefined}
        {...(targets.length > 0 ? { 'aria-activedescendant': optionId(current) } : {})}
        placeholder={t.field}
        autoComplete="off"
        spellCheck={false}
        maxLength={256}
        value={typed}
        onChange={(_, data) => {
          setTyped(data.value);
          onType();
          setChosen(0);
          awaited.current = undefined;
        }}
        onKeyDown={onKeyDown}
        contentAfter={
          busy ? (
            <Spinner size="extra-tiny" />
          ) : (
            <Button
              appearance="transparent"
              size="small"
              icon={<Dismiss20Regular />}
              aria-label={t.close}
              title={t.close}
              onClick={onClose}
            />
          )
        }
      />
      <div id={`${id}-error`} className={styles.error} role="alert">
        {failure ?? (error === undefined ? '' : errorText(error))}
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t.targets} className={styles.list} aria-busy={!fresh}>
        {groups.map((group, index) => (
          <Group
            key={group.name}
            group={group}
            from={groups.slice(0, index).reduce((sum, before) => sum + before.targets.length, 0)}
            current={current}
            optionId={optionId}
            onChoose={choose}
          />
        ))}
      </div>
      {targets.length === 0 && error === undefined && (
        <p className={styles.muted} role="status">
          {typed.trim() === '' ? t.hint : fresh ? t.nothing(typed.trim()) : t.searching}
        </p>
      )}
    </div>
  );
}

interface GroupProps {
  readonly group: TargetGroup;
  /** Position of its first target among all. */
  readonly from: number;
  readonly current: number;
  readonly optionId: (index: number) => string;
  readonly onChoose: (target: CallTarget) => void;
}

function Group({ group, from, current, optionId, onChoose }: GroupProps) {
  const styles = useStyles();
  const t = useText(chooserTexts);
  const shared = useText();
  const numberText = useNumberText();
  const heading = group.name === 'redial' || group.name === 'journal' ? t[group.name] : undefined;
  return (
    <div role="group" aria-label={heading ?? t.targets}>
      {heading !== undefined && (
        <div className={styles.heading} aria-hidden>
          {heading}
        </div>
      )}
      {group.targets.map((option, index) => {
        const { target, kind, company } = option;
        const number = numberText(target.display ?? target.number);
        const details = [kind && shared.numberKinds[kind], target.name === undefined ? undefined : number, company];
        return (
          <button
            key={`${target.number} ${target.name ?? ''}`}
            id={optionId(from + index)}
            type="button"
            role="option"
            aria-selected={from + index === current}
            tabIndex={-1}
            className={mergeClasses(styles.option, from + index === current && styles.chosen)}
            data-number=""
            // The focus stays in the field, so that typing goes on.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option)}
          >
            <div className={styles.name}>{group.name === 'typed' ? t.typed(number) : (target.name ?? number)}</div>
            <div className={styles.detail}>{details.filter(Boolean).join(' · ')}</div>
          </button>
        );
      })}
    </div>
  );
}
