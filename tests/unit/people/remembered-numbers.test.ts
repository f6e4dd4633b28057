import { expect, test } from 'vitest';
import { createRememberedNumbers } from '../../../sync-service/accounts/remembered-numbers';
import { munich } from '../../fixtures/dial-plans';

test('a number is read once by each plan, whichever object says it', () => {
  const asked: string[] = [];
  const rulesBy = createRememberedNumbers({
    read(raw, plan) {
      asked.push(`${raw} ${plan.areaCode}`);
      return { raw, e164: `+49${plan.areaCode}${raw}` };
    },
    version: () => 'v1',
  });
  const berlin = { ...munich, areaCode: '30' };
  expect(rulesBy(munich).read('331', munich)).toEqual({ raw: '331', e164: '+4989331' });
  expect(rulesBy({ ...munich }).read('331', munich)).toEqual({ raw: '331', e164: '+4989331' });
  expect(rulesBy(berlin).read('331', berlin)).toEqual({ raw: '331', e164: '+4930331' });
  expect(asked).toEqual(['331 89', '331 30']);
});
