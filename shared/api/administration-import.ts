/** Users from a file: looked at first, then taken over, wholly or not at all. */
import * as z from 'zod/mini';
import { route } from './route';

/** Larger files are imported on the command line. */
export const maxImportBytes = 4 * 1024 * 1024;
/** New passwords in one file: each takes a tenth of a second to be made safe. Larger files: the command line. */
export const maxImportPasswords = 500;

export const importProblemSchema = z.object({
  /** As a spreadsheet counts: the header is row 1. Absent when it concerns the whole file. */
  row: z.optional(z.number()),
  /** The column as the file's kind names it, or as the file names it where the kind does not know it. */
  column: z.optional(z.string()),
  /** A stable word, such as `taken`. */
  reason: z.string(),
  /** What is wrong and what to do, in English. */
  message: z.string(),
});
export type ImportProblem = z.infer<typeof importProblemSchema>;

export const userImportSchema = z.object({
  /** The users were taken over; otherwise nothing was changed. */
  applied: z.boolean(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  /** New users who cannot sign in with a password yet, because the file gives them none. */
  withoutPassword: z.number(),
  /** Why the file cannot be taken over; the first hundred. */
  problems: z.array(importProblemSchema),
  /** Further problems that are not named. */
  moreProblems: z.number(),
  /** The first hundred users who are added or changed. */
  users: z.array(
    z.object({
      row: z.number(),
      userName: z.string(),
      displayName: z.optional(z.string()),
      outcome: z.enum(['added', 'changed']),
    }),
  ),
});
export type UserImport = z.infer<typeof userImportSchema>;

export const importUsers = route({
  name: 'importUsers',
  method: 'POST',
  path: '/administration/users/import',
  access: 'admin',
  summary:
    'Users from a CSV file in the form of the command line: with `apply=no` what would come of it, with `apply=yes` done, wholly or not at all. Nobody is removed.',
  query: z.object({ apply: z.enum(['yes', 'no']) }),
  file: {
    maxBytes: maxImportBytes,
    contentTypes: ['text/csv', 'application/vnd.ms-excel', 'application/octet-stream'],
  },
  status: 200,
  response: userImportSchema,
  errors: ['last-administrator'],
});
