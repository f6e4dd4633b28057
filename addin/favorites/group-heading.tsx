/** The heading of a group: opens and closes it, takes what is dropped on it, and has what changes the group itself. */
import { Button, Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowDown16Regular,
  ArrowUp16Regular,
  ChevronDown16Regular,
  ChevronRight16Regular,
  Delete16Regular,
  Edit16Regular,
  MoreHorizontal20Regular,
} from '@fluentui/react-icons';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { favoriteLimits, type FavoriteGroup } from '../../shared/favorites';
import { fluentRef } from '../shell/fluent-ref';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { favoritesTexts } from './texts';
import type { FavoritesList } from './use-favorites';

const useStyles = makeStyles({
  heading: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    margin: 0,
    paddingRight: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  dragged: { opacity: 0.5 },
  over: { boxShadow: `inset 0 0 0 ${tokens.strokeWidthThick} ${tokens.colorCompoundBrandStroke}` },
  title: {
    flexGrow: 1,
    minWidth: 0,
    justifyContent: 'flex-start',
    overflowWrap: 'anywhere',
    textAlign: 'left',
    color: tokens.colorNeutralForeground1,
  },
  tools: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
});

interface Props {
  readonly group: FavoriteGroup;
  readonly list: FavoritesList;
  readonly dragged: string | undefined;
  readonly onDrag: (id: string | undefined) => void;
}

export function GroupHeading({ group, list, dragged, onDrag }: Props) {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const { count } = useFormats();
  const [over, setOver] = useState(false);
  const [tools, setTools] = useState(false);
  const { id, name, items } = group;
  const closed = list.closed.has(id);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !event.altKey) return;
    event.preventDefault();
    list.moveGroup(group, step);
  };
  return (
    <>
      {/* Moving by keys is the favourites' own and the title's; dragging is the same with a mouse. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <h2
        className={mergeClasses(styles.heading, over && styles.over, dragged === id && styles.dragged)}
        data-favorite-group={name}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', name);
          onDrag(id);
        }}
        onDragEnd={() => onDrag(undefined)}
        onDragOver={(event) => {
          if (dragged === undefined || dragged === id) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (dragged !== undefined) list.drop(dragged, { groupId: id });
          onDrag(undefined);
        }}
      >
        <Button
          className={styles.title}
          appearance="transparent"
          icon={closed ? <ChevronRight16Regular /> : <ChevronDown16Regular />}
          aria-expanded={!closed}
          data-favorite-row={id}
          onClick={() => list.toggleGroup(id)}
          onKeyDown={onKeyDown}
        >
          {`${name} (${count(items.length)})`}
        </Button>
        <Button
          appearance="subtle"
          size="small"
          icon={<MoreHorizontal20Regular />}
          aria-label={t.groupTools(name)}
          aria-expanded={tools}
          onClick={() => setTools(!tools)}
        />
      </h2>
      {tools && <GroupTools group={group} list={list} onClose={() => setTools(false)} />}
    </>
  );
}

interface ToolsProps {
  readonly group: FavoriteGroup;
  readonly list: FavoritesList;
  readonly onClose: () => void;
}

function GroupTools({ group, list, onClose }: ToolsProps) {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const [asking, setAsking] = useState<'rename' | 'remove'>();
  if (asking === 'rename') return <Rename group={group} onClose={onClose} />;
  if (asking === 'remove') return <Remove group={group} onClose={onClose} />;
  return (
    <div className={mergeClasses(styles.tools, styles.buttons)}>
      <div className={styles.buttons}>
        <Button size="small" icon={<Edit16Regular />} onClick={() => setAsking('rename')}>
          {t.rename}
        </Button>
        <Button size="small" icon={<Delete16Regular />} onClick={() => setAsking('remove')}>
          {t.removeGroup}
        </Button>
        <Button
          size="small"
          icon={<ArrowUp16Regular />}
          disabledFocusable={!list.canMoveGroup(group, -1)}
          onClick={() => list.moveGroup(group, -1)}
        >
          {t.moveUp}
        </Button>
        <Button
          size="small"
          icon={<ArrowDown16Regular />}
          disabledFocusable={!list.canMoveGroup(group, 1)}
          onClick={() => list.moveGroup(group, 1)}
        >
          {t.moveDown}
        </Button>
      </div>
    </div>
  );
}

interface QuestionProps {
  readonly group: FavoriteGroup;
  readonly onClose: () => void;
}

/** Escape closes; Enter saves. */
function Rename({ group, onClose }: QuestionProps) {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { favorites } = useServices();
  const [typed, setTyped] = useState(group.name);
  const [missing, setMissing] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const save = () => {
    const name = typed.trim();
    setMissing(name === '');
    if (name === '') return;
    void attempt(async () => {
      if (name !== group.name) await favorites.renameGroup(group.id, name);
      onClose();
    });
  };
  const problem = missing ? t.groupNameMissing : error === undefined ? undefined : errorText(error);
  return (
    // Escape closes it from wherever the focus is inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={styles.tools}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <Field
        label={t.renameField(group.name)}
        {...(problem === undefined ? {} : { validationMessage: problem, validationState: 'error' as const })}
      >
        <Input
          ref={fluentRef(field)}
          value={typed}
          maxLength={favoriteLimits.groupName}
          onChange={(_, { value }) => setTyped(value)}
        />
      </Field>
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {shared.save}
        </Button>
        <Button onClick={onClose}>{shared.cancel}</Button>
      </div>
    </form>
  );
}

function Remove({ group, onClose }: QuestionProps) {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const shared = useText();
  const { count } = useFormats();
  const { favorites, announce } = useServices();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  const { id, name, items } = group;
  const question =
    items.length === 0 ? t.removeEmptyGroupQuestion(name) : t.removeGroupQuestion(name, count(items.length));
  return (
    <div role="group" className={styles.tools} aria-label={question}>
      <p className={styles.asked}>{question}</p>
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          onClick={() => {
            favorites.step({ type: 'remove-group', id });
            announce(t.groupRemoved(name));
            onClose();
          }}
        >
          {t.removeGroup}
        </Button>
        <Button ref={fluentRef(cancel)} onClick={onClose}>
          {shared.cancel}
        </Button>
      </div>
    </div>
  );
}
