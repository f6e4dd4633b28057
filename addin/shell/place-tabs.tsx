/** The places, as tabs that fit into 320 pixels. */
import { CounterBadge, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { ArrowSync20Regular, BookContacts20Regular, People20Regular, Settings20Regular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { useText } from './i18n/text';
import { placeNames, type PlaceName } from './places';

const useStyles = makeStyles({
  tabs: {
    flexShrink: 0,
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: 'minmax(min-content, 1fr)',
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  tab: { justifyContent: 'center', padding: `${tokens.spacingVerticalS} 0` },
  content: { display: 'flex', flexDirection: 'column', alignItems: 'center' },
  icon: { position: 'relative', display: 'inline-flex' },
  badge: { position: 'absolute', top: '-6px', left: '14px' },
  label: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

const icons: Readonly<Record<PlaceName, JSX.Element>> = {
  people: <People20Regular />,
  directory: <BookContacts20Regular />,
  sync: <ArrowSync20Regular />,
  settings: <Settings20Regular />,
};

interface Props {
  readonly place: PlaceName;
  readonly onGo: (place: PlaceName) => void;
  /** What is new in a place. */
  readonly counts: Partial<Record<PlaceName, number>>;
  readonly panelId: string;
}

export function PlaceTabs({ place, onGo, counts, panelId }: Props) {
  const styles = useStyles();
  const t = useText();
  return (
    <nav aria-label={t.mainNavigation} style={{ flexShrink: 0 }}>
      <TabList
        className={styles.tabs}
        size="small"
        aria-label={t.mainNavigation}
        selectedValue={place}
        onTabSelect={(_, { value }) => {
          const chosen = placeNames.find((name) => name === value);
          if (chosen) onGo(chosen);
        }}
      >
        {placeNames.map((name) => (
          <Tab key={name} value={name} id={`place-${name}`} aria-controls={panelId} className={styles.tab}>
            <span className={styles.content}>
              <span className={styles.icon}>
                {icons[name]}
                {(counts[name] ?? 0) > 0 && (
                  <CounterBadge className={styles.badge} size="small" color="brand" count={counts[name] ?? 0} />
                )}
              </span>
              <span className={styles.label}>{t.places[name]}</span>
            </span>
          </Tab>
        ))}
      </TabList>
    </nav>
  );
}
