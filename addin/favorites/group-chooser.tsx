/** Into which group of the favourites somebody goes: one that is there, or a new one (FAV-1). In place, below the star. */
import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { favoriteLimits, type Favorite, type FavoriteGroup, type FavoriteSubject } from '../../shared/favorites';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { useStore } from '../shell/use-store';
import { favoritesTexts } from './texts';

const useStyles = makeStyles({
  chooser: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStrokeAccessible}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  field: { minWidth: 0, '& select': { minWidth: 0 } },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** The value of the choice that opens the field for a name; no id looks like it. */
const newGroup = '+';

interface Props {
  readonly subject: FavoriteSubject;
  readonly name: string;
  readonly known: { readonly favorite: Favorite; readonly group: FavoriteGroup } | undefined;
  readonly onClose: () => void;
}

/** Enter adds, Escape closes. */
export default function GroupChooser({ subject, name, known, onClose }: Props) {
  const styles = useStyles();
  const t = useText(favoritesTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { favorites, announce } = useServices();
  const groups = useStore(favorites.state).groups ?? [];
  const [chosen, setChosen] = useState(known?.group.id ?? groups.at(-1)?.id ?? newGroup);
  const [typed, setTyped] = useState(groups.length === 0 ? t.firstGroup : '');
  const [missing, setMissing] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const box = useRef<HTMLFormElement>(null);
  const making = chosen === newGroup || !groups.some(({ id }) => id === chosen);
  useEffect(() => box.current?.querySelector<HTMLElement>('select, input')?.focus(), []);

  const save = () => {
    const groupName = making ? typed.trim() : (groups.find(({ id }) => id === chosen)?.name ?? '');
    setMissing(groupName === '');
    if (groupName === '') return;
    void attempt(async () => {
      await favorites.add(subject, making ? { name: groupName } : { id: chosen });
      announce(t.added(name, groupName));
      onClose();
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  const problem = missing ? t.groupNameMissing : error === undefined ? undefined : errorText(error);
  return (
    // Escape closes it from wherever the focus is inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={box}
      className={styles.chooser}
      aria-label={t.chooser(name)}
      data-favorite-chooser=""
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {groups.length > 0 && (
        <Field className={styles.field} label={t.group}>
          <Select value={making ? newGroup : chosen} onChange={(_, { value }) => setChosen(value)}>
            {groups.map((group) => (
              <option key={group.id} value={group.id}>
                {group.name}
              </option>
            ))}
            <option value={newGroup}>{t.newGroup}</option>
          </Select>
        </Field>
      )}
      {making && (
        <Field className={styles.field} label={t.newGroupName}>
          <Input value={typed} maxLength={favoriteLimits.groupName} onChange={(_, { value }) => setTyped(value)} />
        </Field>
      )}
      {problem !== undefined && <div role="alert">{problem}</div>}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {t.ok}
        </Button>
        {known && (
          <Button
            onClick={() => {
              favorites.remove(known.favorite);
              announce(t.removed(name));
              onClose();
            }}
          >
            {t.remove}
          </Button>
        )}
        <Button onClick={onClose}>{shared.cancel}</Button>
      </div>
    </form>
  );
}
