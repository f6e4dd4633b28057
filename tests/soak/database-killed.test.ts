/** Kills at random moments, `KILLS` of them (200 where it is not set). */
import { expect, test } from 'vitest';
import { killAtRandom } from '../fakes/kill-story';

test('kills at random moments of edits, imports and syncs lose nothing acknowledged and double nothing', async () => {
  const kills = Number(process.env['KILLS'] ?? 200);
  const report = await killAtRandom(kills, Math.random);
  expect(report.kills).toBe(kills);
  expect(report.acknowledged).toBeGreaterThan(kills / 2);
  process.stdout.write(
    `${report.acknowledged} actions acknowledged; ${report.interrupted.done} interrupted ones were done, ${report.interrupted.undone} were not\n`,
  );
});
