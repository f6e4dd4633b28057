/** All contacts that were edited by hand and are other ones in Outlook today: the way to find and decide them. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { historyTexts } from './history-texts';
import { ShortList } from './short-list';
import { useChangedOriginals } from './use-changed-originals';

const useStyles = makeStyles({ muted: { margin: 0, color: tokens.colorNeutralForeground2 } });

/** Nothing where there is none. */
export function ChangedOriginals() {
  const styles = useStyles();
  const t = useText(historyTexts);
  const { count } = useFormats();
  const { navigation } = useServices();
  const { items, more } = useChangedOriginals();
  if (items.length === 0) return null;
  return (
    <ShortList
      id="originals"
      title={t.originals(more ? `${count(items.length)}+` : count(items.length))}
      few={3}
      rows={items.map(({ id, displayName, state }) => {
        const first = displayName === '' ? t.unnamed : displayName;
        const second = t.originalStates[state];
        return {
          id,
          first,
          second,
          name: t.openOriginal(first, second),
          onOpen: () =>
            navigation.openEntry({ id, directory: 'personal', displayName: first, numbers: [], emails: [] }),
        };
      })}
    >
      <p className={styles.muted}>{t.originalsHint}</p>
    </ShortList>
  );
}
