/**
 * Presence of colleagues: read whole when the snapshot names a version that is not known here, and kept by events. What
 * comes while it is read is put on top, so that nobody misses the last state.
 */
import { changePresenceVisibility, listPresence, setOwnPresence } from '../../shared/api/presence';
import type { RouteCall } from '../../shared/api/route';
import type { LiveEvent } from '../../shared/events';
import { isLaterPresence, type ColleaguePresence, type OwnPresence } from '../../shared/presence';
import { endOf, readPresenceSnapshot } from '../../shared/presence-snapshot';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';

export type PresenceWish = RouteCall<typeof setOwnPresence>['body'];

/** What a colleague's status says. */
export type ColleagueStatement = Omit<ColleaguePresence, 'userId'>;

/** Presence of everybody. */
export interface Colleagues {
  /** The same object until it changes; undefined for whoever is simply in the office. */
  of(userId: string): ColleagueStatement | undefined;
}

/** Of everybody who is not simply in the office, by the end of the user's id. */
interface KnownColleagues extends Colleagues {
  readonly byEnd: ReadonlyMap<string, ColleagueStatement>;
  readonly endLength: number;
}

export interface PresenceModel {
  /** Undefined while it has not been read. */
  readonly colleagues: ReadableStore<Colleagues | undefined>;
  /** Shows it at once, and takes it back when the service refuses; `returnAt` is the wished return in ISO 8601. @throws ApiError */
  set(wish: PresenceWish, returnAt?: string): Promise<void>;
  /** @throws ApiError */
  changeVisibility(change: RouteCall<typeof changePresenceVisibility>['body']): Promise<void>;
  /** The own presence, with what was asked for and not yet answered; undefined before the first snapshot. */
  readonly own: ReadableStore<OwnPresence | undefined>;
  /** The clock of the service in milliseconds since 1970. */
  now(): number;
  stop(): void;
}

export interface PresenceModelDeps {
  readonly client: Pick<ApiClient, 'call' | 'serverNow'>;
  readonly live: Pick<LiveEvents, 'state' | 'subscribe'>;
}

/** Milliseconds until reading is tried again. */
const retryMs = 3000;

export function createPresenceModel({ client, live }: PresenceModelDeps): PresenceModel {
  const colleagues = createStore<KnownColleagues | undefined>(undefined);
  const own = createStore<OwnPresence | undefined>(live.state.get().ownPresence);
  const stopped = new AbortController();
  const isStopped = () => stopped.signal.aborted;
  let known: string | undefined;
  /** Events heard while the list is being read; undefined when it is not. */
  let meanwhile: Extract<LiveEvent, { type: 'presence' }>[] | undefined;
  /** What a snapshot said while the list was being read: the answer may be from before it. */
  let snapshotMeanwhile: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wishes = 0;

  async function read(): Promise<void> {
    if (meanwhile !== undefined || isStopped()) return;
    clearTimeout(timer);
    const heard: Extract<LiveEvent, { type: 'presence' }>[] = [];
    meanwhile = heard;
    try {
      const snapshot = await client.call(listPresence, {}, { signal: stopped.signal });
      const { version, endLength } = snapshot;
      const later = heard.filter((event) => isLaterPresence(event.version, version));
      known = later.at(-1)?.version ?? version;
      const told = knownColleagues(readPresenceSnapshot(snapshot), endLength);
      const items = later.flatMap((event) => event.items);
      colleagues.set(withItems(told, items));
      meanwhile = undefined;
      const named = snapshotMeanwhile;
      snapshotMeanwhile = undefined;
      if (named !== undefined && isLaterPresence(named, known)) void read();
    } catch {
      meanwhile = undefined;
      if (!isStopped()) timer = setTimeout(() => void read(), retryMs);
    }
  }

  function hear(event: LiveEvent): void {
    if (event.type === 'snapshot') {
      if (meanwhile) snapshotMeanwhile = event.presenceVersion;
      else if (isLaterPresence(event.presenceVersion, known)) void read();
    } else if (event.type === 'presence') {
      if (meanwhile) meanwhile.push(event);
      else {
        const before = colleagues.get();
        if (before && isLaterPresence(event.version, known)) {
          known = event.version;
          colleagues.set(withItems(before, event.items));
        }
      }
    }
    if ((event.type === 'snapshot' || event.type === 'own-presence') && wishes === 0)
      own.set(live.state.get().ownPresence);
  }

  const unsubscribe = live.subscribe(hear);
  // A follower may have heard its leader's snapshot already.
  if (live.state.get().presenceVersion !== undefined) void read();

  /** Until the answer is here the wish is shown; then what the service says. */
  async function ask(shown: (before: OwnPresence) => OwnPresence, send: () => Promise<OwnPresence>): Promise<void> {
    const before = own.get();
    wishes += 1;
    if (before) own.set(shown(before));
    let answer: OwnPresence | undefined;
    try {
      answer = await send();
    } finally {
      wishes -= 1;
      const told = live.state.get().ownPresence;
      const newest = [answer, told]
        .filter((one) => one !== undefined)
        .sort(byChange)
        .at(-1);
      if (wishes === 0) own.set(newest ?? before);
    }
  }

  return {
    colleagues,
    own,
    now: () => client.serverNow(),
    set: (wish, returnAt) =>
      ask(
        (before) => wished(before, wish, returnAt),
        () => client.call(setOwnPresence, { body: wish }),
      ),
    changeVisibility: (change) =>
      ask(
        (before) => ({ ...before, ...definedOf(change) }),
        () => client.call(changePresenceVisibility, { body: change }),
      ),
    stop() {
      unsubscribe();
      clearTimeout(timer);
      stopped.abort();
    },
  };
}

/** The own presence as it will be; what belonged to the status before is gone. */
function wished(
  { returnAt: _return, text: _text, putBack: _putBack, ...before }: OwnPresence,
  { status, text }: PresenceWish,
  returnAt: string | undefined,
): OwnPresence {
  const words = text?.trim() ?? '';
  return { ...before, status, ...(returnAt !== undefined && { returnAt }), ...(words !== '' && { text: words }) };
}

const byChange = (a: OwnPresence, b: OwnPresence) => Date.parse(a.changedAt) - Date.parse(b.changedAt);

function definedOf({
  visibility,
  sickVisible,
}: RouteCall<typeof changePresenceVisibility>['body']): Partial<OwnPresence> {
  return { ...(visibility !== undefined && { visibility }), ...(sickVisible !== undefined && { sickVisible }) };
}

function knownColleagues(byEnd: ReadonlyMap<string, ColleagueStatement>, endLength: number): KnownColleagues {
  return { byEnd, endLength, of: (userId) => byEnd.get(endOf(userId, endLength)) };
}

function withItems({ byEnd, endLength }: KnownColleagues, items: readonly ColleaguePresence[]): KnownColleagues {
  const after = new Map(byEnd);
  for (const { userId, ...statement } of items) {
    const end = endOf(userId, endLength);
    if (statement.status === 'office' && statement.text === undefined) after.delete(end);
    else after.set(end, statement);
  }
  return knownColleagues(after, endLength);
}
