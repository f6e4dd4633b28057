import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presenceStatuses } from '../../../shared/presence';
import {
  extensionBatches,
  publishVariables,
  stateOf,
} from '../../../sync-service/telephone-system/asterisk/published-values';

const event = (fields: Readonly<Record<string, string>>) =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value]] as const));

describe('what is published, on its way to Asterisk and back', () => {
  it('asks for all extensions in their order, in lines that Asterisk takes', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[0-9*#]{1,20}$/), { maxLength: 300 }), (extensions) => {
        const batches = extensionBatches(extensions);
        expect(batches.flat()).toEqual(extensions);
        for (const batch of batches) expect(`Variable: UC_EXTENSIONS=${batch.join('/')}`.length).toBeLessThan(1000);
      }),
    );
  });

  it('lets nothing of a text end a value, a variable or a line, however long it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 150 }), (text) => {
        const presence = {
          status: 'home',
          visibility: 'internal',
          text,
          changedAt: 1,
          changedBy: 'user',
        } as const;
        const pieces = publishVariables({ extension: '330', owner: 'anna', presence }).flatMap(
          (variable) => /^UC_TEXT\d=(.*)$/s.exec(variable)?.[1] ?? [],
        );
        expect(decodeURIComponent(pieces.join(''))).toBe(text);
        for (const piece of pieces) {
          expect(piece).toMatch(/^[A-Za-z0-9%._-]*$/);
          expect(`Variable: UC_TEXT1=${piece}`.length).toBeLessThan(1000);
        }
      }),
    );
  });

  it('names each status by its place, and what is off not at all', () => {
    const variables = publishVariables({
      extension: '330',
      owner: 'anna',
      forwarding: {
        targets: { office: { dialString: '0891234' }, home: 'voicemail' },
        changedAt: 5,
        changedBy: 'user',
      },
    });
    expect(variables.filter((variable) => /^UC_TO/.test(variable))).toEqual(['UC_TO1=0891234', 'UC_TO8=voicemail']);
    expect(presenceStatuses.indexOf('home')).toBe(7);
  });

  it('is read as far as it can be understood, whatever somebody wrote into the database by hand', () => {
    expect(stateOf(event({ Question: '1' }))).toBeUndefined();
    expect(stateOf(event({ Extension: '330', Owner: '', Status: 'home' }))).toEqual({ extension: '330' });
    expect(stateOf(event({ Extension: '330', Owner: 'anna', Status: 'asleep' }))).toEqual({
      extension: '330',
      userId: 'anna',
    });
    const odd = {
      Extension: '330',
      Owner: 'anna',
      Status: 'lunch',
      Visibility: 'x',
      Changed: 'x',
      By: 'x',
      Return: 'x',
    };
    const line = Buffer.from('two\nlines').toString('base64');
    expect(
      stateOf(event({ ...odd, Text: line, Targets: 'office:/lunch:*778/home:331/x:voicemail/', ForwardChanged: '7' })),
    ).toEqual({
      extension: '330',
      userId: 'anna',
      // Nobody sees what is not understood.
      presence: { status: 'lunch', visibility: 'not-visible', changedAt: 0, changedBy: 'system' },
      forwarding: { targets: { home: { dialString: '331' } }, changedAt: 7, changedBy: 'system' },
    });
  });
});
