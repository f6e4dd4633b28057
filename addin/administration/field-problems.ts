/** Which fields of a form are wrong, in words that the form has. Pure. */
import { ApiError } from '../api/api-error';

/** Why a field is refused, as far as the forms have words for it. */
export const problemWords = ['taken', 'unknown', 'repeated', 'missing', 'other'] as const;
export type FieldProblem = (typeof problemWords)[number];
export type ProblemsOf<V> = Partial<Record<keyof V, FieldProblem>>;

/** The fields of `values` that the service refuses, `aliases` where it calls them otherwise; empty where it refuses something else. */
export function refusedFields<V extends object>(
  error: unknown,
  values: V,
  aliases: Readonly<Record<string, keyof V>> = {},
): ProblemsOf<V> {
  if (!(error instanceof ApiError)) return {};
  const problems: ProblemsOf<V> = {};
  for (const { field, reason } of error.problem?.details ?? []) {
    const [first = ''] = (field ?? '')
      .replace(/^body\./, '')
      .replace(/^dialPlan\./, '')
      .split('.');
    const known = aliases[first] ?? (first in values ? (first as keyof V) : undefined);
    if (known !== undefined) problems[known] = problemWords.find((word) => word === reason) ?? 'other';
  }
  return problems;
}

/** The fields that may not be empty and are. */
export function emptyFields<V extends object>(values: V, needed: readonly (keyof V)[]): ProblemsOf<V> {
  const problems: ProblemsOf<V> = {};
  for (const name of needed) {
    const value = values[name];
    if (typeof value === 'string' && value.trim() === '') problems[name] = 'missing';
  }
  return problems;
}

/** Lines of a field, without blanks around them and without empty ones. */
export function linesOf(text: string): string[] {
  return text.split(/[\n,;]+/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}
