/** Ten thousand wrong sign-ins: five tries of an account in five minutes, the same answers for everybody, each counted. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ServiceError } from '../../shared/errors';
import { plainHashing, startService } from './start-service';
import type { RunningService } from './start-service';

const attempts = 10_000;
const fiveMinutes = 5 * 60_000;
let service: RunningService;
/** Passwords that were looked at, with the moment. */
const tries: number[] = [];

beforeAll(async () => {
  service = await startService({
    hashing: {
      hash: (password) => plainHashing.hash(password),
      verify: (stored, password) => {
        tries.push(service.clock.time);
        return plainHashing.verify(stored, password);
      },
    },
  });
});
afterAll(() => service.stop());

/** The answer to a wrong password, as a caller sees it. */
async function attack(userName: string, address: string): Promise<string> {
  try {
    await service.sessions.signIn({ userName, password: 'Wrong-000!' }, address);
    return 'signed in';
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return `${error.code} ${error.message}`;
  }
}

async function counted(subject: string): Promise<number> {
  const rows = await service.database
    .selectFrom('audit_trail')
    .select(['action', 'times'])
    .where('subject', '=', subject)
    .where('actor', '=', 'sign-in')
    .execute();
  // However many there were, they are few entries.
  expect(rows.length).toBeLessThanOrEqual(4);
  return rows.reduce((sum, { times }) => sum + (times ?? 1), 0);
}

it('from ten thousand addresses within ten minutes try five passwords in any five minutes', async () => {
  for (let n = 0; n < attempts; n += 1) {
    const answer = await attack('anna', `198.51.${n >> 8}.${n & 255}`);
    expect(answer).toMatch(/^(credentials-wrong User name or password is wrong\.|sign-in-locked Too many)/);
    service.clock.advance((2 * fiveMinutes) / attempts);
  }
  for (const start of tries) {
    expect(tries.filter((time) => time >= start && time < start + fiveMinutes).length).toBeLessThanOrEqual(5);
  }
  expect(tries.length).toBeGreaterThanOrEqual(5);
  expect(await counted('user-anna')).toBe(attempts);
}, 120_000);

it('get the same answers whether there is such a user or not, and names that nobody has are not kept', async () => {
  for (let n = 0; n < 12; n += 1) {
    expect(await attack('bert', '203.0.113.1')).toBe(await attack('nobody-of-this-name', '203.0.113.2'));
  }
  expect(await counted('unknown')).toBe(12);
  const trail = await service.database.selectFrom('audit_trail').selectAll().execute();
  expect(JSON.stringify(trail)).not.toContain('nobody-of-this-name');
});
