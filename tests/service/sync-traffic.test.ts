/** How many bytes a sync of 5,000 contacts sends to the service and gets from it, over real HTTP with its headers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiClient } from '../../addin/api/client';
import { timerClock } from '../../shared/sync/clock';
import { createSyncCalls } from '../../addin/sync/sync-calls';
import { generateContacts } from '../../demo/mailbox/contacts';
import { createMailboxServer } from '../../demo/mailbox/mailbox-server';
import { signIn } from '../../shared/api/sessions';
import type { ContactSource } from '../../shared/mailbox/contact-source';
import { createGraphContactSource } from '../../shared/mailbox/graph-contact-source';
import { pushSync } from '../../shared/sync/push-sync';
import { person } from '../fakes/contact-world';
import { createListedSource } from '../fakes/listed-source';
import { bytesWith } from '../fakes/service-bytes';
import { startApp } from './start-app';
import type { RunningApp } from './start-app';
import { people } from './start-service';

const contacts = 5000;
const address = 'a@demo.example';
let app: RunningApp;
let pane: { sync(source: ContactSource, key: string): Promise<{ bytes: number; news: number[] }> };

beforeAll(async () => {
  app = await startApp();
  const clientWith = (token: string | undefined) =>
    createApiClient({
      fetch,
      baseUrl: app.url,
      tokens: {
        token: () => Promise.resolve(token),
        renewed: () => Promise.resolve(undefined),
        passwordChangeRequired: () => undefined,
      },
    });
  const { userName, password } = people.anna;
  const { token } = await clientWith(undefined).call(signIn, { body: { userName, password } });
  const calls = createSyncCalls(clientWith(token));
  pane = {
    async sync(source, key) {
      const before = bytesWith(app.url);
      const outcome = await pushSync(
        { source, calls, clock: timerClock },
        {
          account: { kind: 'graph', key, name: key },
          mode: 'delta',
          options: { skipContactsWithoutNumber: false },
          by: 'Outlook on the web',
        },
        new AbortController().signal,
        () => undefined,
      );
      if (outcome.kind !== 'done') throw new Error(`The sync ended as ${outcome.kind}`);
      const { added, changed, removed } = outcome.result;
      return { bytes: bytesWith(app.url) - before, news: [added, changed, removed] };
    },
  };
}, 60_000);
afterAll(() => app.stop());

test('an unchanged sync of 5,000 contacts takes less than 5 KB with delta', async () => {
  const mailbox = createMailboxServer({
    addresses: [address],
    contents: () => generateContacts({ seed: 7, count: contacts }),
    latencyMs: 0,
    pageSize: 500,
  });
  try {
    const port = await mailbox.listen(0);
    const token = mailbox.control.issueToken(address);
    const source = createGraphContactSource({
      fetch,
      token: () => Promise.resolve(token),
      baseUrl: `http://127.0.0.1:${String(port)}/v1.0`,
    });
    await pane.sync(source, address);
    const unchanged = await pane.sync(source, address);
    expect(unchanged.news).toEqual([0, 0, 0]);
    expect(unchanged.bytes).toBeGreaterThan(0);
    expect(unchanged.bytes).toBeLessThan(5 * 1024);
  } finally {
    await mailbox.close();
  }
}, 120_000);

test('an unchanged sync of 5,000 contacts takes less than 200 KB with fingerprints, ten changes little more', async () => {
  const { source, put, remove, read } = createListedSource();
  // As long as the ids of Exchange Web Services are.
  const id = (n: number) => `${'AAMkAGQ'.repeat(20)}-${n}`;
  for (let n = 0; n < contacts; n += 1) put(id(n), person(`Person ${n}`, `+49 89 5${String(n).padStart(6, '0')}`));
  expect((await pane.sync(source, 'listed')).news).toEqual([contacts, 0, 0]);
  read.length = 0;
  const unchanged = await pane.sync(source, 'listed');
  expect([unchanged.news, read]).toEqual([[0, 0, 0], []]);
  expect(unchanged.bytes).toBeGreaterThan(0);
  expect(unchanged.bytes).toBeLessThan(200 * 1024);
  for (let n = 0; n < 5; n += 1) put(id(n), person(`Person ${n} anew`));
  for (let n = 0; n < 3; n += 1) put(`new ${n}`, person(`New ${n}`));
  for (let n = 10; n < 12; n += 1) remove(id(n));
  const changed = await pane.sync(source, 'listed');
  expect([changed.news, read.length]).toEqual([[3, 5, 2], 8]);
  expect(changed.bytes).toBeLessThan(unchanged.bytes + 10 * 1024);
}, 120_000);
