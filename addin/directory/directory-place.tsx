/** The place Directory: the personal, the internal and the system directory to look through (DIR-1). */
import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { directoryNames, type DirectoryName } from '../../shared/directory';
import { EntryRow } from '../shell/entry-row';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { Tabs } from '../shell/tabs';
import { VirtualList } from '../shell/virtual-list';
import { directoryTexts } from './texts';
import { useDirectories } from './use-directory';

const useStyles = makeStyles({
  place: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  panel: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  tools: { padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`, flexShrink: 0 },
  text: { padding: tokens.spacingHorizontalL, display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  muted: { color: tokens.colorNeutralForeground2, margin: 0 },
});

export default function DirectoryPlace() {
  const styles = useStyles();
  const t = useText(directoryTexts);
  const shared = useText();
  const { count } = useFormats();
  const { navigation } = useServices();
  const [directory, setDirectory] = useState<DirectoryName>('personal');
  const { counts, list } = useDirectories(directory);
  return (
    <div className={styles.place}>
      <Tabs
        label={t.directories}
        idPrefix="directory"
        controls="directory-panel"
        value={directory}
        onChange={setDirectory}
        options={directoryNames.map((name) => ({
          value: name,
          content: `${shared.directories[name]}${counts ? ` (${count(counts[name].count)}${counts[name].more ? '+' : ''})` : ''}`,
        }))}
      />
      <div className={styles.panel} role="tabpanel" id="directory-panel" aria-labelledby={`directory-${directory}`}>
        {directory === 'personal' && (
          <div className={styles.tools}>
            <Button appearance="subtle" size="small" icon={<Add20Regular />} onClick={() => navigation.addContact({})}>
              {t.add}
            </Button>
          </div>
        )}
        <List
          directory={directory}
          list={list}
          capped={counts?.[directory].more === true && directory !== 'personal'}
        />
      </div>
    </div>
  );
}

interface ListProps {
  readonly directory: DirectoryName;
  readonly list: ReturnType<typeof useDirectories>['list'];
  /** Not all of them are in the list. */
  readonly capped: boolean;
}

function List({ directory, list, capped }: ListProps) {
  const styles = useStyles();
  const t = useText(directoryTexts);
  const shared = useText();
  const { count } = useFormats();
  const errorText = useErrorText();
  const { navigation } = useServices();
  const { items, error, more } = list;
  if (items === undefined)
    return (
      <div className={styles.text}>
        {error === undefined ? (
          <Spinner size="small" label={shared.loading} />
        ) : (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{errorText(error)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    );
  if (items.length === 0)
    return (
      <div className={styles.text}>
        <strong>{t.empty[directory]}</strong>
        <p className={styles.muted}>{t.emptyHint[directory]}</p>
        {directory === 'personal' && (
          <Button appearance="primary" onClick={() => navigation.goTo('sync')}>
            {t.goToSync}
          </Button>
        )}
      </div>
    );
  return (
    <>
      <VirtualList
        key={directory}
        label={shared.directories[directory]}
        rows={items}
        keyOf={(item) => item.id}
        estimate={(item) => 44 + 28 * item.numbers.length + 24 * item.emails.length}
        render={(item) => <EntryRow item={item} onOpen={navigation.openEntry} />}
        onNearEnd={more}
      />
      {capped && <p className={styles.muted}>{t.capped(count(items.length))}</p>}
    </>
  );
}
