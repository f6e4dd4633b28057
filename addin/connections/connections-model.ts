/**
 * The connections that this browser keeps for this pane, and the way to another one: a navigation of the whole page to
 * that installation's own pane, because every installation serves its own. Only a kept and confirmed address is opened.
 */
import { createStore, type ReadableStore } from '../api/store';
import type { HostStorage } from '../outlook/host';
import { carriedHash, isCarriedHash, readCarriedHash, type CarriedConnection } from './carried-connections';
import { connectionListSchema, connectionSchema, type Connection } from './connection';
import { withCarried, withOwn, withSaved, type SaveProblem } from './connection-list';

export interface ConnectionsState {
  /** The pane's own installation is always in it. */
  readonly list: readonly Connection[];
  /** Address that the page was asked to go to and is still not at after a while: Outlook or the network refused. */
  readonly refused: string | undefined;
}

export interface ConnectionsModel {
  readonly state: ReadableStore<ConnectionsState>;
  /** Address of the installation that served this page. */
  readonly here: string;
  /** Keeps a connection, in the place of the one at `instead` where given. */
  save(connection: Connection, instead?: string): SaveProblem | undefined;
  remove(address: string): void;
  /** The user said yes to the address. */
  confirm(address: string): void;
  /** Keeps who signs in here, for the form. */
  rememberUser(userName: string): void;
  /** Goes to a kept, confirmed connection; anything else is ignored. */
  open(address: string): void;
}

export interface ConnectionsDeps {
  readonly page: {
    readonly location: Pick<Location, 'hash' | 'search' | 'assign' | 'replace'>;
    addEventListener(type: 'pagehide' | 'pageshow', listener: () => void): void;
  };
  /** Address of the page's folder, which is the installation's. */
  readonly baseUrl: string;
  /** The page is a window of its own. */
  readonly ownWindow: boolean;
  readonly host: { readonly storage: HostStorage; readonly ready: Promise<void> };
  readonly setTimer?: (run: () => void, ms: number) => () => void;
}

/** Key under which the list is kept. */
const storageKey = 'connections';
/** Milliseconds after which a navigation that has not begun counts as refused. */
export const refusedAfterMs = 8000;

/** Takes in what came along in the page's hash, and removes it there. Call before anything else reads the hash. */
export function createConnections(deps: ConnectionsDeps): ConnectionsModel {
  const { page, host, ownWindow, setTimer = startTimer } = deps;
  const here = deps.baseUrl.replace(/\/+$/, '');
  const carried = readCarriedHash(page.location.hash) ?? [];
  if (isCarriedHash(page.location.hash)) page.location.replace('#people');

  const state = createStore<ConnectionsState>({ list: withCarried([], carried, here), refused: undefined });
  let cancelTimer = () => {};
  let changed = false;
  const set = (list: readonly Connection[]) => {
    changed = true;
    state.set({ ...state.get(), list });
    host.storage.set(storageKey, JSON.stringify(list));
  };
  // Outlook names the partition of the storage when it is ready, so nothing is read or written before.
  void host.ready.then(() => {
    if (changed) return;
    const list = withCarried(kept(host.storage), carried, here);
    if (carried.length > 0) set(list);
    else state.set({ ...state.get(), list });
  });
  page.addEventListener('pagehide', () => cancelTimer());
  // The user came back to the page that the browser had kept.
  page.addEventListener('pageshow', () => state.set({ ...state.get(), refused: undefined }));

  const change = (address: string, by: Partial<Connection>) =>
    set(state.get().list.map((known) => (known.address === address ? { ...known, ...by } : known)));

  return {
    state,
    here,
    save(connection, instead) {
      const list = withSaved(state.get().list, connection, instead);
      if (typeof list === 'string') return list;
      set(list);
      return undefined;
    },
    remove: (address) =>
      set(
        withOwn(
          state.get().list.filter((known) => known.address !== address),
          here,
        ),
      ),
    confirm: (address) => change(address, { confirmed: true }),
    rememberUser: (userName) => change(here, { userName }),
    open(address) {
      const { list } = state.get();
      const connection = list.find((known) => known.address === address);
      if (connection === undefined || !connection.confirmed || !connectionSchema.safeParse(connection).success) return;
      cancelTimer();
      state.set({ list, refused: undefined });
      cancelTimer = setTimer(() => state.set({ ...state.get(), refused: address }), refusedAfterMs);
      page.location.assign(paneAddress(connection.address, { ownWindow, search: page.location.search, list }));
    },
  };
}

/** The list as it was kept; what cannot be read counts as none. */
function kept(storage: HostStorage): readonly Connection[] {
  try {
    const read = connectionListSchema.safeParse(JSON.parse(storage.get(storageKey) ?? '[]'));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

interface PaneAddressParts {
  readonly ownWindow: boolean;
  /** Of the page that is left. */
  readonly search: string;
  readonly list: readonly CarriedConnection[];
}

/** The pane's page at an installation, with what travels there. */
function paneAddress(address: string, { ownWindow, search, list }: PaneAddressParts): string {
  const url = new URL(`${address}/${ownWindow ? 'window' : 'taskpane.html'}`);
  // Outlook on the web tells its add-ins by this who they are in; office.js of the next page asks for it again.
  const hostInfo = new URLSearchParams(search).get('_host_Info');
  if (hostInfo !== null && hostInfo.length <= 500) url.searchParams.set('_host_Info', hostInfo);
  url.hash = carriedHash(list);
  return url.href;
}

function startTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
