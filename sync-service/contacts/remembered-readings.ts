/** Number rules for the length of one job that looks at each number more than once: what was read is not read again. */
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberReading } from '../../shared/phone-number';
import type { NumberRules } from './contact-record';

/** Readings that are remembered, of texts that are short as numbers are: some 20 MB at most. */
const mostReadings = 50_000;
const longestText = 64;

/** @param plan the only one that is asked for with what is returned */
export function rememberReadings(rules: NumberRules, plan: DialPlan): NumberRules {
  const readings = new Map<string, NumberReading>();
  const version = rules.version(plan);
  return {
    read(raw) {
      const known = readings.get(raw);
      if (known !== undefined) return known;
      const reading = rules.read(raw, plan);
      if (readings.size < mostReadings && raw.length <= longestText) readings.set(raw, reading);
      return reading;
    },
    version: () => version,
  };
}
