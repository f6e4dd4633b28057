/** `npm start` for a browser test: the built demo in a process of its own, on a free port, with a data folder of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface DemoProcess {
  /** Such as `http://localhost:40123/`. */
  readonly url: string;
  readonly dataDirectory: string;
  /** Everything that it printed. */
  output(): string;
  /** Of the running process. */
  pid(): number | undefined;
  /** Kills it without warning, as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  /** Ends it as Ctrl+C does; gives the exit code. The data folder is removed. */
  stop(): Promise<number | null>;
}

export interface DemoOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Checkout to start; where absent that of the environment's DEMO_DIRECTORY, and else this one. */
  readonly directory?: string;
  /** Command to start it; the built demo where absent. */
  readonly command?: readonly [string, ...string[]];
  /** Milliseconds until it has to be ready. */
  readonly timeoutMs?: number;
}

/** Resolves when it says that it is ready; rejects with its output when it does not. */
export async function startDemo(options: DemoOptions = {}): Promise<DemoProcess> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'mycontacts-demo-'));
  let output = '';
  let port = '0';
  let child: ChildProcess;

  const launch = async (): Promise<string> => {
    const [command, ...args] = options.command ?? [process.execPath, 'build/demo/start.js'];
    child = spawn(command, args, {
      cwd: options.directory ?? process.env.DEMO_DIRECTORY ?? root,
      // The test runner sets a BASE_URL of its own, which is none of the service's business.
      env: { ...process.env, BASE_URL: '', ...options.environment, PORT: port, DATA_DIR: dataDirectory },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that npm and what it started end together.
      detached: true,
    });
    const from = output.length;
    return new Promise<string>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The demo was not ready in time:\n${output}`)),
        options.timeoutMs ?? 30_000,
      );
      const hear = (data: Buffer) => {
        output += data.toString();
        const url = /ready: (http:\/\/localhost:(\d+)\/)/.exec(output.slice(from))?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`The demo ended with ${code}:\n${output}`));
      });
    });
  };

  const end = (signal: NodeJS.Signals): Promise<number | null> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.pid === undefined) {
        resolve(child.exitCode);
        return;
      }
      child.once('exit', (code) => resolve(code));
      process.kill(-child.pid, signal);
    });

  const url = await launch();
  port = new URL(url).port;
  return {
    url,
    dataDirectory,
    output: () => output,
    pid: () => child.pid,
    async kill() {
      await end('SIGKILL');
    },
    async restart() {
      await launch();
    },
    async stop() {
      const code = await end('SIGINT');
      await rm(dataDirectory, { recursive: true, force: true });
      return code;
    },
  };
}
