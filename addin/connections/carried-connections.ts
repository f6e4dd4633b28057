/**
 * The list of connections that travels in the hash from one installation's pane to another's. Browsers send no hash to a
 * server; no secret is in it. Anybody can write such an address, so it is read as foreign: nothing in it is opened, and
 * none of its addresses counts as confirmed.
 */
import * as z from 'zod/mini';
import { connectionSchema, maxConnections, type Connection } from './connection';

const key = 'connections=';
/** Signs of the hash that are read at most. */
const maxLength = 4096;

const carriedSchema = z
  .array(
    z.strictObject({
      name: connectionSchema.shape.name,
      address: z.string(),
      userName: connectionSchema.shape.userName,
    }),
  )
  .check(z.maxLength(maxConnections));

export type CarriedConnection = Omit<Connection, 'confirmed'>;

/** The hash, with its sign. Addresses that are no https ones stay behind. */
export function carriedHash(list: readonly CarriedConnection[]): string {
  const travelling = list
    .filter(({ address }) => connectionSchema.shape.address.safeParse(address).success)
    .map(({ name, address, userName }) => ({ name, address, userName }));
  const bytes = new TextEncoder().encode(JSON.stringify(travelling));
  const base64 = btoa(String.fromCharCode(...bytes));
  return `#${key}${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** What {@link carriedHash} wrote; undefined for every other hash, and for one that nobody of ours can have written. */
export function readCarriedHash(hash: string): readonly CarriedConnection[] | undefined {
  const text = hash.replace(/^#/, '');
  if (!text.startsWith(key) || text.length > maxLength) return undefined;
  try {
    const base64 = text.slice(key.length).replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const read = carriedSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    const valid =
      read.success && read.data.every(({ address }) => connectionSchema.shape.address.safeParse(address).success);
    return valid ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the hash is one of these, readable or not: then it is no place of the pane. */
export function isCarriedHash(hash: string): boolean {
  return hash.startsWith(`#${key}`);
}
