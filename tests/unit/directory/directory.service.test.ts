import { describe, expect, it } from 'vitest';
import { identifyCaller, lookUpDirectory, searchDirectory } from '../../../shared/api/directory';
import type { DirectoryItem, DirectoryName } from '../../../shared/directory';
import { createNumberRules } from '../../../shared/phone-number';
import type { Caller, RequestContext } from '../../../sync-service/http/binding';
import { directoryRoutes } from '../../../sync-service/directory/directory.routes';
import { createDirectoryService } from '../../../sync-service/directory/directory.service';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { createFakeDirectorySource } from '../../fakes/directory-source';
import { munich } from '../../fixtures/dial-plans';

const rules = createNumberRules(numberLibrary);
const me = { userId: 'anna', siteId: 'munich' };

function item(directory: DirectoryName, displayName: string, number: string, email?: string): DirectoryItem {
  return {
    id: `${directory}:${displayName}`,
    directory,
    displayName,
    numbers: [{ kind: 'business', ...rules.readNumber(number, munich) }],
    emails: email === undefined ? [] : [email],
  };
}

function make() {
  const personal = createFakeDirectorySource(
    [item('personal', 'Søren Berg', '0171 1234567', 'soren@example.com'), item('personal', 'Boss', '331')],
    ({ userId }) => userId === 'anna',
  );
  const internal = createFakeDirectorySource([
    item('internal', 'Anna Müller', '330', 'anna@example.com'),
    item('internal', 'Bert Berger', '331', 'bert@example.com'),
    item('internal', 'Double', '332', 'Soren@example.com'),
  ]);
  const system = createFakeDirectorySource([item('system', 'Taxi Berg', '089 21610')]);
  const service = createDirectoryService({
    personal,
    internal,
    system,
    rules,
    dialPlanOf: (siteId) => (siteId === 'munich' ? Promise.resolve(munich) : Promise.reject(new Error(siteId))),
  });
  return { service, personal, internal, system };
}

describe('search in the three directories', () => {
  it('gives the hits of each with their counts', async () => {
    const found = await make().service.search(me, 'berg', 20);
    expect(found.personal).toMatchObject({ count: 1, items: [{ displayName: 'Søren Berg' }] });
    expect(found.internal).toMatchObject({ count: 1, items: [{ displayName: 'Bert Berger' }] });
    expect(found.system).toMatchObject({ count: 1, items: [{ displayName: 'Taxi Berg' }] });
  });

  it('finds by a number in any written form', async () => {
    for (const typed of ['331', '7007-331', '+49 89 7007 331', '089/7007331', '07007331']) {
      const found = await make().service.search(me, typed, 20);
      expect(found.personal.count, typed).toBe(1);
      expect(found.internal.count, typed).toBe(1);
      expect(found.system.count, typed).toBe(0);
    }
  });

  it('shows nobody the personal contacts of another', async () => {
    const found = await make().service.search({ userId: 'bert', siteId: 'munich' }, '', 20);
    expect(found.personal).toEqual({ count: 0, more: false, items: [] });
    expect(found.internal.count).toBe(3);
  });
});

describe('who calls (DIR-6)', () => {
  it('prefers the personal entry to the internal one', async () => {
    const { service } = make();
    expect(await service.identify(me, '331')).toMatchObject({ displayName: 'Boss', directory: 'personal' });
    expect(await service.identify({ userId: 'bert', siteId: 'munich' }, '331')).toMatchObject({
      directory: 'internal',
    });
  });

  it.each(['00491711234567', '+491711234567', '01711234567', '1711234567', '001711234567'])(
    'knows the caller signalled as %s',
    async (number) => {
      expect(await make().service.identify(me, number)).toMatchObject({ displayName: 'Søren Berg' });
    },
  );

  it('takes a reading of somebody who knows better how the number is written', async () => {
    expect(await make().service.identify(me, rules.readDialled('021610', munich))).toMatchObject({
      displayName: 'Taxi Berg',
    });
  });

  it('knows nobody by a part of a number, and does not ask for what is no number', async () => {
    const { service, personal } = make();
    expect(await service.identify(me, '+49171123456')).toBeNull();
    personal.asked.length = 0;
    expect(await service.identify(me, 'anonymous')).toBeNull();
    expect(personal.asked).toEqual([]);
  });

  it('asks no further directory once the caller is known', async () => {
    const { service, internal } = make();
    await service.identify(me, '331');
    expect(internal.asked).toEqual([]);
  });
});

describe('look-up by address and number', () => {
  it('answers in the order of the keys with the best entry of each', async () => {
    const found = await make().service.lookUp(me, {
      emails: ['nobody@example.com', 'SOREN@example.com', ' anna@example.com ', ''],
      numbers: ['089 21610', 'abc', '331', '0049 (0)171 1234567', '110'],
    });
    const names = (items: readonly (DirectoryItem | null)[]) => items.map((found) => found?.displayName ?? null);
    expect(names(found.emails)).toEqual([null, 'Søren Berg', 'Anna Müller', null]);
    expect(names(found.numbers)).toEqual(['Taxi Berg', null, 'Boss', 'Søren Berg', null]);
  });

  it('asks nobody when there are no keys', async () => {
    const { service, personal, internal, system } = make();
    expect(await service.lookUp(me, { emails: [], numbers: [] })).toEqual({ emails: [], numbers: [] });
    expect([...personal.asked, ...internal.asked, ...system.asked]).toEqual([]);
  });
});

describe('routes of the directory', () => {
  const caller: Caller = {
    user: { id: 'anna', userName: '330', displayName: 'Anna Müller', role: 'user' },
    siteId: 'munich',
    sessionId: 'session',
  };
  const context: RequestContext = {
    caller,
    correlationId: 'c',
    signal: new AbortController().signal,
    clientAddress: '127.0.0.1',
    cookie: () => undefined,
    header: () => undefined,
    setHeader: () => undefined,
  };

  async function call(route: unknown, input: object): Promise<unknown> {
    const bound = directoryRoutes(make().service).find((candidate) => candidate.route === route);
    // The binding hides the types of input and context; here they are known from the route.
    return (await bound?.handle(input as never, context as never)) ?? null;
  }

  it('search as the caller, twenty of each where no limit is named', async () => {
    expect(await call(searchDirectory, { query: {} })).toMatchObject({
      personal: { count: 2 },
      internal: { count: 3 },
    });
    expect(await call(searchDirectory, { query: { q: '', limit: 1 } })).toMatchObject({
      personal: { count: 2, items: [{ displayName: 'Boss' }] },
    });
  });

  it('look up', async () => {
    expect(await call(lookUpDirectory, { body: { emails: [], numbers: ['332'] } })).toMatchObject({
      numbers: [{ displayName: 'Double' }],
    });
  });

  it('identify, or answer that nobody has the number without repeating it', async () => {
    expect(await call(identifyCaller, { params: { number: '331' } })).toMatchObject({ displayName: 'Boss' });
    await expect(call(identifyCaller, { params: { number: '+49301234567' } })).rejects.toMatchObject({
      code: 'caller-unknown',
      message: expect.not.stringContaining('1234567') as unknown,
    });
  });
});
