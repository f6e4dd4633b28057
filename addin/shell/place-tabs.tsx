/** The places, as tabs that fit into 320 pixels. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { ArrowSync20Regular, BookContacts20Regular, People20Regular, Settings20Regular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { useText } from './i18n/text';
import { placeNames, type PlaceName } from './places';
import { Tabs } from './tabs';

const useStyles = makeStyles({
  places: { flexShrink: 0, borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}` },
  place: { display: 'flex', flexDirection: 'column', alignItems: 'center' },
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
  readonly panelId: string;
}

export function PlaceTabs({ place, onGo, panelId }: Props) {
  const styles = useStyles();
  const t = useText();
  return (
    <nav aria-label={t.mainNavigation} className={styles.places}>
      <Tabs
        label={t.mainNavigation}
        idPrefix="place"
        controls={panelId}
        value={place}
        onChange={onGo}
        options={placeNames.map((name) => ({
          value: name,
          content: (
            <span className={styles.place}>
              {icons[name]}
              {t.places[name]}
            </span>
          ),
        }))}
      />
    </nav>
  );
}
