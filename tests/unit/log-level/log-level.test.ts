import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../../sync-service/database/database';
import { migrate } from '../../../sync-service/database/migrate';
import { createLogLevelWatch, wishMs } from '../../../sync-service/log-level/log-level.service';
import type { LogLevels } from '../../../sync-service/log-level/log-level.service';
import { createLogger } from '../../../sync-service/logger';
import { openLogLevels } from '../../../sync-service/wire-log-level';

let database: Database;
let time: number;
let levels: LogLevels;
let lines: string[];

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database);
  time = Date.parse('2026-11-23T09:00:00Z');
  let ids = 0;
  levels = openLogLevels({ database, now: () => new Date(time), newId: () => `id-${(ids += 1)}` });
  lines = [];
});
afterEach(() => database.destroy());

function instance(from: Pick<LogLevels, 'wish'> = levels) {
  const log = createLogger('info', { write: (line: string) => void lines.push(line) });
  const watch = createLogLevelWatch({ levels: from, log, configured: 'info', now: () => new Date(time) });
  return { log, look: () => watch.look() };
}

describe('The level of the service’s log', () => {
  it('follows a wish in every instance, and is the configured one again after an hour', async () => {
    const [first, second] = [instance(), instance()];
    await levels.choose('admin', 'debug');
    await Promise.all([first.look(), second.look()]);
    expect([first.log.level, second.log.level]).toEqual(['debug', 'debug']);
    time += wishMs - 1;
    await first.look();
    expect(first.log.level).toBe('debug');
    time += 1;
    await first.look();
    expect(first.log.level).toBe('info');
    expect(lines.filter((line) => line.includes('the log level has changed'))).toHaveLength(3);
  });

  it('is the configured one at once where that is wished', async () => {
    const { log, look } = instance();
    await levels.choose('admin', 'error');
    await look();
    expect(log.level).toBe('error');
    await levels.choose('admin', undefined);
    await look();
    expect(log.level).toBe('info');
    expect(lines.join('\n')).toContain('"from":"error","to":"info"');
  });

  it('ends in time also while the database is away', async () => {
    let away = false;
    const { log, look } = instance({ wish: () => (away ? Promise.reject(new Error('away')) : levels.wish()) });
    await levels.choose('admin', 'trace');
    await look();
    away = true;
    await look();
    expect(log.level).toBe('trace');
    time += wishMs;
    await look();
    expect(log.level).toBe('info');
  });

  it('leaves a line in the audit trail for each change, with who made it', async () => {
    await levels.choose('admin', 'debug');
    await levels.choose('manage', undefined);
    const acts = await database
      .selectFrom('audit_trail')
      .select(['actor', 'action', 'subject'])
      .orderBy('id')
      .execute();
    expect(acts).toEqual([
      { actor: 'admin', action: 'log-level.changed', subject: 'installation' },
      { actor: 'manage', action: 'log-level.changed', subject: 'installation' },
    ]);
  });
});
