/** Where a PostgreSQL server is and how it is spoken to: read from an address such as `postgresql://user:password@host/database`. */
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

/** How the connection is protected; the names and meanings are libpq's. */
const sslModeSchema = z.enum(['disable', 'require', 'verify-ca', 'verify-full']);

export const postgresqlAddressSchema = z.object({
  /** A host name or address, or the directory of a Unix socket. */
  host: z.string(),
  port: z.number(),
  database: z.string(),
  user: z.string(),
  password: z.optional(z.string()),
  sslMode: sslModeSchema,
  /** Certificates (PEM) that the server's is checked against; the public ones where absent. */
  ca: z.optional(z.string()),
  /** Names the running service, of several on one database. Not a part of what is written. */
  instance: z.optional(z.string()),
});
export type PostgresqlAddress = Readonly<z.infer<typeof postgresqlAddressSchema>>;

const known = new Set(['sslmode', 'sslrootcert', 'host']);
const example = 'postgresql://user:password@host:5432/database?sslmode=verify-full';

/**
 * Reads an address. Gives what is wrong with it instead, with what to do; the text never repeats the address, which holds
 * the password. Outside of this machine the connection has to be encrypted, and is checked fully where nothing is said.
 */
export function readPostgresqlAddress(written: string): PostgresqlAddress | { readonly problem: string } {
  if (!/^postgres(ql)?:\/\//i.test(written) || !URL.canParse(written)) {
    return {
      problem: `has to be an address such as ${example}. Signs such as @ / ? # in the password are written %40 %2F %3F %23.`,
    };
  }
  const url = new URL(written);
  const stranger = [...url.searchParams.keys()].find((name) => !known.has(name));
  if (stranger !== undefined)
    return { problem: `has a parameter ${stranger}; there are sslmode, sslrootcert and host.` };
  const socket = url.searchParams.get('host') ?? undefined;
  if (socket !== undefined && !socket.startsWith('/')) {
    return { problem: 'has a parameter host that is not the directory of a socket, such as /var/run/postgresql.' };
  }
  const host = socket ?? decoded(url.hostname).replace(/^\[(.*)\]$/, '$1');
  if (host === '') return { problem: `names no host. It has to be an address such as ${example}.` };
  const database = decoded(url.pathname.slice(1));
  if (database === '' || database.includes('/'))
    return { problem: 'names no database: it stands behind the host, as in …@host/mycontacts.' };
  const user = decoded(url.username);
  if (user === '') return { problem: 'names no user: it stands before the host, as in //user:password@host/….' };
  const local = isLocal(host);
  const wished = sslModeSchema.safeParse(url.searchParams.get('sslmode') ?? (local ? 'disable' : 'verify-full'));
  if (!wished.success) {
    return { problem: 'has an sslmode other than disable, require, verify-ca and verify-full.' };
  }
  const sslMode = wished.data;
  if (sslMode === 'disable' && !local) {
    return {
      problem:
        'has sslmode=disable, but its host is not this machine: use verify-full, with sslrootcert=FILE for an authority of your own.',
    };
  }
  const caFile = url.searchParams.get('sslrootcert') ?? undefined;
  let ca: string | undefined;
  if (caFile !== undefined) {
    try {
      ca = readFileSync(caFile, 'utf8');
    } catch {
      return { problem: `names the file ${caFile} as sslrootcert, which cannot be read.` };
    }
  }
  const password = decoded(url.password);
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user,
    ...(password !== '' && { password }),
    sslMode,
    ...(ca !== undefined && { ca }),
  };
}

/** The address for people: without the password. */
export function describeAddress({ host, port, database, user, sslMode }: PostgresqlAddress): string {
  return `database ${database} at ${host}:${port} as ${user} (sslmode ${sslMode})`;
}

function isLocal(host: string): boolean {
  return (
    host.startsWith('/') || host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
