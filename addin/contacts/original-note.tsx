/** Says that an edited contact is another one in Outlook today, or gone there, with the difference; and follows Outlook again. */
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { useState, type RefObject } from 'react';
import type { StoredContact } from '../../shared/api/contacts';
import { errorCodeOf } from '../api/api-error';
import { ContactDifferences } from '../shell/contact-differences';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { useQuestion } from '../shell/use-question';
import { contactTexts } from './texts';
import { useContactActions } from './use-contact';
import { useOriginal } from './use-original';

const useStyles = makeStyles({
  note: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  bar: { justifySelf: 'stretch' },
  question: { display: 'grid', gap: tokens.spacingVerticalS },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly contact: StoredContact;
  /** It is this contact now. */
  readonly onChanged: (contact: StoredContact) => void;
}

/** Nothing where the original is what the contact was made from. */
export function OriginalNote({ contact, onChanged }: Props) {
  const styles = useStyles();
  const t = useText(contactTexts);
  const errorText = useErrorText();
  const { navigation, announce } = useServices();
  const { read } = useContactActions();
  const { original, follow } = useOriginal(contact);
  const { asking, ask, close, opener, refusal } = useQuestion();
  const [error, setError] = useState<unknown>();
  if (original === undefined && error === undefined) return null;
  const gone = original?.state === 'gone';

  const confirm = async () => {
    close();
    setError(undefined);
    try {
      const followed = await follow();
      if (followed === undefined) {
        announce(t.deleted(contact.displayName));
        navigation.back();
      } else {
        onChanged(followed);
        announce(t.followed(followed.displayName));
      }
    } catch (failure) {
      setError(failure);
      // It is decided anew, about what stands there now.
      if (errorCodeOf(failure) === 'version-conflict') onChanged(await read(contact.id));
    }
  };
  return (
    <div className={styles.note} data-original={original?.state}>
      {original !== undefined && (
        <MessageBar className={styles.bar} intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{gone ? t.originalGone : t.originalChanged}</MessageBarTitle>{' '}
            {gone ? t.originalGoneHint : t.originalChangedHint}
          </MessageBarBody>
        </MessageBar>
      )}
      {error !== undefined && (
        <MessageBar className={styles.bar} intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {original?.original !== undefined && (
        <ContactDifferences
          before={contact}
          after={original.original}
          names={{ before: t.originalHere, after: t.originalThere }}
        />
      )}
      {original !== undefined && !asking && (
        <Button ref={fluentRef(opener)} onClick={() => (gone ? ask() : void confirm())}>
          {gone ? t.followGone : t.follow}
        </Button>
      )}
      {asking && <Question contact={contact} onConfirm={() => void confirm()} onCancel={close} refusal={refusal} />}
    </div>
  );
}

interface QuestionProps {
  readonly contact: StoredContact;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly refusal: RefObject<HTMLButtonElement | null>;
}

function Question({ contact, onConfirm, onCancel, refusal }: QuestionProps) {
  const styles = useStyles();
  const t = useText(contactTexts);
  const shared = useText();
  const question = t.followGoneQuestion(contact.displayName);
  return (
    <div role="group" className={styles.question} aria-label={question} data-question="">
      <p className={styles.asked}>{question}</p>
      <div className={styles.buttons}>
        <Button appearance="primary" onClick={onConfirm}>
          {t.remove}
        </Button>
        <Button ref={fluentRef(refusal)} onClick={onCancel}>
          {shared.cancel}
        </Button>
      </div>
    </div>
  );
}
