/** A PostgreSQL server of a test's own: a cluster in a temporary folder, on a free port of loopback, as an unprivileged user. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { DatabaseConnection, Driver, TransactionSettings } from 'kysely';
import pg from 'pg';
import type { Database } from '../../sync-service/database/database';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { PostgresqlDialect } from '../../sync-service/database/postgresql-dialect';
import type { Tables } from '../../sync-service/database/tables';
import { createWriteTurns } from '../../sync-service/database/write-turns';

export interface PostgresqlServer {
  readonly port: number;
  /** Makes an empty database. @returns its address, with the password */
  createDatabase(): Promise<string>;
  /** Address of a database by its name. */
  addressOf(database: string): string;
  /** `immediate` as a crash, `fast` as an administrator does it. */
  stop(mode?: 'fast' | 'immediate'): void;
  start(): void;
  /** Stops it for ever. */
  remove(): void;
}

/** Special signs, so that every address has to be written and read rightly. */
const password = 'p@ss/w?rd#1';

/** Where Debian and others keep the server's programs; undefined where there are none. */
export function findPostgresql(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(root, version, 'bin')), '/usr/local/bin', '/usr/bin'];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

/**
 * @param sharedBuffers memory that the server keeps pages in
 * @param kept a folder whose databases are there again at the next start; made when missing, and left by `remove`
 */
export async function startPostgresql({
  kept,
  sharedBuffers = '64MB',
}: { readonly kept?: string; readonly sharedBuffers?: string } = {}): Promise<PostgresqlServer> {
  const programs = findPostgresql();
  if (programs === undefined) throw new Error('There is no PostgreSQL server on this machine.');
  const isThere = kept !== undefined && existsSync(join(kept, 'data', 'PG_VERSION'));
  if (kept !== undefined) mkdirSync(kept, { recursive: true });
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'mycontacts-postgresql-'));
  const owner = unprivileged();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  if (owner !== undefined) chownSync(passwordFile, owner.uid, owner.gid);
  const run = (program: string, args: readonly string[]): void => {
    // What it starts would keep a pipe open.
    const { status, stderr } = spawnSync(join(programs, program), args, {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', program === 'pg_ctl' ? 'ignore' : 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${String(stderr)}`);
  };
  const port = await freePort();
  if (!isThere) {
    run('initdb', [
      ...['-D', data, '-U', 'mycontacts', '-E', 'UTF8', '--locale=C', '--no-sync'],
      ...['-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    ]);
  }
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    `-c unix_socket_directories=${folder}`,
    // A test's data need not outlive the machine.
    '-c fsync=off -c full_page_writes=off',
    `-c max_connections=60 -c shared_buffers=${sharedBuffers}`,
  ].join(' ');
  const start = (): void => run('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-w', '-o', options, 'start']);
  const stop = (mode = 'fast'): void => run('pg_ctl', ['-D', data, '-m', mode, '-w', 'stop']);
  if (isThere && existsSync(join(data, 'postmaster.pid'))) {
    try {
      stop();
    } catch {
      // Whoever used it last was broken off together with the server.
    }
  }
  start();
  return {
    port,
    start,
    stop,
    createDatabase: () => createDatabaseAt(port),
    addressOf: (database) => addressAt(port, database),
    remove() {
      try {
        stop(kept === undefined ? 'immediate' : 'fast');
      } catch {
        // It was stopped before.
      }
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

let made = 0;

/** Makes an empty database on such a server. @returns its address */
export async function createDatabaseAt(port: number): Promise<string> {
  made += 1;
  const name = `test_${process.pid}_${made}`;
  const client = new pg.Client({ connectionString: addressAt(port, 'postgres') });
  await client.connect();
  // Ordered as no SQLite does it: where an order of bytes is needed, the tables have to say so.
  const { rows } = await client.query("select from pg_collation where collprovider = 'i' limit 1");
  const { rows: versions } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const ordered = rows.length > 0 && (versions[0]?.version ?? 0) >= 150_000;
  const order = ordered ? "locale_provider icu icu_locale 'de-DE' encoding 'UTF8'" : '';
  await client.query(`create database ${name} template template0 ${order}`);
  await client.end();
  return addressAt(port, name);
}

function addressAt(port: number, database: string): string {
  return `postgresql://mycontacts:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Opens a database of its own on such a server; it is made at the first query. */
export function openDatabaseAt(port: number): Database {
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => new NewDatabaseDriver(port),
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (database) => new PostgresIntrospector(database),
    },
  });
}

class NewDatabaseDriver implements Driver {
  private driver: Driver | undefined;

  constructor(private readonly port: number) {}

  async init(): Promise<void> {
    const address = readPostgresqlAddress(await createDatabaseAt(this.port));
    if ('problem' in address) throw new Error(address.problem);
    const dialect = new PostgresqlDialect({
      address,
      connections: 4,
      lockTimeoutMs: 10_000,
      statementTimeoutMs: 15_000,
      turns: createWriteTurns(),
    });
    this.driver = dialect.createDriver();
    await this.driver.init();
  }
  acquireConnection(): Promise<DatabaseConnection> {
    return this.there().acquireConnection();
  }
  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.there().releaseConnection(connection);
  }
  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.there().beginTransaction(connection, settings);
  }
  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.there().commitTransaction(connection);
  }
  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.there().rollbackTransaction(connection);
  }
  async destroy(): Promise<void> {
    await this.driver?.destroy();
  }

  private there(): Driver {
    if (this.driver === undefined) throw new Error('It was not initialised');
    return this.driver;
  }
}

/** The server refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, existsUser('postgres') ? 'postgres' : 'nobody']));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function existsUser(name: string): boolean {
  return spawnSync('id', [name], { stdio: 'ignore' }).status === 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
