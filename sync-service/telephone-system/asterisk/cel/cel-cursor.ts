/** Up to where the channel log was read, as a text that outlives the service. */
import * as z from 'zod/mini';

const fileSchema = z.object({
  /** Fingerprint of its first line; empty while it has none. */
  print: z.string().check(z.regex(/^[0-9a-f]{0,32}$/)),
  /** Number of the file in its file system, for a file without lines. */
  inode: z.string().check(z.regex(/^\d{1,20}$/)),
  offset: z.int().check(z.gte(0)),
});
/** A place in one of the log's files. */
export type CelPlace = z.infer<typeof fileSchema>;

const cursorSchema = z.object({
  v: z.literal(1),
  /** Everything before this is told. */
  at: fileSchema,
  /** The oldest call that was not over then begins here; its events are read once more. */
  from: fileSchema,
  /** So many records of the call that ends at `at` are told already. */
  told: z.int().check(z.gte(0)),
  /** Time of the last event before `at`, in milliseconds since 1970: where to go on when the files are gone. */
  time: z.number(),
});
export type CelCursor = z.infer<typeof cursorSchema>;

export function writeCursor(cursor: Omit<CelCursor, 'v'>): string {
  return JSON.stringify({ v: 1, ...cursor });
}

/** Undefined for anything that is no cursor of ours. */
export function readCursor(text: string): CelCursor | undefined {
  try {
    const read = z.safeParse(cursorSchema, JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
