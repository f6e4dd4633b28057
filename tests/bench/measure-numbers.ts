/** How many written numbers the service reads in a second, each in all its forms. */
import type { DialPlan } from '../../shared/dial-plan';
import { createNumberRules } from '../../shared/phone-number';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import type { Figure } from './report';

const munich: DialPlan = {
  countryCode: '49',
  areaCode: '89',
  trunkAccessCode: '0',
  nationalPrefix: '0',
  internationalPrefix: '00',
  numberBlocks: ['+49897007'],
  extensionLength: 3,
  emergencyNumbers: ['110', '112'],
};

/** What address books hold, one kind after the other; `n` makes each number another one. */
const kinds: readonly (readonly [name: string, write: (n: string) => string])[] = [
  ['E.164', (n) => `+4989${n}`],
  ['canonical', (n) => `+49 (89) ${n.slice(0, 4)}-${n.slice(4)}`],
  ['00, blanks', (n) => `0049 30 ${n.slice(0, 3)} ${n.slice(3)}`],
  ['(0)', (n) => `+49 (0)40 ${n}`],
  ['national', (n) => `0171 ${n}`],
  ['national, slash', (n) => `089/${n}`],
  ['local', (n) => n],
  ['abroad', (n) => `+1 212 2${n.slice(0, 2)}-${n.slice(2, 6)}`],
  ['extension behind', (n) => `089 ${n} App. 12`],
  ['word behind', (n) => `0170 ${n} (privat)`],
  ['two numbers', (n) => `089 ${n} / 0171 ${n}`],
];

/** Numbers of each kind. */
const count = 10_000;

/** Of processor time, so that what else the machine does counts neither for nor against it. */
function perSecond(texts: readonly string[]): number {
  const { readNumber } = createNumberRules(numberLibrary);
  const began = process.cpuUsage();
  for (const text of texts) readNumber(text, munich);
  const { user, system } = process.cpuUsage(began);
  return (texts.length / (user + system)) * 1_000_000;
}

export function measureNumbers(): Figure[] {
  const texts = kinds.map(([name, write]) => ({
    name,
    texts: Array.from({ length: count }, (_, i) => write(String(2_000_000 + ((i * 7919) % 7_000_000)))),
  }));
  // Address books are mostly of the first kinds; one field in a hundred holds two numbers.
  const mixed = Array.from({ length: count }, (_, i) => {
    const kind = i % 100 === 0 ? kinds.length - 1 : i % (kinds.length - 1);
    return texts[kind]?.texts[i] ?? '';
  });
  perSecond(mixed);
  const best = (all: readonly string[]) => Math.max(...Array.from({ length: 3 }, () => perSecond(all)));
  return [
    { name: 'Address book, mixed', value: best(mixed), unit: 'a second', atLeast: 100_000, note: 'of processor time' },
    ...texts.map(({ name, texts: all }): Figure => ({ name: `  ${name}`, value: best(all), unit: 'a second' })),
  ];
}
