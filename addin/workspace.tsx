/** The pane of somebody who is signed in: makes the models of a session and lays out the frame around the places. */
import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { getPicture } from '../shared/api/pictures';
import type { SignedInUser } from '../shared/profile';
import { createLiveEvents } from './api/live-events';
import { CallDock } from './calls/call-dock';
import { createCallsModel, type CallsModel } from './calls/calls-model';
import { NumberField } from './directory/number-field';
import { RedialList } from './directory/redial-list';
import { searchLimits, useQuickSearch } from './directory/use-quick-search';
import { createFavoritesModel } from './favorites/favorites-model';
import { createAnnouncingRole, type AnnouncingRole } from './notifications/announcing-role';
import { createPaneNotes, type PaneNotes as Notes } from './notifications/pane-notes-model';
import { PaneNotes } from './notifications/pane-notes';
import type { PaneProps } from './pane';
import { JournalProvider } from './journal/journal-session';
import { ViewButtons, ViewChoice } from './views/view-switch';
import { isFrontWindow } from './views/front-window';
import { useFrontWindow } from './views/use-front-window';
import { useView } from './views/use-view';
import { ReminderNotes } from './journal/reminder-notes';
import { PeoplePlace } from './people/people-place';
import { createPresenceModel } from './presence/presence-model';
import { createAnnouncer, type Announcer } from './shell/announcer';
import { ErrorBoundary } from './shell/error-boundary';
import { createNavigation } from './shell/navigation';
import { useText } from './shell/i18n/text';
import { PlaceTabs } from './shell/place-tabs';
import { createPictureCache } from './shell/picture-cache';
import { createProfileModel } from './shell/profile-model';
import { ServicesProvider, useServices, type Services } from './shell/services';
import { TopBar } from './shell/top-bar';
import { useReloads } from './shell/use-reloads';
import { useStore } from './shell/use-store';
import { loadWatchNotices, Watches } from './workspace-watches';
import { SyncProvider } from './sync/use-sync';

const loadResults = () => import(/* webpackChunkName: "directory" */ './directory/search-results');
const loadContact = () => import(/* webpackChunkName: "contact" */ './contacts/contact-view');
const loadDirectory = () => import(/* webpackChunkName: "directory" */ './directory/directory-place');
const loadFavorites = () => import(/* webpackChunkName: "favorites" */ './favorites/favorites-place');
const loadJournal = () => import(/* webpackChunkName: "journal" */ './journal/journal-place');
const loadAdministration = () =>
  import(/* webpackChunkName: "administration" */ './administration/administration-place');
const loadSettings = () => import(/* webpackChunkName: "settings" */ './settings-sections');
const loadSync = () => import(/* webpackChunkName: "sync" */ './sync/sync-place');
const loadNotices = () => import(/* webpackChunkName: "notifications" */ './notifications/window-notices');
const WindowNotices = lazy(loadNotices);
const SearchResults = lazy(loadResults);
const ContactView = lazy(loadContact);
const DirectoryPlace = lazy(loadDirectory);
const FavoritesPlace = lazy(loadFavorites);
const Switchboard = lazy(() => import(/* webpackChunkName: "favorites" */ './favorites/switchboard'));
const JournalPlace = lazy(loadJournal);
const SettingsPlace = lazy(loadSettings);
const SyncPlace = lazy(loadSync);
const AdministrationPlace = lazy(loadAdministration);

/** Milliseconds after which the rest of the pane is fetched: then it opens at once, also while the service is away. */
const fetchRestAfterMs = 1500;

const useStyles = makeStyles({
  frame: { display: 'flex', flexDirection: 'column', height: '100%', minWidth: '300px', overflow: 'hidden' },
  main: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, overflowY: 'auto' },
  spoken: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  waiting: { padding: tokens.spacingHorizontalL },
});

interface Models extends Services {
  readonly calls: CallsModel;
  readonly announcer: Announcer;
  readonly announcing: AnnouncingRole;
  readonly notes: Notes;
}

/** What lives as long as this user is signed in in this pane. */
function createModels({ client, session, host, trace }: PaneProps, user: SignedInUser): Models & { stop(): void } {
  const announcer = createAnnouncer();
  const browser = {
    userId: user.id,
    locks: 'locks' in navigator ? navigator.locks : undefined,
    openChannel: 'BroadcastChannel' in window ? (name: string) => new BroadcastChannel(name) : undefined,
  };
  const live = createLiveEvents({ ...browser, client, sessionEnded: session.ended });
  const announcing = createAnnouncingRole({ ...browser, leads: live.leads });
  // Where a window shows a call as a notification, no page tells it to screen readers as well.
  const events = { ...live, leads: announcing.speaks };
  const calls = createCallsModel({ client, live: events, newId: () => crypto.randomUUID() });
  const presence = createPresenceModel({ client, live });
  const notes = createPaneNotes({ ...browser, client, live });
  const favorites = createFavoritesModel({ client, live });
  const pictures = createPictureCache(
    async (hash, signal) =>
      new Blob([new Uint8Array(await client.call(getPicture, { params: { hash } }, { signal }))], {
        type: getPicture.answersFile,
      }),
  );
  return {
    client,
    session,
    host,
    trace,
    events,
    calls,
    announcer,
    announcing,
    notes,
    profile: createProfileModel(client),
    presence,
    pictures,
    dialler: calls,
    favorites,
    navigation: createNavigation(window),
    announce: announcer.announce,
    stop() {
      calls.stop();
      presence.stop();
      announcing.stop();
      favorites.stop();
      notes.stop();
      events.stop();
      pictures.clear();
    },
  };
}

/** Starts the session's models and stops them when the user goes. */
export default function Workspace(props: PaneProps & { readonly user: SignedInUser }) {
  const [models, setModels] = useState<Models>();
  const { user } = props;
  const given = useRef(props);
  useEffect(() => {
    const created = createModels(given.current, user);
    setModels(created);
    return () => created.stop();
    // The workspace has the user's id as its key: another user is another workspace.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  if (!models) return null;
  return (
    <ServicesProvider value={models}>
      <SyncProvider>
        <JournalProvider>
          <Frame user={user} models={models} appearance={props.appearance} ownWindow={props.ownWindow} />
        </JournalProvider>
      </SyncProvider>
    </ServicesProvider>
  );
}

interface FrameProps {
  readonly user: SignedInUser;
  readonly models: Models;
  readonly appearance: PaneProps['appearance'];
  readonly ownWindow: boolean;
}

function Frame({ user, models, appearance, ownWindow }: FrameProps) {
  const styles = useStyles();
  useProfile(appearance);
  useRest();
  const shown = useView();
  const front = useFrontWindow(ownWindow);
  const [choosing, setChoosing] = useState(false);
  return (
    <div className={styles.frame}>
      <CallDock calls={models.calls} />
      <ReminderNotes />
      <PaneNotes
        notes={models.notes}
        missedOnCard={useStore(models.calls.cards).some(({ missed }) => missed)}
        onJournal={() => models.navigation.goTo('journal')}
      />
      <TopBar user={user} aside={<ViewButtons shown={shown} choosing={choosing} onChoosing={setChoosing} />} />
      {choosing && <ViewChoice shown={shown} front={front} onClose={() => setChoosing(false)} />}
      <Watches />
      {ownWindow && !isFrontWindow(window) && (
        <ErrorBoundary>
          <Suspense fallback={null}>
            <WindowNotices role={models.announcing} notes={models.notes} />
          </Suspense>
        </ErrorBoundary>
      )}
      {shown.view === 'minimised' && !shown.full ? (
        <main className={styles.main}>
          <ErrorBoundary>
            <Suspense fallback={<Spinner className={styles.waiting} size="small" />}>
              <Switchboard />
            </Suspense>
          </ErrorBoundary>
        </main>
      ) : (
        <Work closed={!shown.full} onOpen={shown.open} />
      )}
      <Spoken announcer={models.announcer} />
    </div>
  );
}

/** Fetches the parts that are not shown yet. */
function useRest() {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of [
        loadWatchNotices,
        loadDirectory,
        loadResults,
        loadContact,
        loadFavorites,
        loadJournal,
        loadSettings,
        loadSync,
      ])
        load().catch(() => {
          // It is fetched again when it is opened, and then a failure is told.
        });
    }, fetchRestAfterMs);
    return () => clearTimeout(timer);
  }, []);
}

/** Reads the profile, again when the connection is back, and shows the pane as the user wants it. */
function useProfile(appearance: PaneProps['appearance']) {
  const { profile } = useServices();
  const reloads = useReloads();
  useEffect(() => {
    profile.load().catch(() => {
      // It is read again when the connection is back; until then the defaults hold.
    });
  }, [profile, reloads]);
  useEffect(
    () =>
      profile.settings.subscribe(() => {
        appearance.choose(profile.settings.get());
      }),
    [profile, appearance],
  );
}

const panelId = 'place-panel';
const resultsId = 'search-results';

/** The field and what lies below it: hits, a contact card, or the place. */
function Work({ closed, onOpen }: { readonly closed: boolean; readonly onOpen: () => void }) {
  const shared = useText();
  const styles = useStyles();
  const { navigation, dialler, events } = useServices();
  const { place, view } = useStore(navigation.location);
  const missedCalls = useStore(events.state).journal?.unseen ?? 0;
  const redial = useStore(dialler.redial);
  const [typed, setTyped] = useState('');
  const [inField, setInField] = useState(false);
  const [limit, setLimit] = useState<number>(searchLimits.few);
  const search = useQuickSearch(typed, limit);
  const field = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);

  const type = (text: string) => {
    setTyped(text);
    setLimit(searchLimits.few);
    setInField(true);
    if (text.trim() !== '') onOpen();
    if (view) navigation.back();
  };
  const searching = typed.trim() !== '';
  const redialling = !searching && inField && redial.length > 0;
  const results = !view && (searching || redialling);
  const enterResults = () => {
    main.current?.querySelector<HTMLElement>('[data-number]')?.focus();
  };
  // Escape leads from the hits back to the field.
  useEffect(() => {
    const area = main.current;
    if (!area || !results) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') field.current?.focus();
    };
    area.addEventListener('keydown', onKeyDown);
    return () => area.removeEventListener('keydown', onKeyDown);
  }, [results]);
  return (
    <>
      <NumberField
        ref={field}
        value={typed}
        onChange={type}
        onFocus={() => {
          setInField(true);
          // Fetched before the first letter is typed.
          loadResults().catch(() => undefined);
        }}
        onEnterResults={enterResults}
        controls={results ? resultsId : undefined}
      />
      <PlaceTabs
        place={place}
        panelId={panelId}
        missedCalls={missedCalls}
        onGo={(next) => {
          onOpen();
          setTyped('');
          setInField(false);
          navigation.goTo(next);
        }}
      />
      <main ref={main} id={panelId} className={styles.main}>
        <ErrorBoundary key={`${place} ${view?.type ?? ''}`}>
          <Suspense fallback={<Spinner className={styles.waiting} size="small" label={shared.loading} />}>
            {closed && !redialling ? null : view ? (
              <ContactView view={view} />
            ) : searching ? (
              <SearchResults
                id={resultsId}
                typed={typed}
                search={search}
                limit={limit}
                onMore={() => setLimit(searchLimits.many)}
                onOpen={navigation.openEntry}
              />
            ) : redialling ? (
              <RedialList id={resultsId} />
            ) : (
              <Place />
            )}
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}

function Place() {
  const { navigation, profile } = useServices();
  const role = useStore(profile.profile)?.user.role;
  switch (useStore(navigation.location).place) {
    case 'people':
      return <PeoplePlace />;
    case 'favorites':
      return <FavoritesPlace />;
    case 'directory':
      return <DirectoryPlace />;
    case 'journal':
      return <JournalPlace />;
    case 'sync':
      return <SyncPlace />;
    case 'settings':
      return <SettingsPlace />;
    case 'administration':
      // The service refuses everybody else; until the profile is here nothing is known.
      if (role === undefined) return null;
      return role === 'admin' ? <AdministrationPlace /> : <SettingsPlace />;
  }
}

/** What screen readers are told. */
function Spoken({ announcer }: { announcer: Announcer }) {
  const styles = useStyles();
  const { polite, urgent } = useStore(announcer.texts);
  return (
    <>
      <div className={styles.spoken} aria-live="polite">
        {polite}
      </div>
      <div className={styles.spoken} aria-live="assertive">
        {urgent}
      </div>
    </>
  );
}
