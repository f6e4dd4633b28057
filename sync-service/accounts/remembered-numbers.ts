/** Readings of the numbers that colleagues are shown with: the same ones at each search, and reading costs more than the search. */
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberReading } from '../../shared/phone-number';
import type { NumberRules } from './people-model';

/** Readings that are remembered, of all sites together: some 20 MB at most. Then it is begun anew. */
const mostReadings = 50_000;

/** @returns the rules for readings by that plan */
export function createRememberedNumbers(rules: NumberRules): (plan: DialPlan) => NumberRules {
  const byPlan = new Map<string, Map<string, NumberReading>>();
  let remembered = 0;

  function readingsBy(plan: DialPlan): Map<string, NumberReading> {
    // By what it says: it is read from the database again and again.
    const name = JSON.stringify(plan);
    if (remembered >= mostReadings) {
      byPlan.clear();
      remembered = 0;
    }
    const readings = byPlan.get(name) ?? new Map<string, NumberReading>();
    byPlan.set(name, readings);
    return readings;
  }

  return (plan) => {
    const readings = readingsBy(plan);
    return {
      ...rules,
      read(raw) {
        const known = readings.get(raw);
        if (known !== undefined) return known;
        const reading = rules.read(raw, plan);
        readings.set(raw, reading);
        remembered += 1;
        return reading;
      },
    };
  };
}
