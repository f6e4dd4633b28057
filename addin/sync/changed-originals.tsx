/** All contacts that were edited by hand and are other ones in Outlook today: the way to find and decide them. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronRight16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { historyTexts } from './history-texts';
import { useChangedOriginals } from './use-changed-originals';

/** Contacts that are shown until all are wanted. */
const fewContacts = 3;

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  muted: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    width: '100%',
    justifyContent: 'space-between',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    paddingInline: tokens.spacingHorizontalXS,
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  small: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  more: { alignSelf: 'flex-start' },
});

/** Nothing where there is none. */
export function ChangedOriginals() {
  const styles = useStyles();
  const t = useText(historyTexts);
  const { count } = useFormats();
  const { navigation } = useServices();
  const { items, more } = useChangedOriginals();
  const [all, setAll] = useState(false);
  if (items.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="originals-title" data-originals="">
      <h2 className={styles.title} id="originals-title">
        {t.originals(more ? `${count(items.length)}+` : count(items.length))}
      </h2>
      <p className={styles.muted}>{t.originalsHint}</p>
      <ul className={styles.list}>
        {(all ? items : items.slice(0, fewContacts)).map(({ id, displayName, state }) => {
          const name = displayName === '' ? t.unnamed : displayName;
          const open = () =>
            navigation.openEntry({ id, directory: 'personal', displayName: name, numbers: [], emails: [] });
          return (
            <li key={id}>
              <Button
                className={styles.row}
                appearance="subtle"
                icon={<ChevronRight16Regular />}
                iconPosition="after"
                aria-label={t.openOriginal(name, t.originalStates[state])}
                onClick={open}
              >
                <span className={styles.words}>
                  <span>{name}</span>
                  <span className={styles.small}>{t.originalStates[state]}</span>
                </span>
              </Button>
            </li>
          );
        })}
      </ul>
      {items.length > fewContacts && (
        <Button className={styles.more} appearance="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t.showFewer : t.showAll(count(items.length))}
        </Button>
      )}
    </section>
  );
}
