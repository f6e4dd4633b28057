/** `npm run numbers -- FILE`: one number a line, in all its forms by a site's dial plan. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { DialPlan } from '../shared/dial-plan';
import { createNumberRules } from '../shared/phone-number';
import { readStorageConfig } from './config';
import { findConfigFile } from './configuration/find-config-file';
import { numberLibrary } from './numbers/number-library';
import { NumbersRefused, runNumbers } from './numbers/numbers-command';
import { withPeople } from './open-people';

// `numbers FILE | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  const { args, file } = findConfigFile(process.argv.slice(2), process.env);
  const lines = await runNumbers(args, {
    rules: createNumberRules(numberLibrary),
    readFile: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
    sites: async () => {
      const storage = readStorageConfig(process.env, file);
      // Looking up a dial plan makes no installation.
      if (!existsSync(storage.databaseFile)) return [];
      let sites: readonly { readonly name: string; readonly dialPlan: DialPlan }[] = [];
      await withPeople(storage, async ({ people }) => {
        sites = await people.sites.listSites();
      });
      return sites;
    },
  });
  process.stdout.write(`${lines.join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof NumbersRefused ? 1 : 3;
}
