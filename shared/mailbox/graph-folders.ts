/** The contact folders of a mailbox through Microsoft Graph: the default one, its children, and theirs. */
import * as z from 'zod/mini';
import { SourceError, type ContactFolder } from './contact-source';
import { GraphRefusal, type GraphRequests } from './graph-request';

/** Folders that a sync takes at most (as many as a batch can name). */
const maxFolders = 1000;
const maxDepth = 50;
const maxPages = 100;

const id = z.string().check(z.minLength(1), z.maxLength(1024));
const folderSchema = z.object({
  id,
  displayName: z.optional(z.nullable(z.string())),
  parentFolderId: z.optional(z.nullable(z.string())),
});
type GraphFolder = z.infer<typeof folderSchema>;
const folderPageSchema = z.object({ value: z.array(folderSchema), '@odata.nextLink': z.optional(z.string()) });
const contactPageSchema = z.object({ value: z.array(z.object({ parentFolderId: id })) });

/**
 * Every contact folder, the default one first. `/contactFolders` lists what lies inside the default folder and not the
 * folder itself, so that one is named: `contacts`, as Exchange calls it. Where a mailbox does not take the name, its id
 * is read from what lies in it.
 * @throws SourceError `not-understood` beyond 1,000 folders
 */
export async function listGraphFolders(
  requests: GraphRequests,
  owner: string,
  signal: AbortSignal,
): Promise<readonly ContactFolder[]> {
  const list = async (path: string): Promise<GraphFolder[]> => {
    const found: GraphFolder[] = [];
    let link: string | undefined = requests.url(`${path}?$top=100`);
    for (let page = 1; link !== undefined; page += 1) {
      if (page > maxPages) throw tooMany();
      const answer: z.infer<typeof folderPageSchema> = understood(folderPageSchema, await requests.get(link, signal));
      found.push(...answer.value);
      link = answer['@odata.nextLink'];
    }
    return found;
  };

  const named = async (): Promise<GraphFolder | undefined> => {
    try {
      return understood(folderSchema, await requests.get(requests.url(`${owner}/contactFolders/contacts`), signal));
    } catch (error) {
      if (error instanceof GraphRefusal && (error.status === 400 || error.status === 404)) return undefined;
      throw error;
    }
  };

  const parentOfContacts = async (): Promise<string | undefined> => {
    const url = requests.url(`${owner}/contacts?$top=1&$select=parentFolderId`);
    return understood(contactPageSchema, await requests.get(url, signal)).value[0]?.parentFolderId;
  };

  const childrenOf = async (folder: GraphFolder): Promise<GraphFolder[]> => {
    try {
      return await list(`${owner}/contactFolders/${encodeURIComponent(folder.id)}/childFolders`);
    } catch (error) {
      // Deleted since it was listed: it has no children then.
      if (error instanceof GraphRefusal && error.status === 404) return [];
      throw error;
    }
  };

  try {
    const [byName, top] = await Promise.all([named(), list(`${owner}/contactFolders`)]);
    const defaultId = byName?.id ?? (await parentOfContacts()) ?? top[0]?.parentFolderId ?? undefined;
    const found = new Map<string, ContactFolder>();
    if (defaultId !== undefined) found.set(defaultId, { id: defaultId, name: nameOf(byName, 'Contacts') });
    let level = top;
    for (let depth = 1; level.length > 0; depth += 1) {
      // Some mailboxes list the default folder itself, too: then its children are asked for like any other's.
      const fresh = level.filter((folder) => !found.has(folder.id) || (depth === 1 && folder.id === defaultId));
      for (const folder of fresh) found.set(folder.id, { id: folder.id, name: nameOf(folder, 'Contacts') });
      if (found.size > maxFolders || depth > maxDepth) throw tooMany();
      level = (await Promise.all(fresh.map(childrenOf))).flat();
    }
    return [...found.values()];
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    throw /mailbox/i.test(error.code)
      ? new SourceError('forbidden', 'This account has no mailbox that Microsoft Graph can read.', error)
      : new SourceError('not-understood', 'Microsoft Graph does not list the contact folders.', error);
  }
}

function nameOf(folder: GraphFolder | undefined, otherwise: string): string {
  const name = folder?.displayName?.trim() ?? '';
  return (name === '' ? otherwise : name).slice(0, 256);
}

function understood<T>(schema: z.ZodMiniType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new SourceError(
    'not-understood',
    'A folder list of Microsoft Graph is not of the documented shape.',
    parsed.error,
  );
}

function tooMany(): SourceError {
  return new SourceError('not-understood', 'The mailbox has more contact folders than a sync can take (1,000).');
}
