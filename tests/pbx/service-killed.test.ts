/**
 * Calls belong to the dialplan: whatever dies, no call drops, nothing is left behind, and whoever comes back tells what is.
 * Once each here; `npm run soak` does it many times.
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { commandCases, killCases, killInCommand, killInState, pickUpByTwo, restartAsterisk } from './rig/faults';
import { startPbx } from './rig/pbx';
import type { Pbx } from './rig/pbx';

describe('when the service dies', () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx();
  });
  afterAll(() => pbx.stop());

  it.each(killCases)('the call goes on and is known again: $name', (state) => killInState(pbx, state));
  it.each(commandCases)('a command is done or is not, and nothing is left: $name', (command) =>
    killInCommand(pbx, command, 1),
  );
  it('one of two who fetch a call has it, ten times', async () => {
    for (let times = 0; times < 10; times++) await pickUpByTwo(pbx);
  }, 120_000);
  it('Asterisk comes back twice, and its state is right within 5 s', async () => {
    for (let times = 0; times < 2; times++) await restartAsterisk(pbx);
  }, 120_000);
});
