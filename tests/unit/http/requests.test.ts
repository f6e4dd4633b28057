import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../../sync-service/http/authentication';
import { countedAddress } from '../../../sync-service/http/client-address';
import { cookieOf } from '../../../sync-service/http/cookies';
import { createOriginCheck, isLoopbackHost } from '../../../sync-service/http/own-origin';
import { problemOf, toServiceError } from '../../../sync-service/http/problem';
import { readIfMatch } from '../../../sync-service/http/request-input';
import { ServiceError, errorCodes, errorStatus, problemSchema } from '../../../shared/errors';

describe('the address that is counted', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('of %s is %s', (address, counted) => {
    expect(countedAddress(address)).toBe(counted);
  });

  it('is the same for all of a network, and another for another one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (groups) => {
        const written = (numbers: number[]) => numbers.map((n) => n.toString(16)).join(':');
        const [a = 0, ...rest] = groups;
        const network = countedAddress(written(groups));
        expect(countedAddress(written([...groups.slice(0, 4), 1, 2, 3, 4]))).toBe(network);
        expect(countedAddress(written([(a + 1) % 0x10000, ...rest]))).not.toBe(network);
      }),
    );
  });
});

describe('a bearer token', () => {
  it('is read from its header and from nothing else', () => {
    expect(bearerToken('Bearer abc_-1')).toBe('abc_-1');
    expect(bearerToken('bearer abc')).toBe('abc');
    for (const header of [undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', `Bearer ${'a'.repeat(600)}`]) {
      expect(bearerToken(header)).toBeUndefined();
    }
  });
});

describe('a cookie', () => {
  it('is found by its whole name', () => {
    expect(cookieOf('a=1; my-a=2; b=x=y', 'a')).toBe('1');
    expect(cookieOf('my-a=2;a=3', 'a')).toBe('3');
    expect(cookieOf('b=x=y', 'b')).toBe('x=y');
    for (const header of [undefined, '', 'a', '=1', 'aa=1']) expect(cookieOf(header, 'a')).toBeUndefined();
  });
});

describe('the own origin', () => {
  const check = (own: Parameters<typeof createOriginCheck>[0], headers: Record<string, string>) =>
    createOriginCheck(own)({ header: (name) => headers[name] });
  const installation = { origins: ['https://contacts.example.com/base'], loopback: false };

  it('is the address of the installation, exactly', () => {
    expect(check(installation, { origin: 'https://contacts.example.com' })).toBe(true);
    for (const origin of [
      'http://contacts.example.com',
      'https://contacts.example.com:8443',
      'https://contacts.example.com.evil.example',
      'https://evil.example',
      'null',
      '',
    ]) {
      expect(check(installation, { origin, host: 'contacts.example.com' })).toBe(false);
    }
  });

  it('on loopback is what the page was opened by, and no name that a name server could point there', () => {
    const own = { origins: [], loopback: true };
    for (const host of ['localhost:8801', '127.0.0.1:8801', '[::1]:8801']) {
      expect(check(own, { origin: `http://${host}`, host })).toBe(true);
      expect(check(own, { origin: `http://${host}`, host: 'localhost:1' })).toBe(false);
      expect(check(installation, { origin: `http://${host}`, host })).toBe(false);
    }
    expect(check(own, { origin: 'http://evil.example:8801', host: 'evil.example:8801' })).toBe(false);
  });

  it('is assumed of programs, which say no origin, and not of pages that hide theirs', () => {
    expect(check(installation, {})).toBe(true);
    expect(check(installation, { 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(check(installation, { 'sec-fetch-site': 'cross-site' })).toBe(false);
    expect(check(installation, { 'sec-fetch-site': 'same-site' })).toBe(false);
  });

  it('knows loopback from what only looks like it', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]']) expect(isLoopbackHost(host)).toBe(true);
    for (const host of ['localhost.evil.example', '127.0.0.1.nip.io', '0.0.0.0', '::', '10.0.0.1']) {
      expect(isLoopbackHost(host)).toBe(false);
    }
  });
});

describe('If-Match', () => {
  it('gives back every version that was written', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('"', 'W/"'), (version, open) => {
        expect(readIfMatch(`${open}${version}"`)).toBe(version);
      }),
    );
  });
});

describe('a problem', () => {
  it('of every code is as its schema says, with the status of the table', () => {
    for (const code of errorCodes) {
      const problem = problemSchema.parse(problemOf(new ServiceError(code, 'Do this.'), 'id-12345'));
      expect(problem).toMatchObject({ code, status: errorStatus[code], detail: 'Do this.', correlationId: 'id-12345' });
    }
  });

  it('tells nothing of an error that is not a ServiceError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.anything(),
          fc.string().map((text) => new Error(text)),
        ),
        (error) => {
          const known = toServiceError(error);
          expect(['internal-error', 'request-invalid', 'body-too-large', 'content-type-unsupported']).toContain(
            known.code,
          );
          if (known.code === 'internal-error') {
            expect(known.message).toBe('Something went wrong in the service. Its log says what.');
          }
        },
      ),
    );
  });
});
