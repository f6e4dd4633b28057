/** The part of Graph's contacts API that a reader with Contacts.Read meets: what is asked for, and its answer. */
import type { createDelta } from './delta';
import type { PageFault } from './faults';
import { badRequest, GraphError, notFound } from './graph-error';
import { contactJson, folderJson, selected } from './graph-json';
import { contactProperties, folderProperties } from './graph-properties';
import { deltaOptions, itemOptions, listOptions, readQuery, type GraphQuery } from './graph-query';
import type { StoredFolder, StoredItem } from './graph-types';
import type { Mailbox } from './mailbox';

export interface GraphRequest {
  readonly mailbox: Mailbox;
  /** Path below `/me` or `/users/{id}`, split, keys in parentheses resolved. */
  readonly path: readonly string[];
  readonly params: URLSearchParams;
  readonly prefer: ReadonlyMap<string, string>;
  /** `http://host/v1.0/me`, for links. */
  readonly ownerUrl: string;
  /** `http://host/v1.0`, for contexts. */
  readonly baseUrl: string;
  /** Largest page. */
  readonly pageSize: number;
  takePageFault(): PageFault | undefined;
}

/** The item whose photo a path asks for, or undefined where it asks for something else. @throws GraphError */
export function photoItem({ mailbox, path, params }: GraphRequest): StoredItem | undefined {
  const [first, second, third, fourth] = path;
  const rest = first === 'contactFolders' && third === 'contacts' ? path.slice(4) : path.slice(2);
  if (rest.length !== 2 || rest[0] !== 'photo' || rest[1] !== '$value') return undefined;
  if (first !== 'contacts' && first !== 'contactFolders') return undefined;
  if (params.size > 0) throw badRequest('Query options are not supported for a media resource.');
  const item = itemOf(mailbox, (first === 'contacts' ? second : fourth) ?? '');
  if (first === 'contactFolders' && item.folderId !== folderOf(mailbox, second ?? '').id) throw notFound();
  if (item.photo === undefined) throw new GraphError(404, 'ErrorItemNotFound', "The photo wasn't found.");
  return item;
}

/** Answers a GET. @throws GraphError */
export function answerGraph(request: GraphRequest, delta: ReturnType<typeof createDelta>): Record<string, unknown> {
  const { mailbox, path } = request;
  const [first, second, third, fourth] = path;
  if (first === 'contacts' && path.length === 1) {
    return contactList(request, folderOf(mailbox, 'contacts'), `${request.ownerUrl}/contacts`);
  }
  if (first === 'contacts' && second !== undefined && path.length === 2) {
    return singleContact(request, itemOf(mailbox, second));
  }
  if (first !== 'contactFolders') throw badRequest(`Resource not found for the segment '${first ?? ''}'.`);
  if (second === undefined) return folderList(request, mailbox.defaultFolderId, `${request.ownerUrl}/contactFolders`);
  const folder = folderOf(mailbox, second);
  const url = `${request.ownerUrl}/contactFolders('${encodeURIComponent(folder.id)}')`;
  if (path.length === 2) {
    const query = readQuery(request.params, { options: itemOptions, properties: folderProperties });
    return { ...context(request, 'contactFolders/$entity'), ...selected(folderJson(folder), query.select) };
  }
  if (third === 'childFolders' && path.length === 3) return folderList(request, folder.id, `${url}/childFolders`);
  if (third === 'contacts' && path.length === 3) return contactList(request, folder, `${url}/contacts`);
  if (third === 'contacts' && fourth === 'delta' && path.length === 4) {
    const query = readQuery(request.params, { options: deltaOptions, properties: contactProperties });
    const link = `${url}/contacts/delta`;
    const pageSize = pageSizeOf(request);
    const page = delta({ mailbox, folderId: folder.id, query, pageSize, fault: request.takePageFault(), link });
    return { '@odata.context': `${request.baseUrl}/$metadata#Collection(contact)`, ...page };
  }
  if (third === 'contacts' && fourth !== undefined && path.length === 4) {
    const item = itemOf(mailbox, fourth);
    if (item.folderId !== folder.id) throw notFound();
    return singleContact(request, item);
  }
  throw badRequest(`Resource not found for the segment '${path.at(-1) ?? ''}'.`);
}

function context(request: GraphRequest, what: string): Record<string, unknown> {
  return {
    '@odata.context': `${request.baseUrl}/$metadata#users('${encodeURIComponent(request.mailbox.address)}')/${what}`,
  };
}

/** The folder with that id. `contacts` is Exchange's name of the default folder, in any case. */
function folderOf(mailbox: Mailbox, id: string): StoredFolder {
  const wanted = id.toLowerCase() === 'contacts' ? mailbox.defaultFolderId : id;
  const folder = mailbox.folders().find((candidate) => candidate.id === wanted);
  if (folder !== undefined) return folder;
  throw /^AAkALg[\w=-]+$/.test(id) ? notFound() : new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
}

function itemOf(mailbox: Mailbox, id: string): StoredItem {
  const item = mailbox.item(id);
  if (item === undefined) throw notFound();
  return item;
}

function singleContact(request: GraphRequest, item: StoredItem): Record<string, unknown> {
  const query = readQuery(request.params, { options: itemOptions, properties: contactProperties });
  return { ...context(request, 'contacts/$entity'), ...selected(contactJson(item), query.select) };
}

function contactList(request: GraphRequest, folder: StoredFolder, url: string): Record<string, unknown> {
  const query = readQuery(request.params, { options: listOptions, properties: contactProperties });
  const items = request.mailbox.items().filter((item) => item.folderId === folder.id);
  const total = items.length + request.mailbox.contactLists(folder.id);
  return { ...context(request, 'contacts'), ...page(request, query, url, items.map(contactJson), total) };
}

function folderList(request: GraphRequest, parentId: string, url: string): Record<string, unknown> {
  const query = readQuery(request.params, { options: listOptions, properties: folderProperties });
  const children = request.mailbox.folders().filter((folder) => folder.parentId === parentId);
  return {
    ...context(request, 'contactFolders'),
    ...page(request, query, url, children.map(folderJson), children.length),
  };
}

function page(
  request: GraphRequest,
  query: GraphQuery,
  url: string,
  all: readonly Record<string, unknown>[],
  total: number,
): Record<string, unknown> {
  const size = Math.min(query.top, request.pageSize);
  const value = all.slice(query.skip, query.skip + size).map((json) => selected(json, query.select));
  const rest = query.skip + size < all.length;
  const next = new URLSearchParams(request.params);
  next.set('$skip', String(query.skip + size));
  return {
    ...(query.count ? { '@odata.count': total } : {}),
    value,
    ...(rest ? { '@odata.nextLink': `${url}?${next.toString().replaceAll('%24', '$').replaceAll('%2C', ',')}` } : {}),
  };
}

/** Contacts of a delta page: as preferred with `odata.maxpagesize`, ten otherwise, never more than the server's own limit. */
function pageSizeOf(request: GraphRequest): number {
  const preferred = request.prefer.get('odata.maxpagesize');
  if (preferred === undefined) return Math.min(10, request.pageSize);
  const size = /^\d{1,6}$/.test(preferred) ? Number(preferred) : 0;
  if (size < 1) throw badRequest('The preference odata.maxpagesize is not a positive number.');
  return Math.min(size, request.pageSize);
}
