/**
 * A file of 20,000 contacts into the built demo over HTTP, while somebody else's telephone rings: how long it takes, what
 * it needs of memory, and how late calls become meanwhile.
 */
import { readFile } from 'node:fs/promises';
import { createStreamParser } from '../../addin/api/sse-parser';
import { changeContact, createContact, importContacts } from '../../shared/api/contacts';
import { streamEvents } from '../../shared/api/events';
import { startDemo } from '../browser/start-demo';
import { signInPane } from './pane-session';
import { percentile, type Figure } from './report';

const contacts = 20_000;
/** Who imports, and whose telephone rings. */
const importer = '333';
const called = '332';
/** Who edits meanwhile, and the milliseconds between two edits. */
const editor = '334';
const editPauseMs = 50;
/** Milliseconds between two calls. */
const pauseMs = 20;
const quietCalls = 60;
const timeoutMs = 120_000;

export async function measureImport(): Promise<Figure[]> {
  const demo = await startDemo({ directory: process.cwd(), environment: { DEMO_CONTACTS: '0' } });
  try {
    const pane = await signInPane(demo.url, importer);
    const calls = await followCalls(demo.url);
    await calls.measure((done) => done >= quietCalls);
    const quiet = await calls.measure((done) => done >= quietCalls);

    const file = new Blob([tableOf(contacts)], { type: 'text/csv' });
    const send = async (preview: boolean) => {
      const startedAt = performance.now();
      const query = { format: 'csv', preview: preview ? 'true' : 'false' } as const;
      const result = await pane.client.call(importContacts, { query, file }, { timeoutMs });
      return { ms: performance.now() - startedAt, result };
    };
    const before = await residentKilobytes(demo.pid());
    const over = new AbortController();
    let peak = 0;
    const importing = send(false).finally(() => over.abort());
    const watching = (async () => {
      while (!over.signal.aborted) {
        peak = Math.max(peak, await residentKilobytes(demo.pid()));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    const editing = editUntil(demo.url, over.signal);
    const busy = await calls.measure(() => over.signal.aborted);
    await watching;
    const edits = await editing;
    const { ms, result } = await importing;
    if (result.added !== contacts) throw new Error(`${result.added} of ${contacts} were added.`);
    const again = await send(false);
    if (again.result.unchanged !== contacts) throw new Error(`Again: ${again.result.unchanged} unchanged.`);
    calls.end();

    const told = (values: readonly number[]) =>
      `p50 ${percentile(values, 0.5).toFixed(0)} ms, slowest ${Math.max(...values).toFixed(0)} ms, ${values.length} calls`;
    return [
      { name: 'import of 20,000 contacts', value: ms, unit: 'ms', limit: 10_000, note: `${file.size} bytes of CSV` },
      { name: 'the same file again', value: again.ms, unit: 'ms', note: 'nothing is changed' },
      {
        name: 'call event to client meanwhile, p99',
        value: percentile(busy, 0.99),
        unit: 'ms',
        limit: 200,
        note: told(busy),
      },
      { name: '  without an import', value: percentile(quiet, 0.99), unit: 'ms', note: told(quiet) },
      {
        name: 'edit of a contact by another user meanwhile, p99',
        value: percentile(edits, 0.99),
        unit: 'ms',
        limit: 500,
        note: `p50 ${percentile(edits, 0.5).toFixed(0)} ms, slowest ${Math.max(...edits).toFixed(0)} ms, ${edits.length} edits`,
      },
      {
        name: 'memory that the import needs',
        value: (peak - before) / 1024,
        unit: 'MB',
        note: `resident, ${Math.round(before / 1024)} MB before, of the demo with its mailbox`,
      },
    ];
  } finally {
    await demo.stop();
  }
}

/** Another user changes a contact again and again. Gives how long each change took in milliseconds. */
async function editUntil(url: string, over: AbortSignal): Promise<number[]> {
  const { client } = await signInPane(url, editor);
  const body = { displayName: 'Edited', numbers: [{ kind: 'business', raw: '089 123456' } as const], emails: [] };
  let contact = await client.call(createContact, { body }, { timeoutMs });
  const took: number[] = [];
  while (!over.aborted) {
    const startedAt = performance.now();
    contact = await client.call(
      changeContact,
      { params: { id: contact.id }, body: { notes: String(startedAt) }, ifMatch: contact.version },
      { timeoutMs },
    );
    took.push(performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, editPauseMs));
  }
  return took;
}

function tableOf(count: number): string {
  const row = (n: number) =>
    [
      ...[`Vorname${n % 700}`, `Nachname${n}`, `Firma ${n % 4000} GmbH`, 'Einkauf'],
      ...[`+49 89 ${String(1_000_000 + n)}`, `0171 ${String(3_000_000 + n)}`, `n${n}@firma${n % 4000}.example`],
    ]
      .map((cell) => `"${cell}"`)
      .join(',');
  const header = 'First Name,Last Name,Company,Department,Business Phone,Mobile Phone,E-mail Address';
  return [header, ...Array.from({ length: count }, (_, n) => row(n))].join('\r\n');
}

/** Rings a telephone and waits for the event at a client, again and again. */
async function followCalls(url: string) {
  const pane = await signInPane(url, called);
  const ending = new AbortController();
  const stream = await pane.client.open(streamEvents, {}, ending.signal);
  const rings = new Map<string, (at: number) => void>();
  const parser = createStreamParser();
  void (async () => {
    for await (const bytes of stream.body ?? []) {
      const at = performance.now();
      for (const part of parser.push(new TextDecoder().decode(bytes))) {
        const text = JSON.stringify(part);
        for (const [number, heard] of rings) if (text.includes(number)) heard(at);
      }
    }
  })().catch(() => undefined);
  let n = 0;
  return {
    end: () => ending.abort(),
    async measure(enough: (done: number) => boolean): Promise<number[]> {
      const late: number[] = [];
      while (!enough(late.length)) {
        n += 1;
        const from = `+4930${String(10_000_000 + n)}`;
        const startedAt = performance.now();
        const heard = new Promise<number>((resolve) => rings.set(from, resolve));
        const { callId } = await post(url, 'outside/call-in', { from, to: called });
        late.push((await heard) - startedAt);
        rings.delete(from);
        await post(url, 'outside/hang-up', { callId });
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      return late;
    },
  };
}

async function post(url: string, path: string, body: object): Promise<{ callId?: string }> {
  const response = await fetch(`${url}demo/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  // The demo's own answer, which only this file reads.
  return (text === '' ? {} : JSON.parse(text)) as { callId?: string };
}

/** Memory of a process that is in use, where the system tells it; else 0. */
async function residentKilobytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
}
