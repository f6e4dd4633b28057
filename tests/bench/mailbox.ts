/** Starts the mailbox process and changes its mailboxes as their owner would in Outlook. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import type { ControlCommand } from '../../demo/mailbox/control-surface';

const helloSchema = z.object({ port: z.number() });
const tokenSchema = z.object({ token: z.string() });
const contentsSchema = z.object({ contacts: z.array(z.object({ id: z.string() })) });

export interface BenchMailbox {
  /** What the pane has as `MICROSOFT_GRAPH_BASE_URL`. */
  readonly graphBaseUrl: string;
  /** Milliseconds that each answer takes from now on. */
  setLatency(ms: number): Promise<void>;
  token(address: string): Promise<string>;
  /** Edits five contacts, adds three, deletes two. `round` makes each edit a new one. */
  makeTenChanges(address: string, round: number): Promise<void>;
  readonly stop: () => void;
}

/** @param mailboxes how many contacts each address has */
export async function startMailbox(mailboxes: Readonly<Record<string, number>>): Promise<BenchMailbox> {
  const controlKey = randomBytes(16).toString('hex');
  const args = Object.entries(mailboxes).map(([address, count]) => `${address}=${count}`);
  // Two million contacts take more than what Node takes by itself.
  const execArgv = ['--max-old-space-size=8192'];
  const file = fileURLToPath(new URL('./mailbox-process.mjs', import.meta.url));
  const child = fork(file, [controlKey, ...args], { execArgv });
  const { port } = await new Promise<z.infer<typeof helloSchema>>((resolve, reject) => {
    child.once('message', (message) => resolve(helloSchema.parse(message)));
    child.once('exit', (code) => reject(new Error(`The mailbox process ended with ${String(code)}.`)));
  });

  const control = async (command: ControlCommand): Promise<unknown> => {
    const response = await fetch(`http://localhost:${port}/control`, {
      method: 'POST',
      headers: { 'x-control-key': controlKey },
      body: JSON.stringify(command),
    });
    if (!response.ok) throw new Error(`The mailbox refused ${command.command}: ${await response.text()}`);
    return response.json();
  };

  return {
    graphBaseUrl: `http://localhost:${port}/v1.0`,
    async setLatency(ms) {
      await control({ command: 'setLatency', ms });
    },
    token: async (address) => tokenSchema.parse(await control({ command: 'issueToken', address })).token,
    async makeTenChanges(address, round) {
      const { contacts } = contentsSchema.parse(await control({ command: 'contents', address }));
      const ids = contacts.map(({ id }) => id);
      const edited = ids.slice(100, 105);
      const deleted = ids.slice(200, 202);
      for (const [index, itemId] of edited.entries()) {
        const contact = { businessPhones: [`+49 89 5550${round}${index}`] };
        await control({ command: 'editContact', address, itemId, contact });
      }
      for (const itemId of deleted) await control({ command: 'deleteContact', address, itemId });
      for (let index = 0; index < 3; index += 1) {
        const contact = { givenName: 'New', surname: `Person ${round} ${index}`, mobilePhone: `+49 171 39200${index}` };
        await control({ command: 'addContact', address, contact });
      }
    },
    stop() {
      child.kill();
    },
  };
}
