/** The same searches over HTTP, of all three directories at once, one after the other over a connection that stays. */
import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { apiBase } from '../../shared/api';
import { password } from './large-stores';
import { measure, type Question, type Questions } from './measure-store';
import type { Figure } from './report';

const answerSchema = z.object({ personal: z.object({ count: z.number() }) });
/** Who asks: as many as it takes for none to ask more often than a user may. */
const askers = 20;
/** Requests before the first that is measured. */
const warmUp = 3000;

/** The service in a process of its own, with the options that it has in an installation. */
async function startService(address: string): Promise<{ url: string; rested: () => Promise<void>; stop: () => void }> {
  const entry = fileURLToPath(new URL('./store-service-process.mjs', import.meta.url));
  const child = fork(entry, [address], { execArgv: ['--enable-source-maps', '--max-semi-space-size=64'] });
  const heard = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`The service ended with ${String(code)}.`)));
    });
  const { url } = z.parse(z.object({ url: z.string() }), await heard());
  return {
    url,
    async rested() {
      child.send('rest');
      await heard();
    },
    stop: () => child.disconnect(),
  };
}

export async function measureStoreOverHttp(name: string, address: string, questions: Questions): Promise<Figure[]> {
  const service = await startService(address);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** The text of the answer, as soon as its last byte is there. */
  const ask = (path: string, { body, token }: { body?: unknown; token?: string }): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const sent = request(
        service.url + apiBase + path,
        { agent, method: body === undefined ? 'GET' : 'POST', headers },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const text = Buffer.concat(parts).toString();
            if (answer.statusCode !== undefined && answer.statusCode < 300) resolve(text);
            else reject(new Error(`${path.split('?')[0] ?? ''} answered ${String(answer.statusCode)}: ${text}`));
          });
        },
      );
      sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  try {
    const tokens: string[] = [];
    for (let n = 0; n < askers; n += 1) {
      const session = await ask('/sessions', { body: { userName: `user${n}`, password } });
      tokens.push(z.parse(z.looseObject({ token: z.string() }), JSON.parse(session)).token);
    }
    // As it is some time after the service was started: numbers were looked at, and what is searched is in memory.
    for (const token of tokens) await ask('/directory?q=a', { token });
    await service.rested();
    // Of the askers' own contacts, so that most searches find some.
    const searching = (question: (n: number) => Question) => async (n: number) => {
      const token = tokens[n % askers] ?? '';
      const { typed } = question(n);
      const answer = await ask(`/directory?q=${encodeURIComponent(typed)}&limit=20`, { token });
      return () => z.parse(answerSchema, JSON.parse(answer)).personal.count > 0;
    };
    // For some thousand requests V8 still compiles what is run often: 3 ms at p99, as in the first minute of a large office.
    for (let n = 0; n < warmUp; n += 1) await searching(questions.two)(n);
    const figures: Figure[] = [];
    for (const [what, kind] of [
      ['one word', 'one'],
      ['two words', 'two'],
      ['a number', 'number'],
    ] as const) {
      figures.push(await measure(`${name}: over HTTP, ${what}`, 5, searching(questions[kind])));
    }
    return figures;
  } finally {
    agent.destroy();
    service.stop();
  }
}
