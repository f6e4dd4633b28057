/** Folders and the list of items. */
import { Avatar, Button, mergeClasses } from '@fluentui/react-components';
import {
  CalendarLtr20Regular,
  ChevronDown12Regular,
  Dismiss16Regular,
  Drafts20Regular,
  Mail20Filled,
  MailInbox20Regular,
  People20Regular,
  Send20Regular,
} from '@fluentui/react-icons';
import type { PreviewFolder, PreviewItem } from './items';
import type { PreviewModel, PreviewState } from './preview-model';
import type { PreviewText } from './preview-texts';
import { useStyles } from './styles';

interface Props {
  readonly model: PreviewModel;
  readonly state: PreviewState;
  readonly text: (key: PreviewText) => string;
}

const folders: readonly { name: PreviewFolder; icon: React.JSX.Element }[] = [
  { name: 'inbox', icon: <MailInbox20Regular /> },
  { name: 'drafts', icon: <Drafts20Regular /> },
  { name: 'sent', icon: <Send20Regular /> },
  { name: 'calendar', icon: <CalendarLtr20Regular /> },
];

export function AppRail({ model, state, text }: Props) {
  const styles = useStyles();
  const inCalendar = state.folder === 'calendar';
  return (
    <nav className={styles.rail} aria-label="Outlook">
      <Button
        appearance="subtle"
        className={inCalendar ? undefined : styles.railActive}
        icon={<Mail20Filled />}
        aria-label={text('inbox')}
        onClick={() => model.open('inbox')}
      />
      <Button
        appearance="subtle"
        className={inCalendar ? styles.railActive : undefined}
        icon={<CalendarLtr20Regular />}
        aria-label={text('calendar')}
        onClick={() => model.open('calendar')}
      />
      <span style={{ padding: 6 }} aria-hidden="true">
        <People20Regular />
      </span>
    </nav>
  );
}

export function FolderList({ model, state, text }: Props) {
  const styles = useStyles();
  return (
    <nav className={styles.folders} aria-label={text('folders')}>
      <div className={styles.folderTitle}>
        <ChevronDown12Regular /> {text('folders')}
      </div>
      {folders.map(({ name, icon }) => (
        <button
          key={name}
          type="button"
          className={mergeClasses(styles.folder, state.folder === name && styles.folderActive)}
          aria-current={state.folder === name}
          onClick={() => model.open(name)}
        >
          {icon}
          {text(name)}
          {name === 'inbox' && state.unread.size > 0 && <span className={styles.folderCount}>{state.unread.size}</span>}
        </button>
      ))}
    </nav>
  );
}

export function ItemList({ model, state, text }: Props) {
  const styles = useStyles();
  const items = state.items.filter(({ folder }) => folder === state.folder);
  return (
    <section className={mergeClasses(styles.column, styles.list)} aria-label={text(state.folder)}>
      <div className={styles.listHead}>
        {text(state.folder)}
        <Button
          appearance="subtle"
          size="small"
          icon={<Dismiss16Regular />}
          disabled={state.selected === undefined}
          onClick={() => model.select(undefined)}
        >
          {text('selectNone')}
        </Button>
      </div>
      <div className={styles.listBody}>
        {items.length === 0 && <div className={styles.listDay}>{text('empty')}</div>}
        {items.map((item) => (
          <Entry
            key={item.id}
            item={item}
            active={item.id === state.selected}
            unread={state.unread.has(item.id)}
            language={state.language}
            onSelect={() => model.select(item.id)}
          />
        ))}
      </div>
    </section>
  );
}

interface EntryProps {
  readonly item: PreviewItem;
  readonly active: boolean;
  readonly unread: boolean;
  readonly language: string;
  readonly onSelect: () => void;
}

function Entry({ item, active, unread, language, onSelect }: EntryProps) {
  const styles = useStyles();
  const who = nameOf(item);
  return (
    <button
      type="button"
      data-item={item.id}
      className={mergeClasses(styles.entry, unread && styles.entryUnread, active && styles.entryActive)}
      aria-current={active}
      onClick={onSelect}
    >
      <Avatar name={who} color="colorful" size={32} aria-hidden="true" />
      <span style={{ minWidth: 0 }}>
        <span className={mergeClasses(styles.clip, unread && styles.bold)}>{who || '—'}</span>
        <span className={styles.entryLine}>
          <span className={mergeClasses(styles.clip, unread && styles.unreadSubject)}>{item.subject || '—'}</span>
          <span className={mergeClasses(styles.time, styles.muted)}>{timeOf(item, language)}</span>
        </span>
        <span className={mergeClasses(styles.clip, styles.muted)}>{snippetOf(item)}</span>
      </span>
    </button>
  );
}

/** The first words after the greeting. */
function snippetOf({ body }: PreviewItem): string {
  return body.find((line) => line !== '' && !line.endsWith(',')) ?? '\u00a0';
}

function nameOf(item: PreviewItem): string {
  if (item.kind === 'appointment') return item.organizer.name;
  if (item.kind === 'mail' && item.folder === 'inbox') return item.from.name;
  return item.to.map(({ name }) => name).join(', ');
}

function timeOf(item: PreviewItem, language: string): string {
  if (item.kind === 'draft') return '';
  const at = item.kind === 'mail' ? item.received : item.start;
  const sameDay = at.toDateString() === new Date().toDateString();
  const format: Intl.DateTimeFormatOptions = sameDay
    ? { timeStyle: 'short' }
    : { weekday: 'short', day: 'numeric', month: 'numeric' };
  return new Intl.DateTimeFormat(language, format).format(at);
}
