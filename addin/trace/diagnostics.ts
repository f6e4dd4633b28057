/** The facts of a pane that help to find a fault, without anything of a person. */
import { getHealth, getReadiness } from '../../shared/api/installation';
import { getLogLevel } from '../../shared/api/log-level';
import type { Services } from '../shell/services';
import { paneVersion } from '../shell/pane-version';
import type { TimedEntry } from './trace';
import type { TraceCounts } from './trace-entry';

export type Fact = string | number | boolean | undefined;
export type Facts = Readonly<Record<string, Fact>>;

export interface LastSync {
  readonly at: string;
  readonly counts: TraceCounts;
}

export interface Diagnostics {
  readonly pane: Facts;
  readonly outlook: Facts;
  readonly requirementSets: Facts;
  readonly browser: Facts;
  readonly session: Facts;
  readonly service: Facts;
  readonly lastSync: Facts;
}

type Source = Pick<Services, 'client' | 'session' | 'host' | 'events' | 'trace'>;

/** Asks the service, to measure how fast it answers; never fails. */
export async function collectDiagnostics(
  { client, session, host, events, trace }: Source,
  lastSync: LastSync | undefined,
): Promise<Diagnostics> {
  const began = performance.now();
  const reachable = await client.call(getHealth, {}, { timeoutMs: 5000 }).then(
    () => true,
    () => false,
  );
  const latencyMs = Math.round(performance.now() - began);
  const state = session.state.get();
  const administers = state.status === 'signed-in' && state.user.role === 'admin';
  const [ready, log] = await Promise.all([
    client.call(getReadiness, {}, { timeoutMs: 5000 }).then(
      () => true,
      () => false,
    ),
    // Only administrators are told; everybody else would be refused.
    administers ? client.call(getLogLevel, {}, { timeoutMs: 5000 }).catch(() => undefined) : undefined,
  ]);
  const { hostName, hostVersion, platform, requirementSets, storagePartitioned } = host.facts();
  const renewal = trace.requests().findLast(({ route }) => route === 'renewSession');
  return {
    pane: {
      version: paneVersion,
      kind: host.kind,
      language: document.documentElement.lang,
      theme: host.theme(),
    },
    outlook: { hostName, hostVersion, platform },
    requirementSets,
    browser: {
      userAgent: navigator.userAgent,
      width: window.innerWidth,
      online: navigator.onLine,
      storage: mayStore(),
      storagePartitioned,
      locks: 'locks' in navigator,
      channel: 'BroadcastChannel' in window,
      serviceWorker: 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null,
    },
    session: {
      status: state.status,
      role: state.status === 'signed-in' ? state.user.role : undefined,
      signedInBy: state.status === 'signed-in' ? state.signedInBy : undefined,
      renewal: renewal && renewal.status === 200,
    },
    service: {
      version: client.serviceVersion.get(),
      reachable,
      ready,
      latencyMs: reachable ? latencyMs : undefined,
      clockOffsetMs: Math.round(client.serverNow() - Date.now()),
      connection: events.connection.get(),
      leads: events.leads.get(),
      telephoneSystem: events.state.get().telephoneSystem?.state,
      ...(log && { logLevel: log.level, logLevelUntil: log.until }),
    },
    lastSync: lastSync ? { at: lastSync.at, ...lastSync.counts } : {},
  };
}

/** The trace file: facts first, then what happened, oldest first. */
export function writeTrace(diagnostics: Diagnostics, { trace }: Pick<Source, 'trace'>, now: Date): string {
  const { level } = trace.setting.get();
  const rows = (entries: readonly object[]) => entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return [
    '{',
    `  "writtenAt": ${JSON.stringify(now.toISOString())},`,
    `  "level": ${JSON.stringify(level)},`,
    `  "diagnostics": ${JSON.stringify(diagnostics, undefined, 2).replaceAll('\n', '\n  ')},`,
    `  "requests": [\n${rows(trace.requests())}\n  ],`,
    `  "entries": [\n${rows(trace.entries())}\n  ]`,
    '}',
    '',
  ].join('\n');
}

/** The newest errors of the trace, newest first. */
export function lastErrors(entries: readonly TimedEntry[]): readonly TimedEntry[] {
  return entries
    .filter((entry) => entry.kind === 'error')
    .slice(-5)
    .reverse();
}

function mayStore(): boolean {
  try {
    window.localStorage.getItem('mycontacts');
    return true;
  } catch {
    return false;
  }
}
