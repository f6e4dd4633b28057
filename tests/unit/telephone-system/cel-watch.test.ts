/** Telling of ended calls as the channel log grows. */
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCelWatch } from '../../../sync-service/telephone-system/asterisk/cel/cel-watch';
import { systemTimers } from '../../../sync-service/telephone-system/timers';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cel-'));
  file = join(folder, 'cel.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function until(happened: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!happened()) {
    if (Date.now() > end) throw new Error('did not happen');
    await sleep(5);
  }
}

describe('the watch over the channel log', () => {
  it('tells of a call that ended, once for a burst, and after the log was rotated', async () => {
    let news = 0;
    const watch = createCelWatch(file, systemTimers, () => {
      news += 1;
    });
    watch.start();
    writeFileSync(file, '{"eventtype":"CHAN_START"}\n');
    await until(() => news === 1);
    appendFileSync(file, '{"eventtype":"CHAN_START"}\n{"eventtype":"ANSWER"}\n');
    await sleep(300);
    expect(news).toBe(1);
    for (let count = 0; count < 20; count += 1) appendFileSync(file, '{"eventtype":"CHAN_END"}\n');
    await until(() => news === 2);
    renameSync(file, `${file}.1`);
    writeFileSync(file, '');
    await until(() => news === 3);
    watch.stop();
    appendFileSync(file, '{"eventtype":"CHAN_END"}\n');
    await sleep(300);
    expect(news).toBe(3);
  });
});
