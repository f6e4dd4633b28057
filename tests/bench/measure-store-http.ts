/** The same searches over HTTP, of all three directories at once, one after the other over a connection that stays. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { createNumberRules } from '../../shared/phone-number';
import { createEntryIndexHandler } from '../../sync-service/accounts/entry-index-job';
import { apiBase } from '../../shared/api';
import { createApp } from '../../sync-service/app';
import { readConfig } from '../../sync-service/config';
import { createContactJobs } from '../../sync-service/contacts/contact-jobs';
import { createInlineWork } from '../../sync-service/database/background-work';
import type { BackgroundWork, JobHandler } from '../../sync-service/database/background-work';
import type { Database } from '../../sync-service/database/database';
import { startHttpServer } from '../../sync-service/http/http-server';
import { createLogger } from '../../sync-service/logger';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { createPictureScaler } from '../../sync-service/pictures/scale-picture';
import { password } from './large-stores';
import { measure, type Question, type Questions } from './measure-store';
import type { Figure } from './report';

const answerSchema = z.object({ personal: z.object({ count: z.number() }) });
/** Who asks: as many as it takes for none to ask more often than a user may. */
const askers = 20;

export async function measureStoreOverHttp(name: string, database: Database, questions: Questions): Promise<Figure[]> {
  const rules = createNumberRules(numberLibrary);
  const { work, rest } = restingWork([
    createEntryIndexHandler(database),
    ...createContactJobs({
      database,
      rules: { read: rules.readNumber, version: rules.rulesVersion },
      pictures: createPictureScaler(),
      newId: () => randomUUID(),
    }),
  ]);
  const app = await createApp({
    config: readConfig({ PORT: '0' }),
    version: '0.0.0',
    database,
    work,
    telephoneSystems: {},
    paneDirectory: join(process.cwd(), 'build', 'pane'),
    officeJsDirectory: undefined,
    logger: createLogger('silent'),
  });
  await app.start();
  const server = await startHttpServer(app.http, { port: 0, host: '127.0.0.1' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string, { body, token }: { body?: unknown; token?: string }): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const headers = {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const sent = request(
        server.url + apiBase + path,
        { agent, method: body === undefined ? 'GET' : 'POST', headers },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          answer.on('end', () => {
            if (answer.statusCode !== undefined && answer.statusCode < 300) resolve(JSON.parse(text));
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
      tokens.push(z.parse(z.looseObject({ token: z.string() }), session).token);
    }
    // As it is some time after the service was started: directories are in memory, numbers were looked at.
    await ask('/directory?q=a', { token: tokens[0] ?? '' });
    await rest();
    // Of the askers' own contacts, so that most searches find some.
    const searching = (question: (n: number) => Question) => async (n: number) => {
      const token = tokens[n % askers] ?? '';
      const { typed } = question(n);
      const answer = await ask(`/directory?q=${encodeURIComponent(typed)}&limit=20`, { token });
      return z.parse(answerSchema, answer).personal.count > 0;
    };
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
    await app.stop();
    await server.close(200);
  }
}

/** Background work, and how to wait until there has been none for half a second. */
function restingWork(handlers: readonly JobHandler[]): { work: BackgroundWork; rest: () => Promise<void> } {
  const inline = createInlineWork(handlers);
  let running = 0;
  let restsSince = performance.now();
  return {
    work: {
      close: () => inline.close(),
      async run(job, payload, watch) {
        running += 1;
        try {
          return await inline.run(job, payload, watch);
        } finally {
          running -= 1;
          restsSince = performance.now();
        }
      },
    },
    async rest() {
      while (running > 0 || performance.now() - restsSince < 500) await setTimeout(50);
    },
  };
}
