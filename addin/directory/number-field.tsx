/** The one field: searches while letters are typed, dials with Enter when a number is (CAL-1). */
import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Call20Regular, Dismiss20Regular, Search20Regular } from '@fluentui/react-icons';
import type { KeyboardEvent, Ref } from 'react';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { directoryTexts } from './texts';
import { typedNumber } from '../shell/typed-number';

const useStyles = makeStyles({
  field: { flexShrink: 0, padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}` },
  input: { width: '100%' },
  buttons: { display: 'flex' },
});

interface Props {
  readonly ref: Ref<HTMLInputElement>;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onFocus: () => void;
  /** Arrow down, or Enter on a name: to the first hit. */
  readonly onEnterResults: () => void;
  /** Id of the results, when there are any. */
  readonly controls: string | undefined;
}

export function NumberField({ ref, value, onChange, onFocus, onEnterResults, controls }: Props) {
  const styles = useStyles();
  const t = useText(directoryTexts);
  const { dialler } = useServices();
  const number = typedNumber(value);

  const dial = () => {
    if (number !== undefined) dialler.dial({ number, display: number });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the composition of an input method is not meant for us.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && number !== undefined) dial();
    else if (event.key === 'Escape' && value !== '') onChange('');
    else if (event.key === 'ArrowDown' || (event.key === 'Enter' && value.trim() !== '')) onEnterResults();
    else return;
    event.preventDefault();
  };
  return (
    <div role="search" className={styles.field}>
      <Input
        ref={fluentRef(ref)}
        className={styles.input}
        type="text"
        role="searchbox"
        aria-label={t.field}
        {...(controls ? { 'aria-controls': controls } : {})}
        placeholder={t.field}
        size="large"
        autoComplete="off"
        spellCheck={false}
        maxLength={256}
        value={value}
        onChange={(_, data) => onChange(data.value)}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        contentBefore={<Search20Regular />}
        contentAfter={
          value === '' ? null : (
            <span className={styles.buttons}>
              {number !== undefined && (
                <Button
                  appearance="transparent"
                  size="small"
                  icon={<Call20Regular />}
                  aria-label={t.dialTyped(number)}
                  onClick={dial}
                />
              )}
              <Button
                appearance="transparent"
                size="small"
                icon={<Dismiss20Regular />}
                aria-label={t.clear}
                onClick={() => onChange('')}
              />
            </span>
          )
        }
      />
    </div>
  );
}
