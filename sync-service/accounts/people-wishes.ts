/** Reads wishes by their schema: all problems of all of them at once. */
import * as z from 'zod/mini';
import type { WishProblem } from './people-model';
import { WishesRefused, schemaProblems } from './people.errors';

/** Throws WishesRefused with the problems of every wish that is not of the schema. */
export function parseWishes<S extends z.ZodMiniType>(schema: S, raw: readonly unknown[]): z.output<S>[] {
  const problems: WishProblem[] = [];
  const wishes = raw.flatMap((wish, position) => {
    const parsed = z.safeParse(schema, wish);
    if (parsed.success) return [parsed.data];
    problems.push(...schemaProblems(position, parsed.error));
    return [];
  });
  if (problems.length > 0) throw new WishesRefused(problems);
  return wishes;
}
