/** Users: a list to search, and over it the user that is looked at, added or changed. */
import { Button } from '@fluentui/react-components';
import { PersonAdd20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { AdministeredUser } from '../../shared/api/administration-users';
import { useText } from '../shell/i18n/text';
import { InitialPassword } from './initial-password';
import { ListTools } from './list-tools';
import { LoadedList } from './loaded-list';
import { ObjectRow } from './object-row';
import { administrationTexts } from './texts';
import { useUsers, type UsersModel } from './use-users';
import { UserBadges } from './user-badges';
import { UserForm } from './user-form';
import { UserImportView } from './user-import-view';
import { UserView } from './user-view';

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
  const t = useText(administrationTexts);
  const { rows, error, query } = model;
  return (
    <>
      <ListTools search={{ label: t.search, query, setQuery: model.setQuery }}>
        <Button icon={<PersonAdd20Regular />} onClick={() => onOpen({ type: 'new' })}>
          {t.addUser}
        </Button>
        <Button onClick={() => onOpen({ type: 'import' })}>{t.importUsers}</Button>
      </ListTools>
      <LoadedList
        label={t.users}
        rows={rows}
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
  const t = useText(administrationTexts);
  const { user, several, onOpen } = props;
  const second = [
    user.userName,
    user.extension,
    several ? user.site : undefined,
    user.email,
    user.mustChangePassword ? t.mustChangePassword : undefined,
  ];
  return (
    <ObjectRow
      name={user.displayName}
      second={[...new Set(second)].filter((part) => part !== undefined).join(' · ')}
      badges={<UserBadges user={user} />}
      onOpen={onOpen}
    />
  );
}
