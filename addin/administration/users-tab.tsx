/** Users: a list to search, and over it the user that is looked at, added or changed. */
import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { PersonAdd20Regular, Search20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { AdministeredUser } from '../../shared/api/administration-users';
import { useText } from '../shell/i18n/text';
import { InitialPassword } from './initial-password';
import { LoadedList } from './loaded-list';
import { administrationTexts } from './texts';
import { useUsers, type UsersModel } from './use-users';
import { UserBadges } from './user-badges';
import { UserForm } from './user-form';
import { UserImportView } from './user-import-view';
import { UserView } from './user-view';

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    flexShrink: 0,
  },
  search: { flexGrow: 1, flexBasis: '160px', minWidth: 0 },
  row: {
    display: 'grid',
    width: '100%',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    background: 'none',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    color: tokens.colorNeutralForeground1,
    ':hover': { boxShadow: `inset 0 0 0 ${tokens.strokeWidthThin} ${tokens.colorNeutralStroke1Hover}` },
    ':focus-visible': {
      outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    minWidth: 0,
  },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere', minWidth: 0 },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
});

/** What lies over the list. */
type Opened =
  | { readonly type: 'new' }
  | { readonly type: 'import' }
  | { readonly type: 'edit' | 'view'; readonly user: AdministeredUser; readonly initialPassword?: string };

export function UsersTab() {
  const model = useUsers();
  const [opened, setOpened] = useState<Opened>();
  const back = () => {
    setOpened(undefined);
    model.reload();
  };
  if (opened === undefined) return <UserList model={model} onOpen={setOpened} />;
  if (opened.type === 'new')
    return (
      <UserForm
        sites={model.sites}
        onCancel={back}
        onSaved={(user, initialPassword) =>
          setOpened({ type: 'view', user, ...(initialPassword === undefined ? {} : { initialPassword }) })
        }
      />
    );
  if (opened.type === 'import') return <UserImportView onBack={back} />;
  const { user, initialPassword } = opened;
  if (opened.type === 'edit')
    return (
      <UserForm
        sites={model.sites}
        user={user}
        onCancel={() => setOpened({ type: 'view', user })}
        onSaved={(saved) => setOpened({ type: 'view', user: saved })}
      />
    );
  return (
    <UserView
      user={user}
      several={model.sites.length > 1}
      note={initialPassword === undefined ? undefined : <InitialPassword user={user} password={initialPassword} />}
      onChanged={(changed) => setOpened({ type: 'view', user: changed })}
      onEdit={() => setOpened({ type: 'edit', user })}
      onBack={back}
    />
  );
}

function UserList({ model, onOpen }: { readonly model: UsersModel; readonly onOpen: (opened: Opened) => void }) {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const { users, error, query } = model;
  return (
    <>
      <div className={styles.tools}>
        <Input
          className={styles.search}
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          contentBefore={<Search20Regular />}
          value={query}
          maxLength={200}
          autoComplete="off"
          onChange={(_, data) => model.setQuery(data.value)}
        />
        <Button icon={<PersonAdd20Regular />} onClick={() => onOpen({ type: 'new' })}>
          {t.addUser}
        </Button>
        <Button onClick={() => onOpen({ type: 'import' })}>{t.importUsers}</Button>
      </div>
      <LoadedList
        label={t.users}
        rows={users}
        error={error}
        onRetry={model.reload}
        none={query === '' ? { title: t.noUsers, hint: t.noUsersHint } : { title: t.noneFits, hint: t.noneFitsHint }}
        rowHeight={52}
        render={(user) => (
          <UserRow user={user} several={model.sites.length > 1} onOpen={() => onOpen({ type: 'view', user })} />
        )}
        onNearEnd={model.more}
      />
    </>
  );
}

function UserRow(props: { readonly user: AdministeredUser; readonly several: boolean; readonly onOpen: () => void }) {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const { user, several, onOpen } = props;
  const second = [user.userName, user.extension, several ? user.site : undefined, user.email];
  return (
    <button type="button" className={styles.row} onClick={onOpen}>
      <span className={styles.head}>
        <span className={styles.name}>{user.displayName}</span>
        <UserBadges user={user} />
      </span>
      <span className={styles.second}>
        {[...new Set(second)].filter((part) => part !== undefined).join(' · ')}
        {user.mustChangePassword && ` · ${t.mustChangePassword}`}
      </span>
    </button>
  );
}
