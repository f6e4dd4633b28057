/** Pieces that several routes of the contract share. */
import * as z from 'zod/mini';

/** An opaque id in a path. */
export const idParams = z.object({ id: z.string().check(z.minLength(1), z.maxLength(64)) });

/** A whole number written in a query. */
export function queryNumber(min: number, max: number) {
  return z.pipe(
    z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number)),
    z.number().check(z.gte(min), z.lte(max)),
  );
}

/** Query of a list: where to go on and how many. */
export const pageQuery = z.object({
  cursor: z.optional(z.string().check(z.maxLength(512))),
  limit: z.optional(queryNumber(1, 200)),
});

/** The client's own name for a command, so that the same one sent twice acts once. Kept for ten minutes. */
export const requestId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));
