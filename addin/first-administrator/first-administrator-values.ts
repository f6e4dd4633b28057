/** What is written in the form for the first administrator: what is wrong with it, and what of it is sent. */
import type { createFirstAdministrator } from '../../shared/api/first-administrator';
import type { RouteCall } from '../../shared/api/route';
import { dialPlanSchema } from '../../shared/dial-plan';
import { brokenPasswordRules } from '../../shared/profile';
import { ApiError } from '../api/api-error';

/** Fields in the order in which they stand. */
export const fieldNames = [
  'code',
  'userName',
  'displayName',
  'password',
  'repeat',
  'siteName',
  'countryCode',
  'areaCode',
  'trunkAccessCode',
  'numberBlock',
  'extensionLength',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** As typed. */
export type FormValues = Readonly<Record<FieldName, string>>;
export type FieldProblem =
  | 'missing'
  | 'malformed'
  | 'blanks'
  | 'too-weak'
  | 'differs'
  | 'taken'
  /** The site is there already, and a country code would add it. */
  | 'site-there'
  /** There is no such site, and without a country code it is not added. */
  | 'site-new';
export type FieldProblems = Partial<Record<FieldName, FieldProblem>>;

/** Fields that may stay empty; of the country code the service says when it is needed. */
const optional: ReadonlySet<FieldName> = new Set([
  'countryCode',
  'areaCode',
  'trunkAccessCode',
  'numberBlock',
  'extensionLength',
]);
/** Fields that stand in the part that opens. */
export const furtherFields = ['areaCode', 'trunkAccessCode', 'numberBlock', 'extensionLength'] as const;

/** A dial plan's field as its schema has it: people write blanks, hyphens and brackets, and 00 for the plus. */
function plainOf(name: FieldName, written: string): string {
  const text = written.replace(/[\s()/.-]/g, '');
  if (name === 'countryCode') return text.replace(/^(\+|00)/, '');
  return name === 'numberBlock' ? text.replace(/^00/, '+') : text;
}

const { countryCode, areaCode, trunkAccessCode, numberBlocks, extensionLength } = dialPlanSchema.shape;
const wellFormed: Partial<Record<FieldName, (plain: string) => boolean>> = {
  countryCode: (plain) => countryCode.safeParse(plain).success,
  areaCode: (plain) => areaCode.safeParse(plain).success,
  trunkAccessCode: (plain) => trunkAccessCode.safeParse(plain).success,
  numberBlock: (plain) => numberBlocks.safeParse([plain]).success,
  extensionLength: (plain) => /^\d$/.test(plain) && extensionLength.safeParse(Number(plain)).success,
};

/** What is wrong before anything is sent; empty when it can be sent. */
export function problemsOf(values: FormValues): FieldProblems {
  const problems: FieldProblems = {};
  for (const name of fieldNames) {
    if (values[name].trim() !== '') {
      if (wellFormed[name]?.(plainOf(name, values[name])) === false) problems[name] = 'malformed';
    } else if (!optional.has(name)) problems[name] = 'missing';
  }
  // Something of a dial plan without its country is no dial plan.
  if (values.countryCode.trim() === '' && furtherFields.some((name) => values[name].trim() !== ''))
    problems.countryCode = 'missing';
  if (/\s/.test(values.userName.trim())) problems.userName = 'blanks';
  if (values.password !== '' && brokenPasswordRules(values.password).length > 0) problems.password = 'too-weak';
  if (values.password !== values.repeat) problems.repeat = 'differs';
  return problems;
}

/** What is sent of values without problems. A field that was left empty takes what is usual in the country. */
export function wishOf(values: FormValues): RouteCall<typeof createFirstAdministrator>['body'] {
  const [country, area, trunk, block, length] = (['countryCode', ...furtherFields] as const).map((name) =>
    plainOf(name, values[name]),
  );
  return {
    code: values.code.trim(),
    userName: values.userName.trim(),
    password: values.password,
    displayName: values.displayName.trim(),
    site: {
      name: values.siteName.trim(),
      ...(country && {
        dialPlan: {
          countryCode: country,
          ...(area && { areaCode: area }),
          ...(trunk && { trunkAccessCode: trunk }),
          ...(block && { numberBlocks: [block] }),
          ...(length && { extensionLength: Number(length) }),
        },
      }),
    },
  };
}

/** Fields of a refusal, by the end of their path, with what it says of them. */
const refusals: Readonly<Record<string, readonly [FieldName, FieldProblem]>> = {
  'userName taken': ['userName', 'taken'],
  'name taken': ['siteName', 'site-there'],
  'site unknown': ['countryCode', 'site-new'],
};

/** What the service has against single fields; empty where its refusal concerns none of them. */
export function refusedFields(error: unknown): FieldProblems {
  const details = error instanceof ApiError ? (error.problem?.details ?? []) : [];
  const problems: FieldProblems = {};
  for (const { field, reason } of details) {
    const known = refusals[`${field} ${reason}`];
    if (known) problems[known[0]] = known[1];
  }
  return problems;
}
