/** What lies behind the screen: the demo's database, read only, and its telephones from their own side. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'libsql';
import * as z from 'zod/mini';
import { contactFieldsSchema } from '../../shared/contact';
import type { ContactFields } from '../../shared/contact';

const root = fileURLToPath(new URL('../../', import.meta.url));

const countRow = z.object({ n: z.number() });
const fieldsRow = z.object({ fields: z.string(), imported: z.number() });
const userRow = z.object({ password_hash: z.string(), must_change_password: z.number(), settings: z.string() });

export interface StoredUser {
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  /** Only what differs from the default. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export type PaneStore = ReturnType<typeof openPaneStore>;

/** The store of the demo whose data folder this is. */
export function openPaneStore(dataDirectory: string) {
  const database = new Database(join(dataDirectory, 'mycontacts.db'), { readonly: true, timeout: 5000 });
  const count = (sql: string, ...values: readonly string[]): number =>
    z.parse(countRow, database.prepare(sql).get(...values)).n;
  const contacts = (userName: string) =>
    z
      .parse(
        z.array(fieldsRow),
        database
          .prepare(
            `select c.fields, c.account_id is not null as imported from contacts c join users u on u.id = c.user_id
             where u.user_name = ? order by c.sort_key`,
          )
          .all(userName),
      )
      .map(({ fields, imported }) => ({
        ...z.parse(contactFieldsSchema, JSON.parse(fields)),
        imported: imported === 1,
      }));
  return {
    contacts,
    names: (userName: string): string[] => contacts(userName).map(({ displayName }) => displayName),
    /** The contact with this name; undefined where there is none. */
    contact(userName: string, displayName: string): ContactFields | undefined {
      const found = contacts(userName).find((contact) => contact.displayName === displayName);
      if (!found) return undefined;
      const { imported: _imported, ...fields } = found;
      return fields;
    },
    imported: (userName: string): number => contacts(userName).filter(({ imported }) => imported).length,
    directory: (directory: 'internal' | 'system'): number =>
      count('select count(*) as n from directory_entries where directory = ?', directory),
    user(userName: string): StoredUser {
      const row = z.parse(
        userRow,
        database
          .prepare('select password_hash, must_change_password, settings from users where user_name = ?')
          .get(userName),
      );
      return {
        passwordHash: row.password_hash,
        mustChangePassword: row.must_change_password === 1,
        settings: z.parse(z.record(z.string(), z.unknown()), JSON.parse(row.settings)),
      };
    },
    /** Sessions that hold. */
    sessions: (userName: string): number =>
      count(
        `select count(*) as n from sessions s join users u on u.id = s.user_id
         where u.user_name = ? and s.revoked_at is null`,
        userName,
      ),
    /** Syncs of the user's mailbox that were committed, are open, or wait. */
    syncs: (userName: string, status: 'committed' | 'open' | 'waiting'): number =>
      count(
        `select count(*) as n from contact_syncs s join source_accounts a on a.id = s.account_id
         join users u on u.id = a.user_id where u.user_name = ? and s.status = ?`,
        userName,
        status,
      ),
    close: () => database.close(),
  };
}

const phoneSchema = z.object({
  activity: z.string(),
  shown: z.object({ number: z.optional(z.string()), name: z.optional(z.string()) }),
});

export type Telephones = ReturnType<typeof createTelephones>;

/** The telephones of the demo, by extension. */
export function createTelephones(url: string) {
  const at = (path: string) => new URL(path, url).href;
  const state = async (extension: string) =>
    z.parse(phoneSchema, await (await fetch(at(`demo/phones/SIM%2F${extension}`))).json());
  const post = async (path: string, body: object = {}) => {
    const response = await fetch(at(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  };
  return {
    activity: async (extension: string) => (await state(extension)).activity,
    /** The number on its display. */
    shows: async (extension: string) => (await state(extension)).shown.number,
    lift: (extension: string) => post(`demo/phones/SIM%2F${extension}/lift`),
    layDown: (extension: string) => post(`demo/phones/SIM%2F${extension}/lay-down`),
    callIn: (from: string, to: string) => post(`demo/colleagues/${from}/call-in`, { to }),
  };
}

/** `npm run manage` on the demo's data; gives what it printed. */
export async function manage(dataDirectory: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['build/service/manage.js', ...args], {
    cwd: process.env.DEMO_DIRECTORY ?? root,
    env: { ...process.env, BASE_URL: '', DATA_DIR: dataDirectory },
  });
  return stdout;
}
