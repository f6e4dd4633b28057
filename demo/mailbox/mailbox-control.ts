/** What tests and the preview page can do to the demo mailbox from behind. It is no part of Graph. */
import type { Faults, PageFault } from './faults';
import type { Mailbox } from './mailbox';

/** One served request, without anything secret. */
export interface ServedRequest {
  readonly mailbox: string;
  /** Path without query. */
  readonly path: string;
  readonly prefer: string;
  readonly status: number;
}

export interface MailboxControl {
  /** An access token for one mailbox. `lifetimeMs` defaults to one hour, as with Microsoft. */
  issueToken(address: string, lifetimeMs?: number): string;
  /** Every token of that mailbox is refused from now on. */
  revokeTokens(address: string): void;
  /** The mailbox, to change it as its owner would in Outlook. @throws Error for an unknown address */
  mailbox(address: string): Mailbox;
  /** The next `times` requests get 429; `retryAfter` in seconds or as a date. */
  throttle(times: number, retryAfter: number | Date): void;
  /** The next `times` requests get that status, with `Retry-After` where seconds are given. */
  fail(times: number, status: 500 | 502 | 503 | 504, retryAfterSeconds?: number): void;
  /** The next `times` requests lose their connection, before the answer or in the middle of it. */
  dropConnections(times: number, moment?: 'before-answer' | 'in-answer'): void;
  /** The next `times` delta pages are wrong in that way. */
  disturbPages(times: number, fault: PageFault): void;
  /** Ends every fault. */
  heal(): void;
  /** Milliseconds that each answer takes. */
  setLatency(ms: number): void;
  /** Requests served so far, and how many of one mailbox ran at once at most. */
  served(): { readonly requests: readonly ServedRequest[]; readonly mostParallel: number };
}

export interface ControlDeps {
  readonly faults: Faults;
  readonly issueToken: (address: string, lifetimeMs: number) => string;
  readonly revokeTokens: (address: string) => void;
  readonly mailbox: (address: string) => Mailbox;
  readonly setLatency: (ms: number) => void;
  readonly served: MailboxControl['served'];
}

const hourMs = 3_600_000;

/** Makes the control object of a server. */
export function createMailboxControl(deps: ControlDeps): MailboxControl {
  return {
    issueToken: (address, lifetimeMs = hourMs) => deps.issueToken(address, lifetimeMs),
    revokeTokens: deps.revokeTokens,
    mailbox: deps.mailbox,
    throttle(times, retryAfter) {
      const header = typeof retryAfter === 'number' ? String(retryAfter) : retryAfter.toUTCString();
      deps.faults.request({ type: 'status', status: 429, retryAfter: header }, times);
    },
    fail(times, status, retryAfterSeconds) {
      const wait = retryAfterSeconds === undefined ? {} : { retryAfter: String(retryAfterSeconds) };
      deps.faults.request({ type: 'status', status, ...wait }, times);
    },
    dropConnections: (times, moment = 'before-answer') => deps.faults.request({ type: 'drop', moment }, times),
    disturbPages: (times, fault) => deps.faults.page(fault, times),
    heal: () => deps.faults.heal(),
    setLatency: deps.setLatency,
    served: deps.served,
  };
}
