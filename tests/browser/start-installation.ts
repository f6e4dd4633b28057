/** An installation for a browser test: the built service without the demo, in a process of its own, with an empty data folder. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

export interface InstallationProcess {
  readonly port: number;
  /** Without a slash at its end. */
  readonly url: string;
  readonly dataDirectory: string;
  /** Everything that it printed. */
  output(): string;
  /** Ends it as a service manager does; gives the exit code. */
  terminate(): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Ends it where it still runs, and removes its data, unless the caller named their place. */
  remove(): Promise<void>;
}

/** Resolves when it says that it is ready; rejects with its output when it ends before. `DATA_DIR` names data of before. */
export async function startInstallation(
  environment: Readonly<Record<string, string>> = {},
): Promise<InstallationProcess> {
  const [port, dataDirectory] = await Promise.all([
    freePort(),
    environment.DATA_DIR ?? mkdtemp(join(tmpdir(), 'mycontacts-installation-')),
  ]);
  const child = spawn(process.execPath, ['build/service/main.js'], {
    cwd: root,
    // The test runner sets a BASE_URL of its own, which is none of the service's business.
    env: {
      ...process.env,
      BASE_URL: '',
      LOG_LEVEL: 'warn',
      ...environment,
      PORT: String(port),
      DATA_DIR: dataDirectory,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const remove = async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended;
    if (environment.DATA_DIR === undefined) await rm(dataDirectory, { recursive: true, force: true });
  };
  const ready = new Promise<boolean>((resolve) => {
    const hear = (part: Buffer) => {
      output += part.toString();
      if (output.includes('myContacts is ready')) resolve(true);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => resolve(false));
  });
  if (!(await ready)) {
    await remove();
    throw new Error(`The service ended with ${child.exitCode}:\n${output}`);
  }
  return {
    port,
    url: `http://localhost:${port}`,
    dataDirectory,
    output: () => output,
    async terminate() {
      child.kill('SIGTERM');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    remove,
  };
}

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** The administrator's command line, as built, on this data; gives what it prints. */
export async function manageInstallation(dataDirectory: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: dataDirectory };
  return (await run(process.execPath, ['build/service/manage.js', ...args], { cwd: root, env })).stdout;
}
