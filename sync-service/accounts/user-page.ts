/** Users page by page, for administrators: an installation may have a hundred thousand. */
import { fitsTexts } from './fits-query';
import type { Person } from './people-model';
import { personOf } from './people-profile';
import type { DeviceRow, UserRow, UserStore } from './people-store';

export interface UserPage {
  readonly users: readonly Person[];
  /** Where the next page begins; absent at the end. */
  readonly next?: string;
}

/** So many rows are looked at for one page; then the page ends, however few it holds, and the service goes on with others. */
const lookedAt = 5000;
const rowsAtOnce = 1000;

/** Every word of the query begins a word of the user's name, user name, extension or address. */
export function fitsQuery(user: UserRow, query: string): boolean {
  const texts = [user.user_name, user.display_name, user.given_name, user.surname, user.extension, user.email];
  return fitsTexts(texts, query);
}

export async function pageOfUsers(
  store: UserStore,
  { query, after, limit }: { query: string; after: string | undefined; limit: number },
): Promise<UserPage> {
  const found: UserRow[] = [];
  let last = after ?? '';
  let next: string | undefined;
  const portion = query.trim() === '' ? limit + 1 : rowsAtOnce;
  for (let looked = 0; next === undefined; looked += portion) {
    if (looked >= lookedAt) {
      next = last;
      break;
    }
    const rows = await store.listAfter(last, portion);
    for (const row of rows) {
      if (!fitsQuery(row, query)) continue;
      if (found.length === limit) {
        next = found.at(-1)?.user_name_key;
        break;
      }
      found.push(row);
    }
    if (rows.length < portion) break;
    last = rows.at(-1)?.user_name_key ?? last;
  }
  const devices = new Map(found.map((user): [string, DeviceRow[]] => [user.id, []]));
  for (const device of await store.devicesOf([...devices.keys()])) devices.get(device.user_id)?.push(device);
  const users = found.map((user) => personOf(user, devices.get(user.id) ?? []));
  return { users, ...(next === undefined ? {} : { next }) };
}
