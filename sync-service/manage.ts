/**
 * The administrator's command line: `npm run manage -- COMMAND`. It works on the database itself, so it needs no
 * running service; one that runs sees each change at once.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { hashPassword } from './accounts/people-password';
import { readStorageConfig } from './config';
import type { ConfigFile } from './configuration/config-file';
import { findConfigFile } from './configuration/find-config-file';
import type { CommandContext } from './manage/command';
import { runManage } from './manage/run-manage';
import { withPeople } from './open-people';

/** Something failed that the administrator's arguments are not to blame for. */
const failed = 3;

const write = (line: string) => void process.stdout.write(`${line}\n`);
const writeError = (line: string) => void process.stderr.write(`${line}\n`);

// `manage user list | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const withContext = (file: ConfigFile | undefined, run: (context: CommandContext) => Promise<void>): Promise<void> =>
  withPeople(readStorageConfig(process.env, file), (opened) =>
    run({
      ...opened,
      write,
      hashPassword,
      readFile: (path) => readFile(path),
      writeNewFile: (path, text) => writeFile(path, text, { flag: 'wx', mode: 0o600 }),
    }),
  );

try {
  const { args, file } = findConfigFile(process.argv.slice(2), process.env);
  process.exitCode = await runManage(args, { write, writeError, withContext: (run) => withContext(file, run) });
} catch (error) {
  writeError(error instanceof Error ? error.message : String(error));
  process.exitCode = failed;
}
