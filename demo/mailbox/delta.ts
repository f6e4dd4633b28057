/** Delta queries: rounds of pages over a folder's history, with state tokens that hold everything a request needs. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { PageFault } from './faults';
import { GraphError } from './graph-error';
import { contactJson, partial, selected } from './graph-json';
import type { GraphQuery } from './graph-query';
import type { FolderEvent, Mailbox } from './mailbox';
import type { TokenSeal } from './sealed-tokens';

const stateSchema = z.object({
  kind: z.enum(['skip', 'delta']),
  /** Digest of mailbox and folder: Graph's tokens are some hundred characters, and each sync carries one per folder. */
  place: z.string(),
  generation: z.number(),
  /** The history up to here has been sent. */
  cursor: z.number(),
  /** Where a first round began; 0 in later ones. */
  removalsFrom: z.number(),
  first: z.boolean(),
  select: z.optional(z.array(z.string())),
  /** Makes two tokens for one place differ, as Graph's do. */
  serial: z.number(),
});
type DeltaState = z.infer<typeof stateSchema>;

export interface DeltaRequest {
  readonly mailbox: Mailbox;
  readonly folderId: string;
  readonly query: GraphQuery;
  readonly pageSize: number;
  readonly fault: PageFault | undefined;
  /** URL of the delta function of this folder, without query. */
  readonly link: string;
}

/** Answers delta requests. */
export function createDelta(seal: TokenSeal): (request: DeltaRequest) => Record<string, unknown> {
  let serial = 0;

  const begin = ({ mailbox, folderId, query }: DeltaRequest): DeltaState => ({
    kind: 'skip',
    place: placeOf(mailbox, folderId),
    generation: mailbox.generation(folderId),
    cursor: 0,
    removalsFrom: mailbox.position(),
    first: true,
    ...(query.select === undefined ? {} : { select: [...query.select] }),
    serial: 0,
  });

  const resume = (request: DeltaRequest, kind: DeltaState['kind'], token: string): DeltaState => {
    const { mailbox, folderId } = request;
    const state = stateSchema.safeParse(seal.open(token));
    const fits = state.success && state.data.kind === kind && state.data.place === placeOf(mailbox, folderId);
    if (!fits) throw new GraphError(400, 'BadRequest', 'Badly formed token.');
    const highest = mailbox.generation(folderId);
    if (state.data.generation < highest) {
      const { generation } = state.data;
      throw new GraphError(
        410,
        'SyncStateNotFound',
        `The sync state generation is not found; generation=${String(generation)};[highest=${String(highest)}].`,
      );
    }
    return kind === 'delta' ? { ...state.data, removalsFrom: 0, first: false } : state.data;
  };

  return (request) => {
    const { mailbox, folderId, query, pageSize, fault, link } = request;
    const state =
      query.skipToken !== undefined
        ? resume(request, 'skip', query.skipToken)
        : query.deltaToken !== undefined
          ? resume(request, 'delta', query.deltaToken)
          : begin(request);
    const waiting = mailbox.events(folderId, state.cursor, state.removalsFrom);
    const sent = fault === 'empty-page' ? [] : waiting.slice(0, pageSize);
    const again = fault === 'repeat-page' && sent.length > 0;
    const cursor = again ? state.cursor : (sent.at(-1)?.seq ?? state.cursor);
    const more = again || fault === 'empty-page' || waiting.length > sent.length;
    const shown = fault === 'repeat-items' ? [...sent, ...sent.slice(0, 3)] : sent;
    const json = shown.map((event) => eventJson(event, state, fault));
    serial += 1;
    const token = seal.seal({ ...state, kind: more ? 'skip' : 'delta', cursor, serial });
    return {
      value: json,
      ...(more
        ? { '@odata.nextLink': `${link}?$skiptoken=${token}` }
        : { '@odata.deltaLink': `${link}?$deltatoken=${token}` }),
    };
  };
}

function placeOf(mailbox: Mailbox, folderId: string): string {
  return createHash('sha256').update(`${mailbox.address} ${folderId}`).digest('base64url').slice(0, 16);
}

function eventJson(event: FolderEvent, state: DeltaState, fault: PageFault | undefined): Record<string, unknown> {
  const type = { '@odata.type': '#microsoft.graph.contact' };
  if (event.type === 'removed') return { ...type, id: event.itemId, '@removed': { reason: 'deleted' } };
  const json = contactJson(event.item);
  // Of a contact that the caller does not know yet Graph sends everything.
  const short = fault === 'partial-items' && !state.first;
  return { ...type, ...(short ? partial(json, event.item, state.select) : selected(json, state.select)) };
}
