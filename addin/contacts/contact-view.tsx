/** The contact card over the place: all of an entry, and for own contacts edit and delete (DIR-4). Loaded when opened. */
import { Button, Link, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular, Copy16Regular, Delete20Regular, Edit20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { StoredContact } from '../../shared/api/contacts';
import type { DirectoryItem } from '../../shared/directory';
import type { ContactNumber } from '../../shared/contact';
import { digitsAfterConnection, numbersInField } from '../../shared/numbers-in-field';
import { errorCodeOf } from '../api/api-error';
import { EntryLine } from '../shell/entry-row';
import { useFavoriteStar } from '../shell/favorite-star';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { mailtoOf } from '../shell/mailto';
import type { View } from '../shell/navigation';
import { NumberButton } from '../shell/number-button';
import { PresencePicture } from '../shell/presence';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { useNumberText } from '../shell/use-number-text';
import { useQuestion } from '../shell/use-question';
import { ContactForm } from './contact-form';
import { OriginalNote } from './original-note';
import { contactTexts } from './texts';
import { useContact, useContactActions } from './use-contact';

const useStyles = makeStyles({
  view: { padding: tokens.spacingHorizontalM, display: 'grid', gap: tokens.spacingVerticalM, alignContent: 'start' },
  back: { justifySelf: 'start' },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, overflowWrap: 'anywhere' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    ':focus': { outline: 'none' },
  },
  muted: { color: tokens.colorNeutralForeground2, margin: 0 },
  heading: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  line: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', overflowWrap: 'anywhere' },
  remark: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  question: { display: 'grid', gap: tokens.spacingVerticalS },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  notes: { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** What {@link View} asks for. */
export default function ContactView({ view }: { view: View }) {
  const { navigation } = useServices();
  if (view.type === 'entry') return <EntryCard key={view.item.id} item={view.item} />;
  return (
    <ContactForm
      draft={view.draft}
      onCancel={navigation.back}
      onSaved={(contact) => navigation.openEntry(itemOf(contact))}
    />
  );
}

function itemOf(contact: StoredContact): DirectoryItem {
  const { id, displayName, numbers, emails, company } = contact;
  return { id, directory: 'personal', displayName, numbers, emails, ...(company === undefined ? {} : { company }) };
}

function EntryCard({ item }: { item: DirectoryItem }) {
  const styles = useStyles();
  const t = useText(contactTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { navigation } = useServices();
  const { contact, error, accept } = useContact(item.directory === 'personal' ? item.id : undefined);
  // As it was when editing began: a change that comes in meanwhile must be a conflict, and not be overwritten unseen.
  const [edited, setEdited] = useState<StoredContact>();
  const heading = useRef<HTMLHeadingElement>(null);
  const favorite = useFavoriteStar({ directory: item.directory, id: item.id }, item.displayName);
  useEffect(() => heading.current?.focus(), [edited]);

  if (edited)
    return (
      <ContactForm
        contact={edited}
        onCancel={() => setEdited(undefined)}
        onSaved={(saved) => {
          accept(saved);
          setEdited(undefined);
        }}
      />
    );
  const shown = contact ? itemOf(contact) : item;
  const about = [contact?.jobTitle, contact?.department, shown.company].filter((text) => text);
  return (
    <section className={styles.view} aria-label={shown.displayName}>
      <Button className={styles.back} appearance="subtle" icon={<ArrowLeft20Regular />} onClick={navigation.back}>
        {shared.back}
      </Button>
      <div className={styles.head}>
        <PresencePicture item={shown} size={56} />
        <div>
          <h2 ref={heading} tabIndex={-1} className={styles.title}>
            {shown.displayName}
          </h2>
          {about.length > 0 && <p className={styles.muted}>{about.join(' · ')}</p>}
          <p className={styles.muted}>{shared.directories[item.directory]}</p>
        </div>
        {favorite?.star}
      </div>
      {favorite?.chooser}
      <EntryLine item={item} />
      {error !== undefined && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{errorCodeOf(error) === 'not-found' ? t.gone : errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {contact && <OriginalNote contact={contact} onChanged={accept} />}
      <Numbers item={shown} />
      {shown.emails.length > 0 && (
        <div>
          <h3 className={styles.heading}>{t.emails}</h3>
          <ul className={styles.list}>
            {shown.emails.map((email) => (
              <li key={email} className={styles.line}>
                <Link href={mailtoOf(email)} aria-label={shared.writeTo(email)}>
                  {email}
                </Link>
                <CopyButton text={email} shown={email} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {contact?.notes !== undefined && contact.notes !== '' && (
        <div>
          <h3 className={styles.heading}>{t.notes}</h3>
          <p className={styles.notes}>{contact.notes}</p>
        </div>
      )}
      {contact && (
        <>
          <p className={styles.muted}>{contact.origin.type === 'imported' ? t.fromOutlook : t.byHand}</p>
          <Actions contact={contact} onEdit={() => setEdited(contact)} onChanged={accept} />
        </>
      )}
    </section>
  );
}

function Numbers({ item }: { item: DirectoryItem }) {
  const styles = useStyles();
  const t = useText(contactTexts);
  const numberText = useNumberText();
  return (
    <div>
      <h3 className={styles.heading}>{t.numbers}</h3>
      {item.numbers.length === 0 && <p className={styles.muted}>{t.noNumbers}</p>}
      <ul className={styles.list}>
        {item.numbers.flatMap(numbersInField).map((number, index) => (
          <li key={`${index} ${number.raw}`} className={styles.line}>
            <div>
              <NumberButton number={number} name={item.displayName} explained />
              {number.assumed && (
                <p className={styles.remark}>
                  {number.assumed === 'country' ? t.assumedCountry(number.raw) : t.assumedArea(number.raw)}
                </p>
              )}
              <AfterConnection number={number} />
            </div>
            <CopyButton
              text={number.display ?? number.raw}
              shown={number.display === undefined ? number.raw : numberText(number.display)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function AfterConnection({ number }: { number: ContactNumber }) {
  const styles = useStyles();
  const t = useText(contactTexts);
  const digits = digitsAfterConnection(number);
  return digits === undefined ? null : <p className={styles.remark}>{t.afterConnection(digits)}</p>;
}

function CopyButton({ text, shown }: { readonly text: string; readonly shown: string }) {
  const t = useText(contactTexts);
  const { announce } = useServices();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(t.copied);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      announce(t.notCopied, true);
    }
  };
  return (
    <Button
      appearance="subtle"
      size="small"
      icon={<Copy16Regular />}
      aria-label={t.copy(shown)}
      onClick={() => void copy()}
    >
      {copied ? t.copied : undefined}
    </Button>
  );
}

interface ActionsProps {
  readonly contact: StoredContact;
  readonly onEdit: () => void;
  readonly onChanged: (contact: StoredContact) => void;
}

/** Edit and delete; deleting asks in place, without a dialog over the pane. */
function Actions({ contact, onEdit, onChanged }: ActionsProps) {
  const styles = useStyles();
  const t = useText(contactTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { navigation, announce } = useServices();
  const { remove, read } = useContactActions();
  const { asking, ask, close, opener, refusal } = useQuestion();
  const [error, setError] = useState<unknown>();

  const confirm = async () => {
    try {
      await remove(contact);
      announce(t.deleted(contact.displayName));
      navigation.back();
    } catch (failure) {
      setError(failure);
      close();
      // The question is asked anew, about what stands there now.
      if (errorCodeOf(failure) === 'version-conflict') onChanged(await read(contact.id));
    }
  };
  return (
    <>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      {asking ? (
        <div role="group" className={styles.question} aria-label={t.deleteQuestion(contact.displayName)}>
          <p className={styles.asked}>{t.deleteQuestion(contact.displayName)}</p>
          {contact.origin.type === 'imported' && <p className={styles.muted}>{t.deleteImported}</p>}
          <div className={styles.buttons}>
            <Button appearance="primary" onClick={() => void confirm()}>
              {t.delete}
            </Button>
            <Button ref={fluentRef(refusal)} onClick={close}>
              {shared.cancel}
            </Button>
          </div>
        </div>
      ) : (
        <div className={styles.buttons}>
          <Button icon={<Edit20Regular />} onClick={onEdit}>
            {t.edit}
          </Button>
          <Button ref={fluentRef(opener)} icon={<Delete20Regular />} onClick={ask}>
            {t.delete}
          </Button>
        </div>
      )}
    </>
  );
}
