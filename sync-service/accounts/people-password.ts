/** Passwords: hashed with argon2id, initial ones drawn so that they fit the policy of SET-3. */
import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { brokenPasswordRules, passwordPolicy } from '../../shared/profile';

/** OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane, and argon2id, which is the package's own choice. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The PHC string to store: algorithm, parameters, salt and hash in one. Takes about 20 ms, off the event loop. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), parameters);
}

/** Whether this is the password of the stored PHC string. */
export function verifyPassword(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFC'));
}

/** Without signs that are mistaken for one another when read from paper: no 0 O, 1 l I. */
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!?+-=%'] as const;
const initialLength = 12;

/** A password to hand over once: of every class of the policy, {@link initialLength} signs, about 66 bits. */
export function drawInitialPassword(): string {
  const signs = classes.map((signs) => pick(signs));
  const all = classes.join('');
  while (signs.length < initialLength) signs.push(pick(all));
  for (let i = signs.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1);
    const [a, b] = [signs[i], signs[j]];
    if (a !== undefined && b !== undefined) [signs[i], signs[j]] = [b, a];
  }
  return signs.join('');
}

/** What is wrong with a password, for people; undefined when it may be used. */
export function describeWeakness(password: string): string | undefined {
  const broken = brokenPasswordRules(password);
  if (broken.length === 0) return undefined;
  return (
    `has to have ${passwordPolicy.minLength} to ${passwordPolicy.maxLength} characters with an upper-case letter, ` +
    `a lower-case letter, a digit and a special character (${broken.join(', ')})`
  );
}

function pick(signs: string): string {
  return signs.charAt(randomInt(signs.length));
}
