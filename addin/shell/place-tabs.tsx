/** The places, as tabs that fit into 320 pixels. */
import { makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowSync20Regular,
  BookContacts20Regular,
  History20Regular,
  People20Regular,
  Settings20Regular,
  Star20Regular,
} from '@fluentui/react-icons';
import type { JSX } from 'react';
import { useText } from './i18n/text';
import { tabPlaces, type PlaceName, type TabPlace } from './places';
import { Tabs } from './tabs';

const useStyles = makeStyles({
  places: { flexShrink: 0, borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}` },
  place: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    // Six German words stand side by side in 320 pixels.
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    rowGap: tokens.spacingVerticalXXS,
  },
  word: { maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis' },
  icon: { position: 'relative', display: 'inline-flex' },
  news: {
    position: 'absolute',
    top: '-4px',
    left: '14px',
    minWidth: '16px',
    padding: '0 4px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusCircular,
    // A border, unlike a background, is drawn when the operating system enforces its colours.
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralBackground1}`,
    backgroundColor: tokens.colorStatusSuccessBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
});

const icons: Readonly<Record<TabPlace, JSX.Element>> = {
  people: <People20Regular />,
  favorites: <Star20Regular />,
  directory: <BookContacts20Regular />,
  journal: <History20Regular />,
  sync: <ArrowSync20Regular />,
  settings: <Settings20Regular />,
};

/** More are shown as this number with a plus sign, which fits beside the icon. */
const mostShown = 99;

interface Props {
  readonly place: PlaceName;
  readonly onGo: (place: PlaceName) => void;
  readonly panelId: string;
  /** Missed calls that the user has not seen (SET-6). */
  readonly missedCalls: number;
}

export function PlaceTabs({ place, onGo, panelId, missedCalls }: Props) {
  const styles = useStyles();
  const t = useText();
  return (
    <nav aria-label={t.mainNavigation} className={styles.places}>
      <Tabs
        label={t.mainNavigation}
        // Opening a place drops what was typed in the field.
        manual
        byContent
        idPrefix="place"
        controls={panelId}
        value={place === 'administration' ? 'settings' : place}
        onChange={onGo}
        options={tabPlaces.map((name) => {
          const news = name === 'journal' ? missedCalls : 0;
          return {
            value: name,
            content: (
              <span className={styles.place}>
                <span className={styles.icon}>
                  {icons[name]}
                  {news > 0 && <span className={styles.news}>{news > mostShown ? `${mostShown}+` : news}</span>}
                </span>
                <span className={styles.word}>{t.places[name]}</span>
              </span>
            ),
            ...(news > 0 ? { name: t.missedCalls(t.places[name], news) } : {}),
          };
        })}
      />
    </nav>
  );
}
