/** What a search finds: entries of the personal, the internal and the system directory (DIR-1). */
import * as z from 'zod/mini';
import { contactNumberSchema, pictureHashSchema } from './contact';

/** The three directories in the order in which a caller is looked up (DIR-6). */
export const directoryNames = ['personal', 'internal', 'system'] as const;
export type DirectoryName = (typeof directoryNames)[number];

export const directoryItemSchema = z.object({
  id: z.string(),
  directory: z.enum(directoryNames),
  displayName: z.string(),
  numbers: z.array(contactNumberSchema),
  emails: z.array(z.string()),
  company: z.optional(z.string()),
  /** It stands for several people, and has neither presence nor a line of its own. */
  isGroup: z.optional(z.literal(true)),
  /** Its picture, to be had at `GET /pictures/{hash}`. */
  picture: z.optional(pictureHashSchema),
});
export type DirectoryItem = z.infer<typeof directoryItemSchema>;

/** Hits of one directory. `count` is exact up to 200; beyond that it stays 200 and `more` is true. */
export const directoryHitsSchema = z.object({
  count: z.number(),
  /** True when there are more hits than counted. */
  more: z.boolean(),
  /** The first hits, at most `limit` of the request. */
  items: z.array(directoryItemSchema),
});
export type DirectoryHits = z.infer<typeof directoryHitsSchema>;

export const directorySearchSchema = z.object({
  personal: directoryHitsSchema,
  internal: directoryHitsSchema,
  system: directoryHitsSchema,
});
export type DirectorySearch = z.infer<typeof directorySearchSchema>;

/** Counting stops here (DESIGN §6). */
export const directoryCountLimit = 200;
