/** The query options of a request, refused where Graph refuses them. */
import { badRequest } from './graph-error';
import type { PropertyType } from './graph-properties';

/** What a kind of request may carry. */
export interface QueryRules {
  readonly options: readonly string[];
  readonly properties: Readonly<Record<string, PropertyType>>;
}

export interface GraphQuery {
  readonly select?: readonly string[];
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
  readonly skipToken?: string;
  readonly deltaToken?: string;
}

/** Items of a page when a request names no number, as Exchange has it. */
const defaultTop = 10;
const maxTop = 1000;

/** Options of a list. */
export const listOptions = ['$select', '$top', '$skip', '$count'];
/** Options of a single item. */
export const itemOptions = ['$select'];
/** Options of a delta query; a state token comes alone, since it holds the options of the first request. */
export const deltaOptions = ['$select', '$deltatoken', '$skiptoken'];

/** Reads the options. @throws GraphError 400 for an unknown or repeated option, or a value that is not of its kind */
export function readQuery(params: URLSearchParams, rules: QueryRules): GraphQuery {
  const given = new Map<string, string>();
  for (const [key, value] of params) {
    const name = key.toLowerCase();
    if (!rules.options.includes(name)) throw badRequest(`The query parameter '${key}' is not supported.`);
    if (given.has(name)) throw badRequest(`Query option '${name}' was specified more than once.`);
    given.set(name, value);
  }
  const select = given.get('$select');
  const skipToken = given.get('$skiptoken');
  const deltaToken = given.get('$deltatoken');
  if ((skipToken !== undefined || deltaToken !== undefined) && given.size > 1) {
    throw badRequest('A state token cannot be combined with other query options.');
  }
  return {
    ...(select === undefined ? {} : { select: readSelect(select, rules.properties) }),
    top: readNumber('$top', given.get('$top'), 1, maxTop) ?? defaultTop,
    skip: readNumber('$skip', given.get('$skip'), 0, Number.MAX_SAFE_INTEGER) ?? 0,
    count: readBoolean(given.get('$count')),
    ...(skipToken === undefined ? {} : { skipToken }),
    ...(deltaToken === undefined ? {} : { deltaToken }),
  };
}

function readSelect(value: string, properties: Readonly<Record<string, PropertyType>>): string[] {
  const names = value.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!Object.hasOwn(properties, name)) {
      throw badRequest(`Could not find a property named '${name}' on type 'Microsoft.OutlookServices.Contact'.`);
    }
  }
  return names;
}

function readNumber(name: string, value: string | undefined, min: number, max: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw badRequest(`Invalid value '${value}' for ${name} query option found.`);
}

function readBoolean(value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw badRequest(`Invalid value '${value}' for $count query option found.`);
}

/** The preferences of a request (RFC 7240): names in lower case, values without quotes. */
export function readPrefer(header: string | undefined): ReadonlyMap<string, string> {
  const preferences = new Map<string, string>();
  for (const part of (header ?? '').split(',')) {
    const [name, ...value] = part.split('=');
    const key = name?.trim().toLowerCase() ?? '';
    if (key !== '')
      preferences.set(
        key,
        value
          .join('=')
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      );
  }
  return preferences;
}
