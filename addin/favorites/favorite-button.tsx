/** The star beside a person: adds him to a group of the favourites, or says that he is one and changes that. */
import { Button } from '@fluentui/react-components';
import { Star20Filled, Star20Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useRef, useState } from 'react';
import type { FavoriteSubject } from '../../shared/favorites';
import { ErrorBoundary } from '../shell/error-boundary';
import { fluentRef } from '../shell/fluent-ref';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { favoriteOf } from './favorites-model';
import { favoritesTexts } from './texts';

/** With the place, which is fetched soon after the start. */
const GroupChooser = lazy(() => import(/* webpackChunkName: "favorites" */ './group-chooser'));

export interface FavoriteStar {
  /** The button. */
  readonly star: React.JSX.Element;
  /** What opens below it; undefined while it is closed. */
  readonly chooser: React.JSX.Element | undefined;
}

/** The star and what it opens, for a layout that puts each where it belongs. Undefined until the favourites are known. */
export function useFavoriteStar(subject: FavoriteSubject | undefined, name: string): FavoriteStar | undefined {
  const t = useText(favoritesTexts);
  const { favorites } = useServices();
  const { groups } = useStore(favorites.state);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (groups === undefined || subject === undefined) return undefined;
  const known = favoriteOf(groups, subject);
  const label = known ? t.isFavorite(name, known.group.name) : t.add(name);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return {
    star: (
      <Button
        ref={fluentRef(button)}
        appearance="subtle"
        size="small"
        icon={known ? <Star20Filled /> : <Star20Regular />}
        aria-label={label}
        title={label}
        aria-expanded={open}
        data-favorite={known !== undefined}
        onClick={() => setOpen(!open)}
      />
    ),
    chooser: open ? (
      <ErrorBoundary>
        <Suspense>
          <GroupChooser subject={subject} name={name} known={known} onClose={close} />
        </Suspense>
      </ErrorBoundary>
    ) : undefined,
  };
}
