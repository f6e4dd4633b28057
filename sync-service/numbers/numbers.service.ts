/** Reading numbers by the dial plan of the caller's site (NUM-1 to NUM-4). */
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberReading, NumberRules } from '../../shared/phone-number';

export interface NumbersService {
  /** Each input in all its forms, or with the reason why it cannot be read; same order, same count. */
  parse(siteId: string, inputs: readonly string[]): Promise<NumberReading[]>;
}

export interface NumbersServiceDeps {
  readonly rules: NumberRules;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
}

export function createNumbersService({ rules, dialPlanOf }: NumbersServiceDeps): NumbersService {
  return {
    async parse(siteId, inputs) {
      const plan = await dialPlanOf(siteId);
      return inputs.map((raw) => rules.readNumber(raw, plan));
    },
  };
}
