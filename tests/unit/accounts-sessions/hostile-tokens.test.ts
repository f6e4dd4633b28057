/** Ten thousand tokens that are not for this service, against the check that the service makes: none is taken. */
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../shared/errors';
import { createMicrosoftTokenCheck } from '../../../sync-service/accounts/microsoft-token-check';
import { createLogger } from '../../../sync-service/logger';

const tenant = randomUUID();
const clientId = randomUUID();
const origin = 'https://login.microsoftonline.com';
const kid = 'today';
const name = 'anna.bergstroem@contoso.example';
const now = new Date('2026-11-23T09:00:00Z');
const seconds = now.getTime() / 1000;

const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strange = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = own.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicJwk = own.publicKey.export({ format: 'jwk' });

type Claims = Record<string, unknown>;
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const input = (header: Claims, claims: unknown) => `${encode(header)}.${encode(claims)}`;
function signed(header: Claims, claims: unknown, key: KeyObject = own.privateKey): string {
  const text = input(header, claims);
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

/** Claims of a token that is taken. */
const good: Claims = {
  aud: clientId,
  iss: `${origin}/${tenant}/v2.0`,
  iat: seconds - 5,
  nbf: seconds - 5,
  exp: seconds + 3600,
  azp: clientId,
  oid: randomUUID(),
  preferred_username: name,
  scp: 'access_as_user',
  tid: tenant,
  ver: '2.0',
};
const header: Claims = { alg: 'RS256', typ: 'JWT', kid };
const goodToken = signed(header, good);
const [, , goodSignature = ''] = goodToken.split('.');

const word = fc.string({ minLength: 0, maxLength: 40 });
/** Anything that JSON can hold, in place of a claim. */
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), word, fc.uuid());
const without = (claim: string): Claims => ({ ...good, [claim]: undefined });
const others = (claim: string, value: unknown) => value !== good[claim];

/** One claim that is wrong, the signature right. */
const wrongClaim: fc.Arbitrary<Claims> = fc.oneof(
  // Clocks may differ by a minute.
  fc.integer({ min: 61, max: 10 ** 9 }).map((late) => ({ ...good, exp: seconds - late })),
  fc.integer({ min: 61, max: 10 ** 9 }).map((early) => ({ ...good, nbf: seconds + early })),
  fc
    .constantFrom('exp', 'nbf', 'iat', 'aud', 'iss', 'azp', 'oid', 'scp', 'tid', 'ver', 'preferred_username')
    .map(without),
  fc
    .constantFrom('aud', 'iss', 'azp', 'tid', 'ver')
    .chain((claim) => anything.filter((value) => others(claim, value)).map((value) => ({ ...good, [claim]: value }))),
  fc.uuid().map((other) => ({ ...good, tid: other, iss: `${origin}/${other}/v2.0` })),
  fc.webUrl().map((place) => ({ ...good, iss: `${place}/${tenant}/v2.0` })),
  fc.array(fc.uuid(), { maxLength: 3 }).map((audiences) => ({ ...good, aud: [clientId, ...audiences] })),
  word
    .filter((scopes) => !scopes.split(' ').includes('access_as_user'))
    .map((scopes) => ({ ...good, scp: `${scopes} access_as_user.all User.Read` })),
  fc.constant({ ...good, aud: '00000003-0000-0000-c000-000000000000', scp: 'User.Read' }),
  fc.constant({ ...good, scp: undefined, roles: ['access_as_user'], idtyp: 'app' }),
  fc.constant({ ...good, ver: '1.0', iss: `https://sts.windows.net/${tenant}/` }),
);

/** Headers by which a forger has the signature checked in another way, or with a key of his own. */
const strangeHeader: fc.Arbitrary<Claims> = fc.oneof(
  fc
    .constantFrom('none', 'None', 'NONE', 'nOnE', '', 'HS256', 'HS512', 'RS384', 'PS256', 'ES256', 'EdDSA')
    .map((alg) => ({
      ...header,
      alg,
    })),
  word.filter((other) => other !== kid).map((other) => ({ ...header, kid: other })),
  fc.constant({ alg: 'RS256', kid, jwk: strange.publicKey.export({ format: 'jwk' }) }),
  fc.webUrl().map((place) => ({ alg: 'RS256', kid, jku: place, x5u: place })),
  fc.constant({ ...header, crit: ['exp'] }),
  fc.constant({ ...header, b64: false, crit: ['b64'] }),
);

const hostileToken: fc.Arbitrary<string> = fc.oneof(
  wrongClaim.map((claims) => signed(header, claims)),
  // Unsigned, and signed with what everybody knows.
  fc
    .tuple(strangeHeader, fc.constantFrom('', goodSignature, 'AAAA'))
    .map(([head, end]) => `${input(head, good)}.${end}`),
  strangeHeader.map((head) => {
    const text = input({ ...head, alg: 'HS256' }, good);
    return `${text}.${createHmac('sha256', publicPem).update(text).digest('base64url')}`;
  }),
  strangeHeader.map((head) => signed({ ...head, alg: 'RS256' }, good, strange.privateKey)),
  fc.constant(null).map(() => signed({ ...header, alg: 'ES256' }, good, curve.privateKey)),
  // Changed after it was signed: what it says, or single letters.
  fc
    .tuple(fc.constantFrom('oid', 'preferred_username', 'exp', 'aud'), anything)
    .filter(([claim, value]) => others(claim, value))
    .map(([claim, value]) => `${input(header, { ...good, [claim]: value })}.${goodSignature}`),
  fc.nat({ max: goodToken.length - 1 }).map((at) => {
    // The last letter of a signature has bits that mean nothing.
    const place = Math.min(at, goodToken.length - 2);
    const letter = goodToken[place] === 'A' ? 'B' : 'A';
    return goodToken.slice(0, place) + letter + goodToken.slice(place + 1);
  }),
  fc.nat({ max: goodToken.length - 1 }).map((length) => goodToken.slice(0, length)),
  fc
    .tuple(word, word)
    .filter(([before, behind]) => before + behind !== '')
    .map(([before, behind]) => before + goodToken + behind),
  // No such thing at all.
  fc.array(word, { maxLength: 6 }).map((parts) => parts.join('.')),
  fc.jsonValue().map((value) => `${encode({ alg: 'RS256', kid })}.${encode(value)}.${goodSignature}`),
  fc.jsonValue().map((value) => `${encode(value)}.${encode(good)}.${goodSignature}`),
);

function setUp() {
  let fetches = 0;
  const log: string[] = [];
  const check = createMicrosoftTokenCheck({
    expected: {
      tenantIds: [tenant],
      clientId,
      appIdUri: `api://contacts.example.com/${clientId}`,
      scope: 'access_as_user',
      authorityOrigin: origin,
    },
    fetch: (url) => {
      fetches += 1;
      expect(url).toBe(`${origin}/${tenant}/discovery/v2.0/keys`);
      return Promise.resolve(Response.json({ keys: [{ ...publicJwk, kid, use: 'sig', alg: 'RS256' }] }));
    },
    now: () => now,
    logger: createLogger('debug', { write: (line: string) => void log.push(line) }),
  });
  return { check, log, fetches: () => fetches };
}

describe('The check of Microsoft’s tokens', () => {
  it('takes the one from which all others are made', async () => {
    expect(await setUp().check.check(goodToken)).toMatchObject({ tenantId: tenant, name });
  });

  it('takes it without spaces or padding only', async () => {
    const { check } = setUp();
    for (const token of [`${goodToken} `, `${goodToken}\n`, ` ${goodToken}`, `${goodToken}==`]) {
      await expect(check.check(token)).rejects.toMatchObject({ code: 'microsoft-token-refused' });
    }
  });

  it(
    'takes none of ten thousand hostile ones, answers all alike, and asks for keys once',
    { timeout: 60_000 },
    async () => {
      const { check, log, fetches } = setUp();
      const answers = new Set<string>();
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(hostileToken, async (token) => {
          tried += 1;
          const answer: unknown = await check.check(token).then(
            () => 'taken',
            (error: unknown) => error,
          );
          if (!(answer instanceof ServiceError)) throw new Error(`Not refused: ${String(answer)}`);
          const { code, message, details, retryAfterMs } = answer;
          answers.add(JSON.stringify({ code, message, details, retryAfterMs }));
        }),
        { numRuns: 10_000, endOnFailure: true },
      );
      expect(tried).toBe(10_000);
      expect([...answers]).toHaveLength(1);
      expect([...answers][0]).toContain('microsoft-token-refused');
      expect(fetches()).toBeLessThanOrEqual(2);
      // The reason stands in the log, without anybody's name.
      expect(log.join('\n')).toContain('"reason":"audience"');
      expect(log.join('\n')).not.toContain('anna');
    },
  );
});
