/**
 * The contacts of one mailbox through Microsoft Graph, folder by folder with delta queries.
 * It uses what Graph documents: `contactFolders`, `childFolders`, `contacts/delta` with `$select`, `$count=true`.
 */
import * as z from 'zod/mini';
import type { ContactChange, SkippedItem } from '../contact-sync';
import { maxPictureBytes } from '../picture';
import {
  SourceError,
  StateExpiredError,
  type ContactFolder,
  type ContactPage,
  type ContactSource,
} from './contact-source';
import { graphItemSchema, isComplete, readGraphContact, selectedProperties } from './graph-contact';
import { listGraphFolders } from './graph-folders';
import { AnswerTooLarge, createGraphRequests, GraphRefusal, type GraphAccess } from './graph-request';

export interface GraphContactSourceDeps extends GraphAccess {
  /** Whose mailbox, by address or id; absent: that of the token's user. */
  readonly mailbox?: string;
  /** Contacts asked for in one page, 1 to 1000. Default 100. */
  readonly pageSize?: number;
}

/** Pages of one round, so that a server that never ends does not keep us for ever. */
const maxPages = 10_000;
/** How often one link may be named in a round. Graph repeats pages; a link that keeps coming is a circle. */
const maxVisits = 3;
/** Longest state that a sync batch takes. */
const maxStateLength = 16_384;
/** Version of {@link selectedProperties}: a state of another one was made for other properties, so it counts as expired. */
const stateVersion = '1:';

const pageSchema = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.optional(z.string()),
  '@odata.deltaLink': z.optional(z.string()),
});
type GraphPage = z.infer<typeof pageSchema>;
const countSchema = z.object({ '@odata.count': z.number().check(z.nonnegative()) });
const placeSchema = z.object({ parentFolderId: z.optional(z.nullable(z.string())) });

const etagSchema = z.object({ '@odata.etag': z.string().check(z.minLength(1), z.maxLength(256)) });

/** What one round knows of itself while it goes on. */
interface Round {
  readonly folder: ContactFolder;
  /** It began without a state: an item that comes for the first time has no earlier version. */
  readonly fromZero: boolean;
  readonly seen: Set<string>;
  /** Items told as skipped, with the reason, so that a repeated item is told once. */
  readonly told: Map<string, SkippedItem['reason']>;
}

/** Makes the source of one mailbox. It holds no data; the four-requests limit counts for all its calls together. */
export function createGraphContactSource(deps: GraphContactSourceDeps): ContactSource {
  const requests = createGraphRequests(deps);
  const owner = deps.mailbox === undefined ? 'me' : `users/${encodeURIComponent(deps.mailbox)}`;
  const pagePreference = `odata.maxpagesize=${String(deps.pageSize ?? 100)}`;
  const select = selectedProperties.join(',');
  const contactsOf = (folder: ContactFolder): string =>
    `${owner}/contactFolders/${encodeURIComponent(folder.id)}/contacts`;

  const loadPage = async (url: string, from: 'zero' | 'state' | 'link', signal: AbortSignal): Promise<GraphPage> => {
    try {
      const page = pageSchema.safeParse(await requests.get(url, signal, pagePreference));
      if (page.success) return page.data;
      throw new SourceError('not-understood', 'A page of Microsoft Graph is not of the documented shape.', page.error);
    } catch (error) {
      throw error instanceof GraphRefusal ? judgeDelta(error, from) : error;
    }
  };

  /** The whole item where Graph sent only what changed; undefined where it is not in the folder any more. */
  const completed = async (id: string, round: Round, signal: AbortSignal): Promise<unknown> => {
    const path = `${owner}/contacts/${encodeURIComponent(id)}?$select=parentFolderId,${select}`;
    try {
      const item = await requests.get(requests.url(path), signal);
      const place = placeSchema.safeParse(item);
      return place.success && (place.data.parentFolderId ?? round.folder.id) !== round.folder.id ? undefined : item;
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      if (error.status === 404) return undefined;
      throw notUnderstood(error);
    }
  };

  const readItem = async (value: unknown, round: Round, signal: AbortSignal): Promise<Outcome> => {
    const folderId = round.folder.id;
    const parsed = graphItemSchema.safeParse(value);
    if (!parsed.success) return { skipped: { folderId, itemId: '(no id)', reason: 'unreadable' } };
    const { id: itemId } = parsed.data;
    const remove: ContactChange = { type: 'remove', folderId, itemId };
    const known = !round.fromZero || round.seen.has(itemId);
    round.seen.add(itemId);
    if (parsed.data['@removed'] !== undefined) return { change: remove };
    const item = known && !isComplete(parsed.data) ? await completed(itemId, round, signal) : parsed.data;
    if (item === undefined) return { change: remove };
    const reading = readGraphContact(item);
    if ('contact' in reading) {
      const version = etagOf(parsed.data) ?? etagOf(item);
      const upsert: ContactChange = { type: 'upsert', folderId, itemId, contact: reading.contact };
      return { change: version === undefined ? upsert : { ...upsert, version } };
    }
    const { skipped: reason, name } = reading;
    const news = round.told.get(itemId) !== reason;
    round.told.set(itemId, reason);
    const skipped: SkippedItem = { folderId, itemId, reason, ...(name === undefined ? {} : { name }) };
    // A contact that we have and that cannot be read any more must not stay as it was.
    return { ...(news ? { skipped } : {}), ...(known ? { change: remove } : {}) };
  };

  const readPage = async (page: GraphPage, round: Round, signal: AbortSignal): Promise<ContactPage> => {
    const outcomes = await Promise.all(page.value.map((value) => readItem(value, round, signal)));
    const changes = outcomes.map(({ change }) => change).filter((change) => change !== undefined);
    const skipped = outcomes.map((outcome) => outcome.skipped).filter((item) => item !== undefined);
    const last = page['@odata.nextLink'] === undefined;
    return { changes, skipped, ...(last ? { nextState: stateOf(page, round.folder) } : {}) };
  };

  /** What a folder's delta links begin with, where Graph writes them as it was asked. */
  const deltaOf = (folder: ContactFolder): string => requests.url(`${contactsOf(folder)}/delta`);

  const stateOf = (page: GraphPage, folder: ContactFolder): string => {
    const link = page['@odata.deltaLink'];
    if (link === undefined || !requests.isOwn(link) || stateVersion.length + link.length > maxStateLength) {
      throw new SourceError('not-understood', 'Microsoft Graph ended a round without a usable delta link.');
    }
    // States travel with each sync: what is the same in all of them is left out.
    const usual = `${deltaOf(folder)}?`;
    return stateVersion + (link.startsWith(usual) ? link.slice(usual.length - 1) : link);
  };

  const linkOf = (state: string, folder: ContactFolder): string => {
    const rest = state.slice(stateVersion.length);
    const link = rest.startsWith('?') ? deltaOf(folder) + rest : rest;
    if (!state.startsWith(stateVersion) || !requests.isOwn(link)) throw new StateExpiredError();
    return link;
  };

  async function* changes(
    folder: ContactFolder,
    state: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ContactPage, void, undefined> {
    signal.throwIfAborted();
    const round: Round = { folder, fromZero: state === undefined, seen: new Set(), told: new Map() };
    const own = new AbortController();
    const stop = (): void => own.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const visits = new Map<string, number>();
    try {
      let pending =
        state === undefined
          ? loadPage(requests.url(`${contactsOf(folder)}/delta?$select=${select}`), 'zero', own.signal)
          : loadPage(linkOf(state, folder), 'state', own.signal);
      for (let count = 1; ; count += 1) {
        const page = await pending;
        const next = page['@odata.nextLink'];
        if (next !== undefined) {
          const visited = (visits.get(next) ?? 0) + 1;
          visits.set(next, visited);
          if (visited > maxVisits || count >= maxPages) {
            throw new SourceError('not-understood', 'The pages of Microsoft Graph do not come to an end.');
          }
          // The next page travels while the caller works on this one; its failure is told when its turn comes.
          pending = loadPage(next, 'link', own.signal);
          pending.catch(() => undefined);
        }
        yield await readPage(page, round, own.signal);
        signal.throwIfAborted();
        if (next === undefined) return;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      own.abort();
    }
  }

  const countIn = async (folder: ContactFolder, signal: AbortSignal): Promise<number> => {
    const url = requests.url(`${contactsOf(folder)}?$count=true&$top=1&$select=id`);
    return countSchema.parse(await requests.get(url, signal))['@odata.count'];
  };

  const folders = (signal: AbortSignal): Promise<readonly ContactFolder[]> => listGraphFolders(requests, owner, signal);

  const picture: ContactSource['picture'] = async (itemId, signal) => {
    const url = requests.url(`${owner}/contacts/${encodeURIComponent(itemId)}/photo/$value`);
    try {
      const bytes = await requests.getBytes(url, signal, maxPictureBytes);
      return bytes.length === 0 ? 'none' : bytes;
    } catch (error) {
      if (error instanceof AnswerTooLarge) return 'too-large';
      if (!(error instanceof GraphRefusal)) throw error;
      // Whatever the code: there is no photo, or no contact any more.
      if (error.status === 404) return 'none';
      throw notUnderstood(error);
    }
  };

  return {
    folders,
    changes,
    picture,
    async count(signal) {
      const list = await folders(signal);
      try {
        const counts = await Promise.all(list.map((folder) => countIn(folder, signal)));
        return counts.reduce((sum, count) => sum + count, 0);
      } catch (error) {
        if (error instanceof GraphRefusal || error instanceof z.core.$ZodError) return undefined;
        throw error;
      }
    },
  };
}

interface Outcome {
  readonly change?: ContactChange;
  readonly skipped?: SkippedItem;
}

/** The state of an item: Graph gives it a new one with every change, also of its photo. */
function etagOf(item: unknown): string | undefined {
  const parsed = etagSchema.safeParse(item);
  return parsed.success ? parsed.data['@odata.etag'] : undefined;
}

function judgeDelta(refusal: GraphRefusal, from: 'zero' | 'state' | 'link'): Error {
  const lost = refusal.status === 410 || /syncstate|resync/i.test(refusal.code);
  // A stored link that Graph does not take, for whatever reason, will not be taken tomorrow either.
  if (lost || (from === 'state' && (refusal.status === 400 || refusal.status === 404))) {
    return new StateExpiredError(refusal);
  }
  if (refusal.status === 404) {
    return new SourceError('unreachable', 'The folder went away while it was read: sync again.', refusal);
  }
  return notUnderstood(refusal);
}

function notUnderstood(refusal: GraphRefusal): SourceError {
  return new SourceError('not-understood', 'Microsoft Graph does not take a request of ours.', refusal);
}
