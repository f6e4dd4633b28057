/** The notes as strips above the place, each with what one does about it. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Call20Regular, CallMissed20Regular, Dismiss20Regular, PersonAvailable20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, type ReactNode } from 'react';
import type { DirectoryItem } from '../../shared/directory';
import { dialTargetOf } from '../shell/dialler';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useNumberText } from '../shell/use-number-text';
import { noteTexts } from './note-texts';
import type { MissedNote, PaneNotes } from './pane-notes-model';
import { nameOf } from '../shell/party-words';

const useStyles = makeStyles({
  notes: { flexShrink: 0 },
  strip: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
  },
  icon: { display: 'inline-flex' },
  text: { overflowWrap: 'anywhere', minWidth: 0, fontWeight: tokens.fontWeightSemibold },
  buttons: { gridColumn: '2 / -1', display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly notes: PaneNotes;
  readonly free: readonly DirectoryItem[];
  readonly missed: MissedNote | undefined;
  /** Opens the journal in sight. */
  readonly onJournal: () => void;
}

export default function PaneNoteStrips({ notes, free, missed, onJournal }: Props) {
  const styles = useStyles();
  const t = useText(noteTexts);
  return (
    <section className={styles.notes} aria-label={t.notes}>
      {free.map((colleague) => (
        <FreeStrip key={colleague.id} colleague={colleague} onClose={() => notes.dismissFree(colleague.id)} />
      ))}
      {missed && <MissedStrip missed={missed} onClose={notes.dismissMissed} onJournal={onJournal} />}
    </section>
  );
}

interface StripProps {
  readonly icon: ReactNode;
  readonly words: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Strip({ icon, words, onClose, children }: StripProps) {
  const styles = useStyles();
  const t = useText(noteTexts);
  return (
    <div className={styles.strip} data-note>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <span className={styles.text}>{words}</span>
      <Button
        appearance="subtle"
        size="small"
        icon={<Dismiss20Regular />}
        aria-label={t.dismiss(words)}
        onClick={onClose}
      />
      <span className={styles.buttons}>{children}</span>
    </div>
  );
}

function FreeStrip({ colleague, onClose }: { readonly colleague: DirectoryItem; readonly onClose: () => void }) {
  const t = useText(noteTexts);
  const { dialler } = useServices();
  const { displayName, numbers } = colleague;
  const target = numbers.map((number) => dialTargetOf(number, displayName)).find((one) => one !== undefined);
  const words = t.isFree(displayName);
  useAnnouncement(words);
  return (
    <Strip icon={<PersonAvailable20Regular />} words={words} onClose={onClose}>
      {target && (
        <Button
          size="small"
          appearance="primary"
          icon={<Call20Regular />}
          aria-label={t.callNamed(displayName)}
          onClick={() => {
            dialler.dial(target);
            onClose();
          }}
        >
          {t.call}
        </Button>
      )}
    </Strip>
  );
}

interface MissedProps {
  readonly missed: MissedNote;
  readonly onClose: () => void;
  readonly onJournal: () => void;
}

function MissedStrip({ missed: { count, last }, onClose, onJournal }: MissedProps) {
  const t = useText(noteTexts);
  const formats = useFormats();
  const numberText = useNumberText();
  const { dialler } = useServices();
  const party = last?.party;
  const name = party && (nameOf(party, numberText) ?? t.unknown);
  const number = party?.e164 ?? party?.number;
  const shown = formats.count(count);
  const words = name === undefined ? t.missedCount(shown) : count === 1 ? t.missedOne(name) : t.missedMore(shown, name);
  return (
    <Strip icon={<CallMissed20Regular />} words={words} onClose={onClose}>
      {number !== undefined && (
        <Button
          size="small"
          appearance="primary"
          icon={<Call20Regular />}
          onClick={() => {
            dialler.dial({
              number,
              ...(party?.display !== undefined && { display: party.display }),
              ...(party?.name !== undefined && { name: party.name }),
            });
            onClose();
          }}
        >
          {t.callBack}
        </Button>
      )}
      <Button
        size="small"
        onClick={() => {
          onClose();
          onJournal();
        }}
      >
        {t.show}
      </Button>
    </Strip>
  );
}

/** Tells screen readers once; of the pages of one browser only the leading one speaks, and none where a window notifies. */
function useAnnouncement(words: string) {
  const { announce, events } = useServices();
  const told = useRef('');
  useEffect(() => {
    if (told.current === words) return;
    told.current = words;
    if (events.leads.get()) announce(words);
  }, [words, announce, events]);
}
