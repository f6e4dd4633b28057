/** Failed sign-ins, the trail of acts, and the wished level of the log. */
import { expect, test } from 'vitest';
import { listActs, recordActs } from '../../sync-service/accounts/audit-trail';
import { createSignInAudit } from '../../sync-service/accounts/sign-in-audit';
import { createSignInFailureStore } from '../../sync-service/accounts/sign-in-failure-store';
import { createSignInGuard } from '../../sync-service/accounts/sign-in-guard';
import type { Database } from '../../sync-service/database/database';
import { readLogLevelWish, writeLogLevelWish } from '../../sync-service/log-level/log-level-store';
import { addJournalUsers } from '../fakes/journal-world';

const now = Date.UTC(2026, 2, 2, 8);

export function auditStores(there: () => Database): void {
  const failures = () => createSignInFailureStore(there());

  test('of several who count a failure on the same sight one counts', async () => {
    const one = { failures: 1, lastAt: now };
    const firsts = await Promise.all([1, 2, 3].map(() => failures().replace('f1', undefined, one)));
    expect(firsts.filter(Boolean)).toHaveLength(1);
    const two = { failures: 2, lastAt: now + 1 };
    const seconds = await Promise.all([1, 2, 3].map(() => failures().replace('f1', one, two)));
    expect(seconds.filter(Boolean)).toHaveLength(1);
    expect(await failures().read('f1')).toEqual(two);
  });

  test('whoever guesses at one instance after the other is locked out of all', async () => {
    let time = now;
    const guards = [1, 2, 3].map(() => createSignInGuard(failures(), () => new Date(time)));
    let tries = 0;
    let refusal: unknown;
    while (refusal === undefined && tries < 100) {
      await guards[tries % 3]?.attempt('guessed', '192.0.2.7').catch((error: unknown) => (refusal = error));
      tries += 1;
    }
    expect(refusal).toMatchObject({ code: 'sign-in-locked' });
    const alone = createSignInGuard(failures(), () => new Date(time));
    let triesAtOne = 0;
    const isLocked = () =>
      alone.attempt('guessed at one', '192.0.2.8').then(
        () => false,
        () => true,
      );
    do triesAtOne += 1;
    while (!(await isLocked()));
    expect(tries).toBe(triesAtOne);
    for (const guard of guards) await expect(guard.attempt('guessed', '192.0.2.7')).rejects.toThrow(/Try again/);
    time += 24 * 3_600_000;
    await (await guards[1]?.attempt('guessed', '192.0.2.7'))?.succeeded();
    await guards[2]?.attempt('guessed', '192.0.2.7');
  });

  test('failures are taken back down to none, forgotten, and forgotten by age', async () => {
    await failures().replace('f2', undefined, { failures: 1, lastAt: now });
    await failures().takeBack('f2');
    await failures().takeBack('f2');
    expect(await failures().read('f2')).toEqual({ failures: 0, lastAt: now });
    await failures().forget('f2');
    expect(await failures().read('f2')).toBeUndefined();
    await failures().replace('f3', undefined, { failures: 1, lastAt: now });
    await failures().forgetBefore(now);
    expect(await failures().read('f3')).toBeDefined();
    await failures().forgetBefore(now + 1);
    expect(await failures().read('f3')).toBeUndefined();
  });

  test('acts are listed from the newest on, page by page, by today’s names', async () => {
    await addJournalUsers(there(), 'audit-site', ['audit-user']);
    for (const n of [0, 1, 2]) {
      const ids = [`act-${n}-a`, `act-${n}-b`];
      const when = { actor: 'manage', at: new Date(now + n), newId: () => ids.pop() ?? '' };
      const acts = [
        { action: 'user.changed', subject: 'audit-user' },
        { action: 'user.disabled', subject: 'gone' },
      ] as const;
      await recordActs(there(), when, acts);
    }
    const all = await listActs(there(), undefined, 6);
    expect(all.map(({ id }) => id)).toEqual(['act-2-b', 'act-2-a', 'act-1-b', 'act-1-a', 'act-0-b', 'act-0-a']);
    expect(all[0]).toEqual({
      id: 'act-2-b',
      at: new Date(now + 2).toISOString(),
      action: 'user.changed',
      times: 1,
      actor: { id: 'manage' },
      subject: { id: 'audit-user', name: 'audit-user' },
    });
    const third = all[2];
    const more = await listActs(there(), `${third?.at} ${third?.id}`, 2);
    expect(more.map(({ id }) => id)).toEqual(['act-1-a', 'act-0-b']);
  });

  test('an hour’s failed sign-ins of one account are one entry, counted by all instances', async () => {
    const later = new Date(now + 86_400_000);
    const audits = [1, 2, 3].map(() => createSignInAudit(there(), () => later));
    await Promise.all(audits.map((audit) => audit.note('sign-in.failed', 'audit-user')));
    await createSignInAudit(there(), () => later).note('sign-in.failed', undefined);
    const [one, other] = await listActs(there(), undefined, 2);
    expect([one?.subject.id, one?.times, other?.subject.id, other?.times]).toEqual(['unknown', 1, 'audit-user', 3]);
    const muchLater = createSignInAudit(there(), () => new Date(now + 100 * 86_400_000));
    await muchLater.forgetOld();
    expect((await listActs(there(), undefined, 1)).map(({ id }) => id)).toEqual(['act-2-b']);
  });

  test('the wished level of the log is one for all, and is taken away', async () => {
    await writeLogLevelWish(there(), { level: 'debug', until: '2026-03-02T09:00:00.000Z' });
    await writeLogLevelWish(there(), { level: 'trace', until: '2026-03-02T10:00:00.000Z' });
    expect(await readLogLevelWish(there())).toEqual({ level: 'trace', until: '2026-03-02T10:00:00.000Z' });
    await writeLogLevelWish(there(), undefined);
    expect(await readLogLevelWish(there())).toBeUndefined();
  });
}
