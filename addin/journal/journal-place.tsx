/** The place Journal: every call of the user in five folders (JRN-1 to JRN-3). */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components';
import { Delete20Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { journalFolders } from '../../shared/journal';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { Tabs } from '../shell/tabs';
import { useErrorText } from '../shell/use-error-text';
import { useStore } from '../shell/use-store';
import { VirtualList, type ListPlace } from '../shell/virtual-list';
import { DeleteMany } from './delete-many';
import { rowsOf, type JournalRow as Row } from './journal-days';
import type { JournalModel, JournalState } from './journal-model';
import { JournalRow } from './journal-row';
import { useJournalSession } from './journal-session';
import { journalTexts } from './texts';
import { useEntryText } from './use-entry-text';
import { useJournal, useNow } from './use-journal';

const useStyles = makeStyles({
  place: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  folder: { display: 'flex', flexDirection: 'column', alignItems: 'center' },
  count: { fontVariantNumeric: 'tabular-nums' },
  tools: {
    display: 'flex',
    flexShrink: 0,
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
  },
  day: {
    margin: 0,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXXS}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
  text: { padding: tokens.spacingHorizontalL, display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  muted: { color: tokens.colorNeutralForeground2, margin: 0 },
  message: { flexShrink: 0 },
  waiting: { display: 'grid', gap: tokens.spacingVerticalL, padding: tokens.spacingHorizontalM },
  bone: {
    height: '36px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralStencil1,
  },
});

const panelId = 'journal-panel';

export default function JournalPlace() {
  const styles = useStyles();
  const t = useText(journalTexts);
  const { count } = useFormats();
  const { choose } = useJournalSession();
  const { model, state } = useJournal();
  const { folder, counts } = state;
  return (
    <div className={styles.place}>
      <Tabs
        label={t.folders}
        idPrefix="journal"
        controls={panelId}
        value={folder}
        onChange={choose}
        options={journalFolders.map((name) => ({
          value: name,
          content: (
            <span className={styles.folder}>
              {t.folder[name]}
              <span className={styles.count}>{counts ? count(counts[name]) : '–'}</span>
            </span>
          ),
          name: counts ? t.folderCount(t.folderName[name], count(counts[name])) : t.folderName[name],
        }))}
      />
      <div className={styles.place} role="tabpanel" id={panelId} aria-labelledby={`journal-${folder}`}>
        <Tools model={model} state={state} />
        <Message model={model} state={state} />
        <List key={folder} model={model} state={state} />
      </div>
    </div>
  );
}

interface PartProps {
  readonly model: JournalModel;
  readonly state: JournalState;
}

/** Deleting many, and the word that the list may be old. */
function Tools({ model, state }: PartProps) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const { events } = useServices();
  const lost = useStore(events.connection) === 'lost';
  const [deleting, setDeleting] = useState(false);
  if (deleting) return <DeleteMany model={model} onClose={() => setDeleting(false)} />;
  if (!state.counts?.all && !lost) return null;
  return (
    <div className={styles.tools}>
      <Button
        appearance="subtle"
        size="small"
        icon={<Delete20Regular />}
        disabled={lost}
        onClick={() => setDeleting(true)}
      >
        {t.deleteMany}
      </Button>
      {lost && (
        <span role="status" className={styles.muted}>
          {t.offline}
        </span>
      )}
    </div>
  );
}

/** What the last action did, with the way back where there is one. */
function Message({ model, state }: PartProps) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const shared = useText();
  const { count } = useFormats();
  const text = useEntryText();
  const errorText = useErrorText();
  const { message, error, entries } = state;
  if (error !== undefined && entries !== undefined)
    return (
      <MessageBar className={styles.message} intent="error" layout="multiline" role="alert">
        <MessageBarBody>{errorText(error)}</MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={model.retry}>
            {shared.tryAgain}
          </Button>
        </MessageBarActions>
      </MessageBar>
    );
  if (!message) return null;
  const body =
    message.type === 'done'
      ? t.markedDone(text.name(message.entry.party))
      : message.type === 'deleted'
        ? t.deleted(count(message.count))
        : errorText(message.error);
  const failed = message.type === 'failed';
  return (
    <MessageBar
      className={styles.message}
      intent={failed ? 'error' : 'success'}
      layout="multiline"
      role={failed ? 'alert' : 'status'}
    >
      <MessageBarBody>{body}</MessageBarBody>
      <MessageBarActions>
        {message.type === 'done' && (
          <Button size="small" onClick={() => void model.change(message.entry, { done: false })}>
            {t.undo}
          </Button>
        )}
        <Button size="small" appearance="subtle" onClick={model.dismissMessage}>
          {shared.close}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function List({ model, state }: PartProps) {
  const t = useText(journalTexts);
  const { entries, folder, opened, drafts } = state;
  const rows = useMemo(() => rowsOf(entries ?? []), [entries]);
  const now = useNow();
  const session = useJournalSession();
  const places = session.places;
  const [startAt] = useState(() => places.get(folder));
  const onMoved = useCallback(
    (place: ListPlace | undefined) => {
      places.set(folder, place);
      if (place === undefined && document.visibilityState === 'visible') model.seen();
    },
    [places, folder, model],
  );
  const onSight = useCallback(
    (first: number, last: number) => model.look(entryAt(rows, first), entryAt(rows, last)),
    [model, rows],
  );
  useSeen(model, () => places.get(folder) === undefined);
  if (entries === undefined || entries.length === 0) return <NoList model={model} state={state} />;
  return (
    <VirtualList
      label={t.folderName[folder]}
      rows={rows}
      keyOf={(row) => row.key}
      estimate={(row) => (row.type === 'day' ? 30 : opened.has(row.key) ? 480 : 60)}
      render={(row) =>
        row.type === 'day' ? (
          <DayHeading day={row.day} now={now} />
        ) : (
          <JournalRow
            entry={row.entry}
            model={model}
            opened={opened.has(row.key)}
            draft={drafts.get(row.key)}
            now={now}
          />
        )
      }
      onNearEnd={model.more}
      onSight={onSight}
      startAt={startAt}
      onMoved={onMoved}
    />
  );
}

/** Index of the entry at a row, or of the one before it. */
function entryAt(rows: readonly Row[], index: number): number {
  const row = rows[index];
  if (row?.type === 'entry') return row.index;
  const next = rows[index + 1];
  return next?.type === 'entry' ? next.index : 0;
}

function DayHeading({ day, now }: { readonly day: Date; readonly now: number }) {
  const styles = useStyles();
  const text = useEntryText();
  return <h2 className={styles.day}>{text.day(day, new Date(now))}</h2>;
}

/** In place of the list: it is not here yet, it cannot be read, or nothing is in it. */
function NoList({ model, state }: PartProps) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { entries, error, folder } = state;
  if (entries !== undefined)
    return (
      <div className={styles.text}>
        <strong>{t.empty[folder]}</strong>
        <p className={styles.muted}>{t.emptyHint[folder]}</p>
      </div>
    );
  if (error !== undefined)
    return (
      <div className={styles.text}>
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
        <Button onClick={model.retry}>{shared.tryAgain}</Button>
      </div>
    );
  return (
    <div className={styles.waiting} role="status" aria-label={shared.loading}>
      {[1, 2, 3, 4, 5].map((bone) => (
        <div key={bone} className={styles.bone} />
      ))}
    </div>
  );
}

/**
 * Tells that missed calls have been seen: when the newest entries stand in a page that is on the screen. What is above
 * the edge is not; it is told once the list is scrolled up.
 */
function useSeen(model: JournalModel, atTop: () => boolean) {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible' && atTop()) model.seen();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  });
}
