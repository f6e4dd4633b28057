/**
 * One connection of an instance that stays: it carries the locks by which instances on one PostgreSQL database share out
 * the work, and what they tell each other. The server takes the locks back at once from a process that is gone. When the
 * connection is lost, so are its locks: `onLost` says so, and `onRegained` when everything may be taken up again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { Connection } from './database';
import type { PostgresqlAddress } from './postgresql-address';
import { connectionSettings } from './postgresql-connect';
import { installationLock } from './postgresql-locks';

/** What PostgreSQL takes as the text of a notification, in bytes. */
export const noticeLimit = 7999;

const channel = 'mycontacts';
/** Milliseconds between two looks at whether the server still answers, and that an answer may take. */
const heartbeatMs = 2000;
const answerMs = 4000;
/**
 * Milliseconds for which an answer of the server is proof that the locks are still held, and after which a silent connection
 * is ended by the server, which gives its locks to others. The first is shorter: who was frozen, cut off or asleep knows by
 * his own clock that he has nothing any more, before anybody else can have it.
 */
const leaseMs = 8000;
const silenceMs = 10_000;
/** Milliseconds between two tries to connect. */
const retryMs = 500;

export interface ServerLinkDeps {
  readonly address: PostgresqlAddress;
  /** The connection was lost; its locks are gone. */
  readonly onLost: (error: unknown) => void;
  /** It is back, and this instance has its place again. Notices of the time between were missed. */
  readonly onRegained: () => void;
  /** What this or another instance told. */
  readonly onNotice: (text: string) => void;
  /** Shorter ones for tests. */
  readonly times?: { readonly heartbeatMs: number; readonly leaseMs: number; readonly silenceMs: number };
}

export interface ServerLink {
  /** Whether the connection stands, and the server said so not too long ago: only then are the locks surely held. */
  readonly up: boolean;
  /** By what the server knows who holds the locks; undefined while the connection is lost. */
  readonly holder: number | undefined;
  /** Takes this instance's place beside others. False while a command works on the database alone. */
  join(): Promise<boolean>;
  /** Takes the database alone. False while a service runs on it. */
  takeAlone(): Promise<boolean>;
  /** Lets others in beside this one. */
  leaveAlone(): Promise<void>;
  /** Takes what one instance at a time may have, by a name of its own. False while another has it. */
  tryLock(name: string): Promise<boolean>;
  unlock(name: string): Promise<void>;
  /** Tells all instances, this one included; at most `noticeLimit` bytes. Rejects while the connection is lost. */
  notify(text: string): Promise<void>;
  /** Gives up all locks. */
  stop(): Promise<void>;
}

/** Connects for the first time. @throws what the driver says when the server cannot be reached */
export async function openServerLink(deps: ServerLinkDeps): Promise<ServerLink> {
  let stopped = false;
  /** It has had its place beside others, and wants it again after a loss. */
  let member = false;
  /** The same of having the database alone. */
  let alone = false;
  let reconnecting = false;
  const times = deps.times ?? { heartbeatMs, leaseMs, silenceMs };
  /** When the question was asked that the server has answered last. */
  let proven = clocks();
  let holder: number | undefined;
  let client: pg.Client | undefined = await connect();
  // Both change while something is waited for.
  const isStopped = (): boolean => stopped;
  const standing = (): pg.Client | undefined => client;
  const heartbeat = setInterval(() => void beat(), times.heartbeatMs);
  heartbeat.unref();

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      ...connectionSettings(deps.address, { lockTimeoutMs: answerMs, statementTimeoutMs: answerMs }),
      // A machine that vanished is noticed by the server as well, so that its locks are free.
      ...(!deps.address.host.startsWith('/') && {
        options: '-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3',
      }),
      application_name: 'myContacts instance',
    });
    let cause: unknown;
    fresh.on('error', (error) => (cause = error));
    fresh.on('notification', ({ payload }) => {
      if (payload !== undefined) deps.onNotice(payload);
    });
    const asked = clocks();
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      // From PostgreSQL 14 on. Before, the locks of a process that stands still are free when it goes on or ends.
      await fresh.query(
        "select set_config('idle_session_timeout', $1, false) where current_setting('server_version_num')::int >= 140000",
        [String(times.silenceMs)],
      );
      const { rows } = await fresh.query<{ pid: number }>('select pg_backend_pid() as pid');
      holder = rows[0]?.pid;
      proven = asked;
    } catch (error) {
      void fresh.end().catch(() => undefined);
      throw error;
    }
    fresh.once('end', () => void lost(fresh, cause));
    return fresh;
  }

  async function lost(which: pg.Client | undefined, cause: unknown): Promise<void> {
    if (client !== which || stopped) return;
    client = undefined;
    if (reconnecting) return;
    reconnecting = true;
    deps.onLost(cause);
    while (!isStopped() && !(await regain())) await sleep(retryMs);
    reconnecting = false;
    // Lost again while it was on its way back.
    if (!isStopped() && standing() === undefined) void lost(undefined, cause);
  }

  async function regain(): Promise<boolean> {
    try {
      const fresh = await connect();
      client = fresh;
      if (alone ? await takeAlone() : !member || (await join())) {
        deps.onRegained();
        return true;
      }
      // A command has the database for itself just now: until it is done there is nothing to take up.
      client = undefined;
      await fresh.end();
    } catch {
      // The server is still away.
    }
    return false;
  }

  const isFresh = (): boolean => since(proven) < times.leaseMs;

  async function beat(): Promise<void> {
    const asked = client;
    if (asked === undefined) return;
    const at = clocks();
    try {
      // Whoever stood still that long begins anew, even if the server has not noticed it.
      if (!isFresh()) throw new Error('This process, or its connection, stood still.');
      await asked.query('select 1');
      if (standing() === asked) proven = at;
    } catch (error) {
      // It says nothing any more, or the server has ended the connection.
      void asked.end().catch(() => undefined);
      void lost(asked, error);
    }
  }

  async function ask(sql: string, values: readonly unknown[] = []): Promise<boolean> {
    if (client === undefined) throw new Error('The connection to the database server is lost.');
    const { rows } = await client.query<{ done: unknown }>(sql, [...values]);
    return rows[0]?.done === true;
  }

  async function join(): Promise<boolean> {
    const done = await ask(`select pg_try_advisory_lock_shared(${installationLock}) as done`);
    member ||= done;
    return done;
  }

  async function takeAlone(): Promise<boolean> {
    const done = await ask(`select pg_try_advisory_lock(${installationLock}) as done`);
    alone ||= done;
    return done;
  }

  return {
    get up() {
      return client !== undefined && isFresh();
    },
    get holder() {
      return client === undefined ? undefined : holder;
    },
    join,
    takeAlone,
    async leaveAlone() {
      alone = false;
      await ask(`select pg_advisory_unlock(${installationLock}) as done`);
    },
    tryLock: (name) => ask('select pg_try_advisory_lock(hashtextextended($1, 0)) as done', [name]),
    async unlock(name) {
      await ask('select pg_advisory_unlock(hashtextextended($1, 0)) as done', [name]);
    },
    async notify(text) {
      await ask('select pg_notify($1, $2)', [channel, text]);
    },
    async stop() {
      stopped = true;
      clearInterval(heartbeat);
      await client?.end().catch(() => undefined);
      client = undefined;
    },
  };
}

/** Whether the connection of that number holds the lock of that name, as the server sees it now. */
export async function holdsLock(db: Connection, holder: number, name: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1 and pid = ${holder}
      and database = (select oid from pg_database where datname = current_database())
      and ((classid::bigint << 32) | objid::bigint) = hashtextextended(${name}, 0)`.execute(db);
  return rows.length > 0;
}

/** Two clocks: one of them stands still while a machine sleeps, the other may be set. */
function clocks(): readonly [number, number] {
  return [performance.now(), Date.now()];
}

/** Milliseconds since then, by the clock that has gone further. */
function since([ticks, time]: readonly [number, number]): number {
  return Math.max(performance.now() - ticks, Date.now() - time);
}
