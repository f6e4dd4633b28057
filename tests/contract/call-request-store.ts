/** Commands that make a call, noted so that of several instances one acts. */
import { expect, test } from 'vitest';
import type { Call } from '../../shared/call';
import { createCallRequestStore } from '../../sync-service/calls/call-request-store';
import { createCallRequests } from '../../sync-service/calls/call-requests';
import type { Database } from '../../sync-service/database/database';
import { createLogger } from '../../sync-service/logger';
import { addJournalUsers, createStandingClock } from '../fakes/journal-world';

const user = 'dialler';
const call = (id: string): Call => ({
  ...{ id, callId: `call ${id}`, device: 'device', state: 'initiated', direction: 'outgoing', abilities: ['hang-up'] },
  ...{ party: { number: '+498970070', name: 'Änne „Ö“' }, startedAt: '2026-03-02T08:00:00.000Z' },
});

/** The database takes its time, which is not that of the standing clock. */
async function until(there: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2000 && !(await there()); turn += 1) await new Promise((again) => setTimeout(again, 2));
}

export function callRequestStore(there: () => Database): void {
  const logger = createLogger('silent');
  /** Instances of the service, each with a memory of its own. */
  const instances = (count: number, clock = createStandingClock()) => {
    const store = createCallRequestStore(there());
    return Array.from({ length: count }, () => createCallRequests({ timers: clock.timers, store, logger }));
  };

  test('a command that comes to several instances at once acts at one, and all answer the same', async () => {
    await addJournalUsers(there(), 'calls-site', [user]);
    const clock = createStandingClock();
    let acted = 0;
    let answered = 0;
    let telephoneAnswers = (): void => undefined;
    const dialled = new Promise<void>((resolve) => (telephoneAnswers = resolve));
    const answers = instances(3, clock).map((instance) =>
      instance.once(user, 'dial at once', async () => {
        acted += 1;
        const mine = acted;
        await dialled;
        return call(`call ${mine}`);
      }),
    );
    const all = Promise.all(answers);
    for (const answer of answers) void answer.then(() => (answered += 1));
    await until(() => acted > 0);
    telephoneAnswers();
    await until(async () => {
      await clock.pass(10);
      return answered === 3;
    });
    expect(await all).toEqual([call('call 1'), call('call 1'), call('call 1')]);
    expect(acted).toBe(1);
  });

  test('repeated at another instance within ten minutes it is answered as before, and later it acts again', async () => {
    await addJournalUsers(there(), 'calls-site', [user]);
    const clock = createStandingClock();
    const [one, other, third] = instances(3, clock);
    let acted = 0;
    const act = () => Promise.resolve(call(`later ${(acted += 1)}`));
    expect(await one?.once(user, 'dial later', act)).toEqual(call('later 1'));
    await clock.pass(9 * 60_000);
    expect(await other?.once(user, 'dial later', act)).toEqual(call('later 1'));
    await clock.pass(61_000);
    expect(await third?.once(user, 'dial later', act)).toEqual(call('later 2'));
  });

  test('what failed at one instance is tried at the next, and the same word of two users is two commands', async () => {
    await addJournalUsers(there(), 'calls-site', [user, 'other-dialler']);
    const [one, other] = instances(2);
    await expect(one?.once(user, 'dial failing', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    expect(await other?.once(user, 'dial failing', () => Promise.resolve(call('second try')))).toEqual(
      call('second try'),
    );
    expect(await one?.once('other-dialler', 'dial failing', () => Promise.resolve(call('another')))).toEqual(
      call('another'),
    );
  });

  test('a command of an instance that was killed in the middle is refused, and not done twice', async () => {
    await addJournalUsers(there(), 'calls-site', [user]);
    const clock = createStandingClock();
    const [other] = instances(1, clock);
    const now = new Date(clock.now()).toISOString();
    const claim = { request: `${user} dial killed`, userId: user, now, until: '2026-12-31T00:00:00.000Z' };
    expect(await createCallRequestStore(there()).claim(claim)).toBe(true);
    let refusal: unknown;
    let acted = false;
    other
      ?.once(user, 'dial killed', () => {
        acted = true;
        return Promise.resolve(call('twice'));
      })
      .catch((error: unknown) => (refusal = error));
    await until(async () => {
      await clock.pass(50);
      return refusal !== undefined;
    });
    expect(refusal).toMatchObject({ code: 'telephone-system-unavailable' });
    expect(acted).toBe(false);
  });

  test('commands go with their user', async () => {
    await addJournalUsers(there(), 'calls-site', ['leaving']);
    const [one] = instances(1);
    await one?.once('leaving', 'dial last', () => Promise.resolve(call('last')));
    await there().deleteFrom('users').where('id', '=', 'leaving').execute();
    expect(await createCallRequestStore(there()).find('leaving dial last')).toBeUndefined();
  });
}
