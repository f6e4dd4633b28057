/**
 * Whether a sync says that nothing has happened: every folder is as it was, and at most goes on from another state. Such
 * a sync needs no plan, so none of the contacts has to be read. Pure.
 */
import type { SyncBatch } from '../../shared/contact-sync';
import type { FolderState } from './staged-changes';

export interface QuietSync {
  /** Folders after the sync. A state without a time is a new one. */
  readonly folders: readonly FolderState[];
  /** True when they differ from those before. */
  readonly foldersChanged: boolean;
}

/**
 * Undefined where a plan is needed to know it. What is quiet here has an empty plan; not everything that has an empty plan
 * is quiet.
 * @param folders as of the last commit
 */
export function readQuietSync(batches: readonly SyncBatch[], folders: readonly FolderState[]): QuietSync | undefined {
  const known = new Map(folders.map((folder) => [folder.id, folder]));
  const states = new Map<string, string>();
  let names = new Map(folders.map(({ id, name }) => [id, name]));
  for (const { changes, skipped = [], fingerprints, folder, finished = [], folders: listed } of batches) {
    if (changes.length + skipped.length > 0 || fingerprints !== undefined) return undefined;
    if (listed !== undefined) names = new Map(listed.map(({ id, name }) => [id, name]));
    for (const told of [...(folder === undefined ? [] : [folder]), ...finished]) {
      // Told from zero: what has no word is gone.
      if (('restarted' in told && told.restarted === true) || known.get(told.id)?.state === undefined) return undefined;
      if (told.state === undefined) return undefined;
      states.set(told.id, told.state);
    }
  }
  // A folder that came or went takes contacts along.
  if (names.size !== known.size || [...names.keys()].some((id) => !known.has(id))) return undefined;
  const renamed = folders.some(({ id, name }) => names.get(id) !== name);
  return {
    folders: folders.map((before) => {
      const name = names.get(before.id) ?? before.name;
      const state = states.get(before.id);
      return state === undefined ? { ...before, name } : { id: before.id, name, state };
    }),
    foldersChanged: renamed || states.size > 0,
  };
}
