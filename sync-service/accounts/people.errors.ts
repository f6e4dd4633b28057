/** Why an administrator's wish was refused, wish by wish. */
import type * as z from 'zod/mini';
import { ServiceError } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import type { WishProblem } from './people-model';

/** How many problems are named in the text; all of them stand in `problems`. */
const named = 5;

/** Some of the wishes cannot be fulfilled, so none was. `problems` says which, why, and what to do. */
export class WishesRefused extends ServiceError {
  constructor(readonly problems: readonly WishProblem[]) {
    const texts = problems.slice(0, named).map((problem) => problem.message);
    const more = problems.length > named ? ` (and ${problems.length - named} more)` : '';
    super(codeOf(problems), `${texts.join('; ')}${more}`, {
      details: problems.map((problem) => ({ field: problem.field, reason: problem.reason })),
    });
    this.name = 'WishesRefused';
  }
}

/** There is no such user, group, site or speed dial. */
export function unknown(what: string, name: string, position = 0, field = 'name'): WishProblem {
  return { position, field, reason: 'unknown', message: `there is no ${what} ${name}` };
}

/** The problems of values that a schema refused. */
export function schemaProblems(position: number, error: z.core.$ZodError): WishProblem[] {
  return error.issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    return { position, field, reason: issue.code, message: `${field || 'value'}: ${issue.message}` };
  });
}

function codeOf(problems: readonly WishProblem[]): ErrorCode {
  const every = (reason: string) => problems.every((problem) => problem.reason === reason);
  if (every('taken')) return 'already-exists';
  return every('unknown') ? 'not-found' : 'request-invalid';
}
