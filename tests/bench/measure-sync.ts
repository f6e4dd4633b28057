/** How long syncs take: the first one of 5,000 contacts, one with ten changes, one without any. */
import type { BenchMailbox } from './mailbox';
import { signInPane, type SyncRun } from './pane-session';
import { percentile, type Figure } from './report';

/** Milliseconds that a mailbox takes for an answer. */
const latencyMs = 150;
/** Users whose first sync is repeated without latency. */
const others = ['331', '333', '334'];

/** @param address mailbox of 5,000 contacts */
export async function measureSync(url: string, mailbox: BenchMailbox, address: string): Promise<Figure[]> {
  // Without latency first: what Node compiles on the way is not what a service that has run for a day still has to do.
  await mailbox.setLatency(0);
  const own: SyncRun[] = [];
  for (const user of others) own.push(await (await signInPane(url, user)).sync(mailbox, address));
  const median = percentile(
    own.map(({ totalMs }) => totalMs),
    0.5,
  );
  const middle = own.find(({ totalMs }) => totalMs === median);

  await mailbox.setLatency(latencyMs);
  const pane = await signInPane(url, '330');
  const first = await pane.sync(mailbox, address);
  const changed: SyncRun[] = [];
  for (let round = 1; round <= 3; round += 1) {
    await mailbox.makeTenChanges(address, round);
    const run = await pane.sync(mailbox, address);
    const { added, changed: edited, removed } = run.result;
    if (added + edited + removed !== 10) throw new Error(`Ten changes came as ${added} + ${edited} + ${removed}.`);
    changed.push(run);
  }
  const unchanged = await pane.sync(mailbox, address);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

  return [
    {
      name: 'first sync, 150 ms a request',
      value: first.totalMs,
      unit: 'ms',
      limit: 15_000,
      note: `${first.result.added} contacts, ${first.result.skipped.length} skipped, ${first.mailboxRequests} requests, ${(first.bytes / 2 ** 20).toFixed(1)} MiB to the service`,
    },
    {
      name: '  of it without a request to the mailbox',
      value: first.withoutMailboxMs,
      unit: 'ms',
      note: `commit ${seconds(first.commitMs)}; reading and sending overlap`,
    },
    {
      name: 'our own share: the same with 0 ms a request',
      value: median,
      unit: 'ms',
      limit: 5000,
      note: `median of ${own.length}, commit ${seconds(middle?.commitMs ?? 0)}, making pages in the mailbox process included`,
    },
    {
      name: 'sync of 10 changes, 150 ms a request',
      value: Math.max(...changed.map(({ totalMs }) => totalMs)),
      unit: 'ms',
      limit: 1000,
      note: `slowest of ${changed.length}, ${changed[0]?.mailboxRequests ?? 0} requests, commit ${seconds(changed[0]?.commitMs ?? 0)}`,
    },
    {
      name: 'sync without changes, 150 ms a request',
      value: unchanged.totalMs,
      unit: 'ms',
      note: `${unchanged.mailboxRequests} requests`,
    },
    {
      name: '  bytes between pane and service',
      value: unchanged.bytes,
      unit: 'KB',
      note: 'both directions with headers',
    },
  ];
}
