/** Small things that a pane remembers in its browser. Never a secret, a number or a name of a person. */

export interface HostStorage {
  /** Undefined where nothing is kept, or where the browser refuses storage to a framed page. */
  get(key: string): string | undefined;
  /** Without effect where the browser refuses storage. */
  set(key: string, value: string): void;
  remove(key: string): void;
}

/**
 * Storage under Outlook's partition key: Outlook on the web frames an add-in under several origins, and mixing their
 * data is what the key prevents.
 */
export function createHostStorage(store: () => Storage | undefined, partitionKey: () => string): HostStorage {
  const name = (key: string) => `${partitionKey()}mycontacts.${key}`;
  const attempt = <T>(action: (storage: Storage) => T): T | undefined => {
    try {
      const storage = store();
      return storage === undefined ? undefined : action(storage);
    } catch {
      // Third-party storage is blocked or full; the pane works without.
      return undefined;
    }
  };
  return {
    get: (key) => attempt((storage) => storage.getItem(name(key))) ?? undefined,
    set: (key, value) => {
      attempt((storage) => storage.setItem(name(key), value));
    },
    remove: (key) => {
      attempt((storage) => storage.removeItem(name(key)));
    },
  };
}
