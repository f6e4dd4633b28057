/** The passwords that users of a file start with. */
import * as z from 'zod/mini';
import { userNameKey } from '../people-model';
import { describeWeakness } from '../people-password';
import type { StartPassword } from '../people.service';
import { FileRefused } from './file-refused';
import type { FileProblem } from './file-refused';
import type { FileWishes } from './read-wishes';

const startSchema = z.object({
  userName: z.string(),
  initialPassword: z.optional(z.string()),
  mustChangePassword: z.optional(z.boolean()),
});

/** What a row says of how its user signs in at first. */
export type Start = z.infer<typeof startSchema>;

/** By position of the wishes. Throws FileRefused for passwords that the policy does not take. */
export function readStarts(file: string, { wishes, locate }: FileWishes): Start[] {
  const starts = wishes.map((wish) => z.parse(startSchema, wish));
  const weak = starts.flatMap(({ initialPassword }, position): FileProblem[] => {
    const weakness = initialPassword === undefined ? undefined : describeWeakness(initialPassword);
    if (weakness === undefined) return [];
    return [locate({ position, field: 'initialPassword', reason: 'weak', message: `the password ${weakness}` })];
  });
  if (weak.length > 0) throw new FileRefused(file, weak);
  return starts;
}

/** Who gets a password by this file: whoever is there already keeps his own. */
export function takesPassword({ userName, initialPassword }: Start, known: ReadonlySet<string>): boolean {
  return initialPassword !== undefined && !known.has(userNameKey(userName));
}

/** Hashing takes long and is done before the transaction, a few at a time, and only for users who are new. */
export async function hashAll(
  starts: readonly Start[],
  known: ReadonlySet<string>,
  hashPassword: (password: string) => Promise<string>,
): Promise<Map<number, StartPassword>> {
  const passwords = new Map<number, StartPassword>();
  const queue = starts.entries();
  const hashNext = async () => {
    for (const [position, start] of queue) {
      const { initialPassword, mustChangePassword } = start;
      if (initialPassword === undefined || !takesPassword(start, known)) continue;
      passwords.set(position, { hash: await hashPassword(initialPassword), mustChange: mustChangePassword ?? true });
    }
  };
  await Promise.all([hashNext(), hashNext(), hashNext(), hashNext()]);
  return passwords;
}
