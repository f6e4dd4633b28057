import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presenceStatuses } from '../../../shared/presence';
import { applyStarCode, readStarCode } from '../../../sync-service/telephone-system/simulated/star-codes';

const dialplan = readFileSync(
  new URL('../../../sync-service/telephone-system/asterisk/dialplan/uc.conf', import.meta.url),
  'utf8',
);
const later = Date.UTC(2026, 5, 1);
const mine = { extension: '330', userId: 'anna' };

describe('star codes', () => {
  it('are the same at the simulator and in the dialplan', () => {
    const written = [...dialplan.matchAll(/^exten => (\*\d+),1,Gosub\(uc-code,s,1\(([a-z-]+)\)\)$/gm)];
    expect(written.map(([, code, status]) => [code, status])).toEqual(
      presenceStatuses.map((status, digit) => [`*77${digit}`, status]),
    );
    for (const [, code = '', status] of written) expect(readStarCode(code)).toEqual({ sets: 'status', status });
    expect([...dialplan.matchAll(/^exten => (_?\*\S+?),1,Gosub\(uc-code,forward/gm)].map(([, code]) => code)).toEqual([
      '*72',
      '_*72X!',
      '*73',
    ]);
    expect(readStarCode('*72')).toEqual({ sets: 'target', target: 'voicemail' });
    expect(readStarCode('*72331')).toEqual({ sets: 'target', target: { dialString: '331' } });
    expect(readStarCode('*73')).toEqual({ sets: 'target', target: undefined });
  });

  it('lead every status of the dialplan to what lamps show, and nobody else to "sick"', () => {
    const shown = [...dialplan.matchAll(/^exten => ([a-z-]+),1,Return\(\w+:\w+:([a-z-]+)\)$/gm)];
    expect(shown.map(([, status]) => status)).toEqual([...presenceStatuses]);
    expect(shown.map(([, , word]) => word)).not.toContain('sick');
  });

  it('are nothing else that is dialled', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9*#]{1,12}$/), (dialled) => {
        const isCode = /^\*(?:77[0-8]|72(?:\d+)?|73)$/.test(dialled);
        expect(readStarCode(dialled) !== undefined).toBe(isCode);
      }),
    );
  });

  it('change what was set before them, whichever clock goes wrong', () => {
    const presence = { status: 'home', visibility: 'internal', changedAt: later, changedBy: 'user' } as const;
    const changed = applyStarCode({ ...mine, presence }, { sets: 'status', status: 'lunch' }, later - 60_000);
    expect(changed?.presence).toEqual({
      status: 'lunch',
      visibility: 'internal',
      changedAt: later + 1,
      changedBy: 'telephone',
    });
  });
});
