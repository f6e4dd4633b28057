/** A server connection (SYN-2): an address of an installation, with the name of the user there. Never a password. */
import * as z from 'zod/mini';

/** Connections at most, the one to the installation that this pane came from among them. */
export const maxConnections = 4;
export const maxNameLength = 40;
export const maxUserNameLength = 64;
const maxAddressLength = 200;

export type AddressProblem = 'empty' | 'no-address' | 'not-https' | 'user-in-address' | 'query' | 'too-long';

/**
 * The address of an installation as it is kept: https, with a port and a path where it has them, without a slash at its
 * end. What people write is taken as they mean it: a host alone, or the address of one of the pane's pages.
 */
export function readAddress(written: string): { readonly address: string } | { readonly problem: AddressProblem } {
  const text = written.trim();
  if (text === '') return { problem: 'empty' };
  if (text.length > maxAddressLength) return { problem: 'too-long' };
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (/\s/.test(text) || !URL.canParse(full)) return { problem: 'no-address' };
  const url = new URL(full);
  if (url.protocol !== 'https:') return { problem: 'not-https' };
  if (url.username !== '' || url.password !== '' || url.host.includes('@')) return { problem: 'user-in-address' };
  if (url.search !== '' || url.hash !== '') return { problem: 'query' };
  const address = url.origin + url.pathname.replace(/\/(window|taskpane\.html)?$/, '').replace(/\/+$/, '');
  return address.length > maxAddressLength ? { problem: 'too-long' } : { address };
}

/** An address that {@link readAddress} gives. */
const addressSchema = z.string().check(
  z.refine((address) => {
    const read = readAddress(address);
    return 'address' in read && read.address === address;
  }),
);

export const connectionSchema = z.object({
  /** What the user calls it; empty: its host is shown. */
  name: z.string().check(z.maxLength(maxNameLength)),
  address: addressSchema,
  userName: z.string().check(z.maxLength(maxUserNameLength)),
  /** The user typed the address or said yes to it. One that came along in an address is asked about before it is opened. */
  confirmed: z.boolean(),
});
export type Connection = z.infer<typeof connectionSchema>;

export const connectionListSchema = z.array(connectionSchema).check(z.maxLength(maxConnections));

/** What a connection is called. */
export function nameOf({ name, address }: Pick<Connection, 'name' | 'address'>): string {
  return name || new URL(address).host;
}
