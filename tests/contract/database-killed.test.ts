import { expect, test } from 'vitest';
import { killAtRandom } from '../fakes/kill-story';

/** Kills; `npm run soak` has ten times as many. */
const kills = 20;

test('twenty kills at random moments of edits, imports and syncs lose nothing acknowledged and double nothing', async () => {
  const report = await killAtRandom(kills, Math.random);
  expect(report.kills).toBe(kills);
  // The process was killed while it worked, not before or after.
  expect(report.acknowledged).toBeGreaterThan(kills / 2);
}, 120_000);
