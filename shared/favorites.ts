/** Favourites (FAV-1 to FAV-4): people and numbers in groups, each once, in the order that their user gives them. */
import * as z from 'zod/mini';
import { contactNumberSchema } from './contact';
import { directoryItemSchema, directoryNames } from './directory';

/** How much one user may keep. */
export const favoriteLimits = { groups: 50, favorites: 500, groupName: 64, text: 256 } as const;

/** The name of a group: something to read, without signs that nobody sees. */
export const favoriteGroupNameSchema = z
  .pipe(
    z.string().check(z.maxLength(favoriteLimits.groupName)),
    z.transform((name: string) => name.normalize('NFC').trim()),
  )
  .check(
    z.refine((name) => name !== '', { error: 'the name is empty' }),
    z.refine((name) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name), { error: 'signs that nobody sees' }),
  );

/** An entry of a directory, which is shown as it is there; or a number that stands in none, such as one of the journal. */
export const favoriteSubjectSchema = z.union([
  z.object({ directory: z.enum(directoryNames), id: z.string().check(z.minLength(1), z.maxLength(64)) }),
  z.object({
    /** As the telephone system or the user wrote it. */
    number: z.string().check(z.minLength(1), z.maxLength(favoriteLimits.text)),
    name: z.optional(z.string().check(z.maxLength(favoriteLimits.text))),
  }),
]);
export type FavoriteSubject = z.infer<typeof favoriteSubjectSchema>;

export const favoriteSchema = z.object({
  id: z.string(),
  subject: favoriteSubjectSchema,
  /** The name of today; of an entry that is gone the last one known. */
  displayName: z.string(),
  /** What dials. Of a number: this one alone. */
  numbers: z.array(contactNumberSchema),
  /** What the directories know now. Absent: the entry is gone, or nobody has the number. */
  item: z.optional(directoryItemSchema),
});
export type Favorite = z.infer<typeof favoriteSchema>;

export const favoriteGroupSchema = z.object({
  id: z.string(),
  name: z.string(),
  items: z.array(favoriteSchema),
});
export type FavoriteGroup = z.infer<typeof favoriteGroupSchema>;

export const favoritesSchema = z.object({ groups: z.array(favoriteGroupSchema) });
export type Favorites = z.infer<typeof favoritesSchema>;

/** Equal for the same subject, however it is named. `numberKey` makes forms of one number equal. */
export function favoriteKey(subject: FavoriteSubject, numberKey: (number: string) => string): string {
  return 'id' in subject ? `${subject.directory} ${subject.id}` : `number ${numberKey(subject.number)}`;
}

/** The entry stands in no directory any more. */
export function isGone({ subject, item }: Pick<Favorite, 'subject' | 'item'>): boolean {
  return 'id' in subject && item === undefined;
}
