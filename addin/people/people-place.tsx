/** The place People: who is in the open mail or appointment, with numbers that dial. */
import {
  Avatar,
  Badge,
  Button,
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Skeleton,
  SkeletonItem,
  tokens,
} from '@fluentui/react-components';
import { PersonAdd20Regular } from '@fluentui/react-icons';
import type { ItemPerson } from '../outlook/host';
import { EntryRow } from '../shell/entry-row';
import { useText } from '../shell/i18n/text';
import { mailtoOf } from '../shell/mailto';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { peopleTexts } from './texts';
import { usePeople } from './use-people';

const useStyles = makeStyles({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: tokens.spacingHorizontalS,
    display: 'grid',
    gap: tokens.spacingVerticalS,
  },
  card: {
    borderRadius: tokens.borderRadiusLarge,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  person: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  text: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', overflowWrap: 'anywhere', minWidth: 0 },
  name: { fontWeight: tokens.fontWeightSemibold },
  muted: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  waiting: { width: '60%', paddingTop: tokens.spacingVerticalXS },
  empty: { padding: tokens.spacingHorizontalL, display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export function PeoplePlace() {
  const styles = useStyles();
  const t = useText(peopleTexts);
  const errorText = useErrorText();
  const { host, navigation } = useServices();
  const { item, people, entryOf, error } = usePeople();

  if (!item || people.length === 0)
    return (
      <div className={styles.empty}>
        <strong>{item ? t.nobody : t.noItem}</strong>
        <p className={styles.hint}>{host.kind === 'window' ? t.windowHint : t.noItemHint}</p>
        <Button onClick={() => navigation.goTo('directory')}>{t.goToDirectory}</Button>
      </div>
    );
  return (
    <>
      {error !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{errorText(error)}</MessageBarBody>
        </MessageBar>
      )}
      <ul className={styles.list} aria-label={t.title}>
        {people.map((person) => {
          const entry = entryOf(person.email);
          return (
            <li key={person.email || person.name} className={styles.card}>
              {entry ? (
                <EntryRow item={entry} onOpen={navigation.openEntry} note={<Role person={person} />} />
              ) : (
                <Stranger person={person} known={entry === null || error !== undefined} />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Role({ person }: { person: ItemPerson }) {
  const t = useText(peopleTexts);
  return (
    <Badge appearance="tint" color="informative" size="small">
      {t.roles[person.role]}
    </Badge>
  );
}

/** Somebody whom no directory knows, or of whom that is not known yet. */
function Stranger({ person, known }: { person: ItemPerson; known: boolean }) {
  const styles = useStyles();
  const t = useText(peopleTexts);
  const shared = useText();
  const { navigation } = useServices();
  const name = person.name || person.email;
  return (
    <div className={styles.person}>
      <Avatar name={name} size={36} color="colorful" aria-hidden />
      <div className={styles.text}>
        <span className={styles.name}>{name}</span>
        <Role person={person} />
        {person.email !== '' && (
          <Link href={mailtoOf(person.email)} aria-label={shared.writeTo(person.email)}>
            {person.email}
          </Link>
        )}
        {known ? (
          <>
            <span className={styles.muted}>{t.unknown}</span>
            <Button
              appearance="subtle"
              size="small"
              icon={<PersonAdd20Regular />}
              aria-label={t.addName(name)}
              onClick={() =>
                navigation.addContact({ displayName: name, emails: person.email === '' ? [] : [person.email] })
              }
            >
              {t.add}
            </Button>
          </>
        ) : (
          <Skeleton className={styles.waiting} aria-label={shared.loading}>
            <SkeletonItem size={16} />
          </Skeleton>
        )}
      </div>
    </div>
  );
}
