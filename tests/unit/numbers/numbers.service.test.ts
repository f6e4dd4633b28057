import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parseNumbers } from '../../../shared/api/numbers';
import { createNumberRules } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { numbersRoutes } from '../../../sync-service/numbers/numbers.routes';
import { createNumbersService } from '../../../sync-service/numbers/numbers.service';
import { munich, newYork } from '../../fixtures/dial-plans';

const service = createNumbersService({
  rules: createNumberRules(numberLibrary),
  dialPlanOf: (siteId) => Promise.resolve(siteId === 'munich' ? munich : newYork),
});

describe('reading numbers by the caller’s site', () => {
  it('answers each input in its place, as written', async () => {
    expect(await service.parse('munich', ['331', '', '089 123456'])).toMatchObject([
      { raw: '331', extension: '331', e164: '+49897007331' },
      { raw: '', problem: 'empty' },
      { raw: '089 123456', display: '+49 (89) 123456', dialable: '0123456' },
    ]);
  });

  it('reads the same text by each site’s own dial plan', async () => {
    expect(await service.parse('new-york', ['373 4253'])).toMatchObject([{ e164: '+12123734253' }]);
    expect(await service.parse('munich', ['373 4253'])).toMatchObject([{ e164: '+49893734253' }]);
  });

  it('answers what the contract says', async () => {
    const [bound] = numbersRoutes(service);
    expect(bound?.route).toBe(parseNumbers);
    // The binding hides the types of input and context; here they are known from the route.
    const answer: unknown = await bound?.handle(
      { body: { inputs: ['331', '089 123456 App. 12', 'x'] } } as never,
      { caller: { siteId: 'munich' } } as never,
    );
    expect(z.parse(parseNumbers.response, answer)).toEqual(answer);
  });
});
