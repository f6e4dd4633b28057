/** The tests' end of `process-keeper.mjs`: processes in a network of their own where the machine allows it. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Supervisor {
  /** Starts a process under a name; its output goes to the log file. */
  start(name: string, command: string, args: readonly string[], log: string): Promise<void>;
  /** Sends the signal and waits until the process is gone. */
  stop(name: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Makes a TCP port of the processes reachable as a socket in the file system. */
  forward(socket: string, port: number): Promise<void>;
  /** Ends everything. */
  close(): Promise<void>;
}

/** Whether processes can have a network of their own here, so that ports never collide. */
function canIsolate(): boolean {
  try {
    execFileSync('unshare', ['--net', '--pid', '--fork', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export async function startSupervisor(): Promise<Supervisor> {
  const script = join(import.meta.dirname, 'process-keeper.mjs');
  const own = ['--net', '--pid', '--fork', '--kill-child', process.execPath, script, '--own-network'];
  const [command, args] = canIsolate() ? ['unshare', own] : [process.execPath, [script]];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answer = (id: number): Promise<void> => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  let ids = 0;

  child.on('message', (message) => {
    // Only process-keeper.mjs writes here.
    const { id, error } = message as { id: number; error?: string };
    if (error === undefined) waiting.get(id)?.resolve();
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  const ask = (message: object): Promise<void> => {
    const id = ++ids;
    const answered = answer(id);
    child.send({ id, ...message });
    return answered;
  };
  await Promise.race([
    answer(0),
    exited.then(() => Promise.reject(new Error('The supervisor of the test phones does not start.'))),
  ]);
  return {
    start: (name, program, programArgs, log) => ask({ do: 'start', name, command: program, args: programArgs, log }),
    stop: (name, signal) => ask({ do: 'stop', name, signal }),
    forward: (socket, port) => ask({ do: 'forward', socket, port }),
    async close() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
