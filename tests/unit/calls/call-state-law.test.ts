/** The state machine under random events: whatever a telephone system says in whatever order, users are told sense. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callSchema, callStates } from '../../../shared/call';
import type { Call } from '../../../shared/call';
import { isTransition } from '../../../sync-service/calls/call-state';
import type { Connection } from '../../../sync-service/telephone-system/telephone-system';
import { anna, bernd, createCallsWorld } from './calls-world';
import { aSide } from './fake-telephone-system';

/** Side and telephone belong together, as in a telephone system; two sides of Anna's are one call at two telephones. */
const places = [
  { id: 'a-1', callId: 'call-1', device: 'phone/330', direction: 'incoming' },
  { id: 'a-2', callId: 'call-1', device: 'phone/330-mobile', direction: 'incoming' },
  { id: 'a-3', callId: 'call-2', device: 'phone/330', direction: 'outgoing' },
  { id: 'b-1', callId: 'call-1', device: 'phone/331', direction: 'outgoing' },
  { id: 'x-1', callId: 'call-3', device: 'phone/nobody', direction: 'incoming' },
] as const;

const side: fc.Arbitrary<Connection> = fc
  .record({
    place: fc.constantFrom(...places),
    state: fc.constantFrom(...callStates),
    number: fc.constantFrom('030123456', '331', 'anonymous', '"\r\n;&@(){}$[]|,'),
    reason: fc.option(fc.constantFrom('normal', 'picked-up', 'answered-elsewhere'), { nil: undefined }),
  })
  .map(({ place, state, number, reason }) =>
    aSide({ ...place, state, party: { number }, ...(state === 'ended' && reason ? { reason } : {}) }),
  );
type Step =
  | { readonly say: Connection }
  | { readonly snapshot: readonly Connection[] }
  | { readonly wait: number }
  | { readonly link: 'up' | 'down' };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: side.map((say) => ({ say })) },
    { weight: 4, arbitrary: fc.constantFrom(1, 20, 60).map((wait) => ({ wait })) },
    {
      weight: 1,
      arbitrary: fc
        .uniqueArray(side, { selector: ({ id }) => id, maxLength: 4 })
        .map((all) => ({ snapshot: all.filter(({ state }) => state !== 'ended') })),
    },
    { weight: 1, arbitrary: fc.constantFrom('up' as const, 'down' as const).map((link) => ({ link })) },
  ),
  { maxLength: 60 },
);

async function run(script: readonly Step[], delay: number) {
  const world = await createCallsWorld();
  world.directory.delay = delay;
  for (const step of script) {
    if ('say' in step) world.fake.say(step.say);
    else if ('snapshot' in step) world.fake.tell({ type: 'snapshot', connections: step.snapshot });
    else if ('link' in step) world.fake.tell({ type: 'link', state: step.link });
    else await world.timers.advance(step.wait);
  }
  await world.timers.advance(1000);
  return world;
}

describe('calls under random events', () => {
  const delays = fc.constantFrom(0, 30, 80);

  it('end once and for good, and are never told twice the same', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        steps.map((all) => all.filter((step) => !('snapshot' in step))),
        delays,
        async (script, delay) => {
          const { callsOf } = await run(script, delay);
          for (const user of [anna, bernd]) {
            const last = new Map<string, Call>();
            for (const call of callsOf(user)) {
              expect(callSchema.parse(call)).toEqual(call);
              const before = last.get(call.id);
              expect(before?.state).not.toBe('ended');
              expect(call).not.toEqual(before);
              last.set(call.id, call);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are told in the order in which they happened', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(side, { maxLength: 40 }), delays, async (all, delay) => {
        // One telephone, one side: what is told is what was said, up to the end and without repetitions.
        const said = all.map((one) => ({ ...one, ...places[3] }));
        const { callsOf } = await run(
          said.flatMap((say, index) => (index % 3 === 0 ? [{ say }, { wait: 10 }] : [{ say }])),
          delay,
        );
        const end = said.findIndex(({ state }) => state === 'ended');
        const expected = (end === 0 ? [] : end < 0 ? said : said.slice(0, end + 1)).map(({ state }) => state);
        const squeeze = (states: readonly string[]) => states.filter((state, index) => state !== states[index - 1]);
        const told = callsOf(bernd).map(({ state }) => state);
        if (end === 0) return;
        expect(squeeze(told)).toEqual(squeeze(expected));
      }),
      { numRuns: 150 },
    );
  });

  it(
    'are what the last snapshot says and the events since, for the user as for a new client',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          steps,
          delays,
          fc.uniqueArray(side, { selector: ({ id }) => id, maxLength: 5 }),
          async (script, delay, all) => {
            const snapshot = all.filter(({ state }) => state !== 'ended');
            const { callsOf, service } = await run([...script, { link: 'down' }, { snapshot }, { link: 'up' }], delay);
            for (const user of [anna, bernd]) {
              const now = service.snapshotOf(user.id).calls;
              const last = new Map(callsOf(user).map((call) => [call.id, call]));
              const believed = [...last.values()].filter(({ state }) => state !== 'ended');
              expect([...believed].sort(byId)).toEqual([...now].sort(byId));
              const mine = snapshot.filter(({ device }) =>
                user === bernd ? device === 'phone/331' : /330/.test(device),
              );
              expect(new Set(now.map(({ callId }) => callId))).toEqual(new Set(mine.map(({ callId }) => callId)));
            }
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  it('go only drawn ways when the telephone system does, and log nothing then', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...callStates), { maxLength: 30 }), async (wishes) => {
        let state: Connection['state'] = 'alerting';
        const said: Connection['state'][] = [state];
        for (const wish of wishes) {
          if (!isTransition(state, wish)) continue;
          state = wish;
          said.push(state);
        }
        const { logged } = await run(
          said.map((each) => ({ say: aSide({ ...places[3], state: each }) })),
          0,
        );
        expect(logged.filter((line) => line.includes('not drawn'))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

const byId = (one: Call, other: Call): number => (one.id < other.id ? -1 : 1);
