/** The frame of a form that fills a view: its title, what went wrong as a whole, its fields, save and cancel. */
import {
  Button,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  Title3,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode, RefObject, SubmitEvent } from 'react';
import { useText } from './i18n/text';

const useStyles = makeStyles({
  form: { padding: tokens.spacingHorizontalM, display: 'grid', gap: tokens.spacingVerticalM, alignContent: 'start' },
  title: { margin: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly title: string;
  /** What went wrong and belongs to no field; undefined where nothing did. */
  readonly fault: ReactNode;
  readonly busy: boolean;
  readonly onSubmit: (event: SubmitEvent) => void;
  readonly onCancel: () => void;
  readonly formRef: RefObject<HTMLFormElement | null>;
  readonly className?: string;
  readonly children: ReactNode;
}

export function FormFrame({ title, fault, busy, onSubmit, onCancel, formRef, className, children }: Props) {
  const styles = useStyles();
  const shared = useText();
  return (
    <form ref={formRef} className={mergeClasses(styles.form, className)} onSubmit={onSubmit} noValidate>
      <Title3 as="h2" className={styles.title}>
        {title}
      </Title3>
      {fault !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{fault}</MessageBarBody>
        </MessageBar>
      )}
      {children}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {shared.save}
        </Button>
        <Button onClick={onCancel}>{shared.cancel}</Button>
      </div>
    </form>
  );
}
