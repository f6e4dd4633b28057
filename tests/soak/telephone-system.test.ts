/**
 * The faults of `tests/pbx/service-killed.test.ts` many times: 50 kills in each state and each command, 100 pick-ups by
 * two, 10 restarts of Asterisk. `RUNS` is the share of that in percent; 100 where absent. Root, as for `test:pbx`.
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { commandCases, killCases, killInCommand, killInState, pickUpByTwo, restartAsterisk } from '../pbx/rig/faults';
import { startPbx } from '../pbx/rig/pbx';
import type { Pbx } from '../pbx/rig/pbx';

const share = Number(process.env.RUNS ?? '100') / 100;
const times = (count: number): number => Math.max(1, Math.round(count * share));
/** A command is cut off at any moment of the time it takes, in milliseconds. */
const longestCommand = 12;

describe('when the service dies, many times', () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx();
  }, 300_000);
  afterAll(() => pbx.stop());

  it.each(killCases)('the call goes on and is known again: $name', async (state) => {
    for (let run = 0; run < times(50); run++) await killInState(pbx, state);
  });
  it.each(commandCases)('a command is done or is not, and nothing is left: $name', async (command) => {
    for (let run = 0; run < times(50); run++) await killInCommand(pbx, command, run % longestCommand);
  });
  it('one of two who fetch a call has it', async () => {
    for (let run = 0; run < times(100); run++) await pickUpByTwo(pbx);
  });
  it('Asterisk comes back, and its state is right within 5 s', async () => {
    for (let run = 0; run < times(10); run++) await restartAsterisk(pbx);
  });
});
