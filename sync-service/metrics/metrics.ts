/**
 * Figures for Prometheus. They have a registry of their own, and labels that are words of ours (a route, a site's id, an
 * outcome), never a number, a name or an address of a person.
 */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** One request that was answered. */
export interface AnsweredRequest {
  /** Name of the route in the contract; `pane` for files, `none` for what is not there. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

/** What is read when Prometheus asks. */
export interface WatchedState {
  /** Live streams that are open. */
  readonly streams: () => number;
  /** State of each site's telephone system, by the site's id. */
  readonly telephoneLinks: () => Iterable<readonly [siteId: string, state: 'up' | 'down']>;
}

export interface Metrics {
  requestAnswered(request: AnsweredRequest): void;
  /** The last step of a sync ended: `applied`, `previewed`, or the code of the error that ended it. */
  syncEnded(outcome: string, seconds: number): void;
  /** The service has read a mailbox by itself: `done`, `fresh`, `aborted`, or the problem. */
  mailboxRunEnded(outcome: string, seconds: number): void;
  /** Mailboxes whose time has come. */
  watchMailboxes(backlog: () => Promise<{ readonly due: number; readonly oldest: string | undefined }>): void;
  databaseFailed(): void;
  watch(state: WatchedState): void;
  /** `undefined` without a certificate of the service's own. */
  watchCertificate(validTo: () => Date | undefined): void;
  readonly contentType: string;
  /** The figures as Prometheus reads them. */
  text(): Promise<string>;
}

export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });

  new Gauge({
    name: 'mycontacts_info',
    help: 'Version of the service',
    labelNames: ['version'] as const,
    registers,
  }).set({ version }, 1);
  const requests = new Histogram({
    name: 'mycontacts_http_request_duration_seconds',
    help: 'Time until a request was answered, by route; live streams are not in it',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const syncs = new Histogram({
    name: 'mycontacts_sync_commit_duration_seconds',
    help: 'Time that the last step of a sync took, by outcome',
    labelNames: ['outcome'] as const,
    buckets: [0.02, 0.1, 0.3, 1, 3, 10, 30],
    registers,
  });
  const mailboxRuns = new Histogram({
    name: 'mycontacts_mailbox_run_duration_seconds',
    help: 'Time that reading a mailbox took while nobody was there, by outcome',
    labelNames: ['outcome'] as const,
    buckets: [0.1, 0.3, 1, 3, 10, 30, 120],
    registers,
  });
  const databaseErrors = new Counter({
    name: 'mycontacts_database_errors_total',
    help: 'Statements that the database did not carry out',
    registers,
  });

  return {
    requestAnswered({ route, method, status, seconds }) {
      requests.observe({ route, method, status: String(status) }, seconds);
    },
    syncEnded: (outcome, seconds) => syncs.observe({ outcome }, seconds),
    mailboxRunEnded: (outcome, seconds) => mailboxRuns.observe({ outcome }, seconds),
    watchMailboxes(backlog) {
      const due = new Gauge({
        name: 'mycontacts_mailboxes_due',
        help: 'Mailboxes whose time to be read has come and that were not read yet',
        registers,
        async collect() {
          const waiting = await backlog();
          due.set(waiting.due);
          oldest.set(waiting.oldest === undefined ? 0 : Math.max(0, Date.now() - Date.parse(waiting.oldest)) / 1000);
        },
      });
      const oldest = new Gauge({
        name: 'mycontacts_mailbox_longest_wait_seconds',
        help: 'How long the mailbox waits that waits longest',
        registers,
      });
    },
    databaseFailed: () => databaseErrors.inc(),
    watch(state) {
      new Gauge({
        name: 'mycontacts_live_streams',
        help: 'Live streams that are open',
        registers,
        collect() {
          this.set(state.streams());
        },
      });
      new Gauge({
        name: 'mycontacts_telephone_link_up',
        help: "1 while the link to the site's telephone system is up",
        labelNames: ['site'] as const,
        registers,
        collect() {
          this.reset();
          for (const [site, link] of state.telephoneLinks()) this.set({ site }, link === 'up' ? 1 : 0);
        },
      });
    },
    watchCertificate(validTo) {
      new Gauge({
        name: 'mycontacts_certificate_not_after_timestamp_seconds',
        help: 'When the certificate in use runs out',
        registers,
        collect() {
          const end = validTo();
          if (end !== undefined) this.set(end.getTime() / 1000);
        },
      });
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
