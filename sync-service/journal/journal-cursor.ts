/** The cursor of a list: the place behind an entry, opaque to whoever is given it. */
import * as z from 'zod/mini';
import type { KeptEntry } from './journal-row';
import type { JournalPlace } from './journal-store';
import { cursorInvalid } from './journal.errors';

const placeSchema = z.object({ startedAt: z.iso.datetime(), id: z.string().check(z.regex(/^[\w-]{1,64}$/)) });

export function writePlace({ call, id }: KeptEntry): string {
  return Buffer.from(`${call.startedAt} ${id}`).toString('base64url');
}

/** @throws ServiceError `request-invalid`. */
export function readPlace(cursor: string): JournalPlace {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const space = text.indexOf(' ');
  const place = z.safeParse(placeSchema, { startedAt: text.slice(0, Math.max(0, space)), id: text.slice(space + 1) });
  if (!place.success) throw cursorInvalid();
  return place.data;
}
