/** Asks in place before something is deleted, without a dialog over the pane. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { journalTexts } from './texts';

const useStyles = makeStyles({
  question: { display: 'grid', gap: tokens.spacingVerticalS },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly question: string;
  readonly onDelete: () => void;
  readonly onCancel: () => void;
}

export function DeleteQuestion({ question, onDelete, onCancel }: Props) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const { cancel } = useText();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div role="group" className={styles.question} aria-label={question}>
      <p className={styles.asked}>{question}</p>
      <div className={styles.buttons}>
        <Button appearance="primary" onClick={onDelete}>
          {t.confirmDelete}
        </Button>
        <Button ref={fluentRef(first)} onClick={onCancel}>
          {cancel}
        </Button>
      </div>
    </div>
  );
}
