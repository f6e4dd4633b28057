/** The open item: a mail or an appointment to read, a draft to write, or nothing. */
import { Avatar, Button, Input, MessageBar, MessageBarBody, mergeClasses, Spinner } from '@fluentui/react-components';
import { ArrowReply20Regular, Delete20Regular, MailRegular, Send20Regular } from '@fluentui/react-icons';
import type { PreviewAppointment, PreviewDraft, PreviewMail, PreviewPerson } from './items';
import type { PreviewModel, PreviewState } from './preview-model';
import type { PreviewText } from './preview-texts';
import { useStyles } from './styles';

interface Props {
  readonly model: PreviewModel;
  readonly state: PreviewState;
  readonly text: (key: PreviewText) => string;
}

export function ReadingPane({ model, state, text }: Props) {
  const styles = useStyles();
  const item = state.items.find(({ id }) => id === state.selected);
  return (
    <main className={mergeClasses(styles.column, styles.reading)}>
      {item === undefined && (
        <div className={styles.nothing}>
          <MailRegular />
          <span style={{ fontSize: 16, fontWeight: 600 }}>{text('nothingSelected')}</span>
          <span style={{ fontSize: 14 }}>{text('nothingSelectedHint')}</span>
        </div>
      )}
      {item !== undefined && item.kind !== 'draft' && <h2 className={styles.subject}>{item.subject}</h2>}
      {item !== undefined && <Notifications state={state} itemId={item.id} />}
      {item?.kind === 'mail' && (
        <Mail mail={item} text={text} language={state.language} onReply={() => model.write(item)} />
      )}
      {item?.kind === 'appointment' && <Appointment item={item} text={text} language={state.language} />}
      {item?.kind === 'draft' && (
        <Draft key={item.id} draft={item} text={text} onSend={() => model.send()} onDiscard={() => model.remove()} />
      )}
    </main>
  );
}

function Notifications({ state, itemId }: { readonly state: PreviewState; readonly itemId: string }) {
  const styles = useStyles();
  return [...(state.notifications.get(itemId) ?? new Map<string, never>())].map(([key, { type, message }]) => (
    <div key={key} className={styles.notification} role="status" data-notification={key}>
      <MessageBar
        layout="multiline"
        intent={type === 'errorMessage' ? 'error' : 'info'}
        {...(type === 'progressIndicator' ? { icon: <Spinner size="extra-tiny" /> } : {})}
      >
        <MessageBarBody>{message}</MessageBarBody>
      </MessageBar>
    </div>
  ));
}

interface MailProps {
  readonly mail: PreviewMail;
  readonly text: Props['text'];
  readonly language: string;
  readonly onReply: () => void;
}

function Mail({ mail, text, language, onReply }: MailProps) {
  const styles = useStyles();
  const received = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(mail.received);
  return (
    <article className={styles.message}>
      <div className={styles.messageHead}>
        <Avatar name={mail.from.name} color="colorful" size={40} />
        <div>
          <div>
            <span className={styles.bold}>{mail.from.name}</span>{' '}
            <span className={styles.muted}>&lt;{mail.from.email}&gt;</span>
          </div>
          <div className={mergeClasses(styles.muted, styles.time)}>{received}</div>
          <People label={text('to')} people={mail.to} />
          {mail.cc.length > 0 && <People label={text('cc')} people={mail.cc} />}
        </div>
      </div>
      <Body lines={mail.body} />
      <div className={styles.messageActions}>
        <Button icon={<ArrowReply20Regular />} onClick={onReply}>
          {text('reply')}
        </Button>
      </div>
    </article>
  );
}

function People({ label, people }: { readonly label: string; readonly people: readonly PreviewPerson[] }) {
  const styles = useStyles();
  return (
    <div>
      <span className={styles.muted}>{label}:</span> {people.map(({ name, email }) => name || email).join('; ')}
    </div>
  );
}

function Body({ lines }: { readonly lines: readonly string[] }) {
  const styles = useStyles();
  return lines.map((line, index) => (
    <p key={index} className={styles.text}>
      {line}
    </p>
  ));
}

function Appointment({ item, text, language }: { item: PreviewAppointment; text: Props['text']; language: string }) {
  const styles = useStyles();
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  return (
    <article>
      <div className={styles.fields} style={{ marginBlockEnd: 16 }}>
        <Field label={text('organizer')} people={[item.organizer]} />
        <Field label={text('required')} people={item.required} />
        <Field label={text('optional')} people={item.optional} />
        <span className={styles.fieldLabel}>{text('when')}</span>
        <span className={styles.fieldValue}>
          {day.format(item.start)} – {time.format(item.end)}
        </span>
        <span className={styles.fieldLabel}>{text('where')}</span>
        <span className={styles.fieldValue}>{item.location}</span>
      </div>
      <div className={styles.message}>
        <Body lines={item.body} />
      </div>
    </article>
  );
}

function Field({ label, people }: { readonly label: string; readonly people: readonly PreviewPerson[] }) {
  const styles = useStyles();
  return (
    <>
      <span className={styles.fieldLabel}>{label}</span>
      <span className={styles.fieldValue}>
        {people.map(({ name, email }) => (
          <span key={email} className={styles.pill} title={email}>
            {name || email}
          </span>
        ))}
      </span>
    </>
  );
}

interface DraftProps {
  readonly draft: PreviewDraft;
  readonly text: Props['text'];
  readonly onSend: () => void;
  readonly onDiscard: () => void;
}

function Draft({ draft, text, onSend, onDiscard }: DraftProps) {
  const styles = useStyles();
  return (
    <article>
      <div className={styles.messageActions} style={{ margin: '12px 20px' }}>
        <Button appearance="primary" icon={<Send20Regular />} disabled={draft.to.length === 0} onClick={onSend}>
          {text('send')}
        </Button>
        <Button appearance="subtle" icon={<Delete20Regular />} onClick={onDiscard}>
          {text('discard')}
        </Button>
      </div>
      <div className={styles.fields}>
        <Field label={text('to')} people={draft.to} />
        <Field label={text('cc')} people={draft.cc} />
      </div>
      <div style={{ padding: '8px 20px' }}>
        <Input
          style={{ width: '100%' }}
          appearance="underline"
          aria-label={text('subjectLabel')}
          placeholder={text('subject')}
          defaultValue={draft.subject}
        />
      </div>
      <div className={styles.message}>
        <Body lines={draft.body} />
      </div>
    </article>
  );
}
