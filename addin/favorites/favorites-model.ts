/**
 * The user's favourites in this pane. Moves and removals are shown at once and sent one after the other; what the service
 * says is shown with those of them that it has not answered yet, so that two panes end with the same.
 */
import {
  addFavorite,
  changeFavoriteGroup,
  listFavorites,
  moveFavorite,
  removeFavorite,
  removeFavoriteGroup,
} from '../../shared/api/favorites';
import { afterStep, type FavoriteStep } from '../../shared/favorite-order';
import type { Favorite, FavoriteGroup, FavoriteSubject, Favorites } from '../../shared/favorites';
import { errorCodeOf } from '../api/api-error';
import type { ApiClient } from '../api/client';
import { onDirectoryChange } from '../api/directory-changes';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';

/** A favourite that was taken out a moment ago, with its way back. */
export interface RemovedFavorite {
  readonly favorite: Favorite;
  readonly groupId: string;
  readonly position: number;
}

export interface FavoritesState {
  /** Undefined until the service has answered. */
  readonly groups: readonly FavoriteGroup[] | undefined;
  /** Why the list could not be read. */
  readonly error?: unknown;
  /** Why the last change was not made. */
  readonly failure?: unknown;
  readonly removed?: RemovedFavorite | undefined;
}

export interface FavoritesModel {
  readonly state: ReadableStore<FavoritesState>;
  /** Shows it at once; a refusal stands in the state. */
  step(step: FavoriteStep): void;
  /** Takes somebody out, with a way back. */
  remove(favorite: Favorite): void;
  /** Puts back whom {@link remove} took out last. */
  undoRemove(): Promise<void>;
  /** @throws ApiError */
  add(subject: FavoriteSubject, group: { readonly id: string } | { readonly name: string }): Promise<void>;
  /** @throws ApiError */
  renameGroup(id: string, name: string): Promise<void>;
  /** Reads the list again. */
  readonly retry: () => void;
  /** What was told is read. */
  readonly dismiss: () => void;
  stop(): void;
}

export interface FavoritesDeps {
  readonly client: Pick<ApiClient, 'call'>;
  readonly live: Pick<LiveEvents, 'state' | 'connection' | 'subscribe'>;
}

interface Pending {
  readonly step: FavoriteStep;
  /** The service has done it. */
  readonly done: boolean;
}

/** Reads the list when the first snapshot is here, and again with each reason to. */
export function createFavoritesModel({ client, live }: FavoritesDeps): FavoritesModel {
  const state = createStore<FavoritesState>({ groups: undefined });
  let confirmed: readonly FavoriteGroup[] | undefined;
  let pending: readonly Pending[] = [];
  let sending = false;
  let reading: AbortController | undefined;
  let stopped = false;

  const show = (change: Partial<FavoritesState> = {}) => {
    const groups = confirmed && pending.map(({ step }) => step).reduce(stepped, confirmed);
    state.set({ ...state.get(), groups, ...change });
  };

  async function read(): Promise<void> {
    if (stopped) return;
    reading?.abort();
    const outdated = new AbortController();
    reading = outdated;
    // Only what was done before the question is in the answer for certain.
    const answered = new Set(pending.filter(({ done }) => done));
    try {
      const { groups } = await client.call(listFavorites, {}, { signal: outdated.signal });
      if (outdated.signal.aborted) return;
      confirmed = groups;
      pending = pending.filter((one) => !answered.has(one));
      show({ error: undefined });
    } catch (error) {
      if (!outdated.signal.aborted) show({ error });
    }
  }

  async function sendAll(): Promise<void> {
    if (sending) return;
    sending = true;
    for (;;) {
      const next = pending.find(({ done }) => !done);
      if (next === undefined || stopped) break;
      try {
        await send(next.step);
        pending = pending.map((one) => (one === next ? { ...one, done: true } : one));
      } catch (failure) {
        pending = pending.filter((one) => one !== next);
        // It went away in another pane meanwhile: the list that is read now says so.
        show(errorCodeOf(failure) === 'not-found' ? {} : { failure });
      }
    }
    sending = false;
    await read();
  }

  async function send(step: FavoriteStep): Promise<void> {
    const params = { id: step.id };
    switch (step.type) {
      case 'move':
        await client.call(moveFavorite, { params, body: { groupId: step.groupId, position: step.position } });
        break;
      case 'move-group':
        await client.call(changeFavoriteGroup, { params, body: { position: step.position } });
        break;
      case 'remove':
        await client.call(removeFavorite, { params });
        break;
      case 'remove-group':
        await client.call(removeFavoriteGroup, { params });
    }
  }

  function step(next: FavoriteStep): void {
    pending = [...pending, { step: next, done: false }];
    show({ failure: undefined });
    void sendAll();
  }

  async function add(subject: FavoriteSubject, group: { readonly id: string } | { readonly name: string }) {
    await client.call(addFavorite, { body: { subject, group } });
    await read();
  }

  let connection = live.connection.get();
  const ends = [
    live.subscribe(({ type }) => {
      if (type === 'favorites' || type === 'snapshot') void read();
    }),
    onDirectoryChange(live, () => void read()),
    live.connection.subscribe(() => {
      const before = connection;
      connection = live.connection.get();
      if (connection === 'connected' && before === 'lost') void read();
    }),
  ];
  if (live.state.get().telephoneSystem !== undefined) void read();

  return {
    state,
    step,
    remove(favorite) {
      const group = state.get().groups?.find(({ items }) => items.some(({ id }) => id === favorite.id));
      if (group === undefined) return;
      const position = group.items.findIndex(({ id }) => id === favorite.id);
      step({ type: 'remove', id: favorite.id });
      show({ removed: { favorite, groupId: group.id, position } });
    },
    async undoRemove() {
      const { removed } = state.get();
      if (removed === undefined) return;
      const { favorite, groupId, position } = removed;
      show({ removed: undefined, failure: undefined });
      try {
        const { id } = await client.call(addFavorite, { body: { subject: favorite.subject, group: { id: groupId } } });
        await client.call(moveFavorite, { params: { id }, body: { position } });
      } catch (failure) {
        show({ failure });
      }
      await read();
    },
    add,
    async renameGroup(id, name) {
      await client.call(changeFavoriteGroup, { params: { id }, body: { name } });
      await read();
    },
    retry: () => void read(),
    dismiss: () => show({ failure: undefined, removed: undefined }),
    stop() {
      stopped = true;
      reading?.abort();
      for (const end of ends) end();
    },
  };
}

/** The groups after a step. */
function stepped(groups: readonly FavoriteGroup[], step: FavoriteStep): readonly FavoriteGroup[] {
  const before = groups.map(({ id, items }) => ({ id, items: items.map((item) => item.id) }));
  const after = afterStep(before, step);
  if (after === before) return groups;
  const items = new Map(groups.flatMap((group) => group.items.map((item) => [item.id, item])));
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  return after.map((group) => ({
    id: group.id,
    name: names.get(group.id) ?? '',
    items: group.items.flatMap((id) => items.get(id) ?? []),
  }));
}

/** The favourite that is this subject. */
export function favoriteOf(
  groups: Favorites['groups'] | undefined | readonly FavoriteGroup[],
  subject: FavoriteSubject,
) {
  for (const group of groups ?? [])
    for (const favorite of group.items) if (isSame(favorite, subject)) return { favorite, group };
  return undefined;
}

function isSame(favorite: Favorite, subject: FavoriteSubject): boolean {
  const own = favorite.subject;
  if ('id' in subject) return 'id' in own && own.id === subject.id && own.directory === subject.directory;
  if ('id' in own) return false;
  return own.number === subject.number || favorite.numbers.some(({ e164 }) => e164 === subject.number);
}
