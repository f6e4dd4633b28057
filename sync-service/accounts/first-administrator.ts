/**
 * The way into an installation that starts empty. A one-time code is printed; whoever has it becomes the first
 * administrator. Only the code's hash is kept, so a code that was lost is replaced by printing another one.
 *
 *     no administrator ─ printCode ─▶ waiting ─ redeem ─▶ administrator      (for good: no further code)
 *                                       │ ▲
 *                             ten wrong ▼ │ printCode
 *                                      locked
 */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { FirstSite } from '../../shared/api/first-administrator';
import { ServiceError } from '../../shared/errors';
import { brokenPasswordRules } from '../../shared/profile';
import type { SignedInUser } from '../../shared/profile';
import { readJson } from '../database/database';
import { siteWishSchema, userNameKey, userWishSchema } from './people-model';
import type { NumberRules, SiteWish } from './people-model';
import { signedInUserOf } from './people-profile';
import { parseWishes } from './people-wishes';
import type { Act, PeopleStores, PeopleWork } from './people-work';
import { saveUsersIn } from './people.service';
import { saveSite } from './site.service';

/** Wrong tries after which the code is locked. */
export const wrongTriesAllowed = 10;
const fact = 'first-administrator-code';
const storedCodeSchema = z.object({ hash: z.string(), wrongTries: z.number() });

export interface FirstAdministratorWish {
  readonly userName: string;
  readonly password: string;
  readonly displayName: string;
  readonly site?: FirstSite | undefined;
}

export interface FirstAdministrator {
  /** Nobody who can sign in administers the installation. */
  isNeeded(): Promise<boolean>;
  /** A new code, which replaces the one before; undefined when there is an administrator who can sign in. */
  printCode(actor: string): Promise<string | undefined>;
  /**
   * Uses the code up. Throws `one-time-code-refused`, `password-too-weak`, `already-exists` (user name), `not-found`
   * (site) or `request-invalid`; only a wrong code counts as a try.
   */
  redeem(code: string, wish: FirstAdministratorWish): Promise<SignedInUser>;
}

export function createFirstAdministrator({
  stores,
  work,
  rules,
  now,
  newId,
  hashPassword,
  timeZone,
  drawCode = drawOneTimeCode,
}: {
  stores: PeopleStores;
  work: PeopleWork;
  rules: NumberRules;
  now: () => Date;
  newId: () => string;
  hashPassword: (password: string) => Promise<string>;
  /** Of a new site for which none is named. IANA name. */
  timeZone: string;
  drawCode?: () => string;
}): FirstAdministrator {
  /** The last administrator cannot be taken away, so one that was seen need not be looked for again. */
  let administered = false;

  async function hasAdministrator(act: PeopleStores): Promise<boolean> {
    return (await act.users.countAdministrators([])) > 0;
  }

  /** Counts a wrong try in a transaction of its own: it stays counted when the call is refused. */
  function checkCode(code: string): Promise<boolean> {
    return work('first-administrator', async (act) => {
      const text = await act.sites.fact(fact);
      const stored = text === undefined ? undefined : readJson(storedCodeSchema, text);
      if (stored === undefined || stored.wrongTries >= wrongTriesAllowed || (await hasAdministrator(act))) return false;
      if (sameHash(stored.hash, hashOf(code))) return true;
      await act.sites.setFact(fact, JSON.stringify({ ...stored, wrongTries: stored.wrongTries + 1 }));
      return false;
    });
  }

  return {
    async isNeeded() {
      administered ||= await hasAdministrator(stores);
      return !administered;
    },

    printCode(actor) {
      return work(actor, async (act) => {
        if (await hasAdministrator(act)) {
          await act.sites.removeFact(fact);
          return undefined;
        }
        const code = drawCode();
        await act.sites.setFact(fact, JSON.stringify({ hash: hashOf(code), wrongTries: 0 }));
        act.record('first-administrator.code-printed', 'installation');
        return code;
      });
    },

    async redeem(code, wish) {
      if (!(await checkCode(code))) throw refusedCode();
      const broken = brokenPasswordRules(wish.password);
      if (broken.length > 0) {
        throw new ServiceError('password-too-weak', 'The password does not meet the policy; choose another one.', {
          details: broken.map((reason) => ({ field: 'body.password', reason })),
        });
      }
      const { userName, displayName, site } = wish;
      const [user] = parseWishes(userWishSchema, [{ userName, displayName, role: 'admin', site: site?.name }]);
      const siteWishes = site?.dialPlan === undefined ? [] : parseWishes(siteWishSchema, [site]);
      if (user === undefined) throw new Error('a wish that was read is there');
      const hash = await hashPassword(wish.password);

      return work('first-administrator', async (act) => {
        // Another call may have used the code up while this one hashed the password.
        if ((await act.sites.fact(fact)) === undefined || (await hasAdministrator(act))) throw refusedCode();
        for (const siteWish of siteWishes) await addFirstSite(act, siteWish);
        await saveUsersIn(act, [{ ...user, password: { hash, mustChange: false } }], 'add', { newId, now, rules });
        const added = await act.users.byUserName(userNameKey(user.userName));
        if (added === undefined) throw new Error('a user who was added is there');
        await act.sites.removeFact(fact);
        act.record('first-administrator.added', added.id);
        return signedInUserOf(added);
      });
    },
  };

  async function addFirstSite(act: Act, wish: SiteWish): Promise<void> {
    await saveSite(act, wish, 0, 'add', { newId, timeZone, rules });
  }
}

/** Without I, L, O and U, which are misread (Crockford's base 32). */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Four groups of five signs: 100 bits, so guessing is hopeless even without a lock. */
export function drawOneTimeCode(): string {
  const group = () => Array.from({ length: 5 }, () => signs.charAt(randomInt(signs.length))).join('');
  return [group(), group(), group(), group()].join('-');
}

/** Case, blanks and hyphens make no difference; the code is random and long, so one round of SHA-256 is enough. */
function hashOf(code: string): string {
  return createHash('sha256')
    .update(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
    .digest('hex');
}

function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}

/** The same answer in each case: a caller without the code learns nothing of the installation. */
function refusedCode(): ServiceError {
  return new ServiceError(
    'one-time-code-refused',
    'The code is wrong, used up or locked. `npm run manage -- first-administrator` prints a new one.',
  );
}
