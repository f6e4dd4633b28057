/** Laws of the simulated exchange, held whatever people and the service do to it, and whenever. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callAbilities } from '../../../shared/call';
import type { CallAbility } from '../../../shared/call';
import { createSimulatedTelephoneSystem } from '../../../sync-service/telephone-system/simulated/simulated-telephone-system';
import { TelephoneSystemError } from '../../../sync-service/telephone-system/telephone-system';
import type { Connection } from '../../../sync-service/telephone-system/telephone-system';
import { createVirtualTimers } from '../../contract/telephone-system-virtual-timers';

const extensions = ['330', '331', '332', '333'] as const;
const numbers = [...extensions, '360', '399', '0089123456', '0089199990', '0089199991'];
const extension = fc.constantFrom(...extensions);
const number = fc.constantFrom(...numbers);
const pick = fc.nat(7);

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('lift' as const), at: extension }) },
  fc.record({ do: fc.constant('layDown' as const), at: extension }),
  fc.record({ do: fc.constant('holdKey' as const), at: extension }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dialByHand' as const), at: extension, number }) },
  fc.record({ do: fc.constant('callIn' as const), number }),
  fc.record({ do: fc.constant('outsideHangsUp' as const) }),
  fc.record({ do: fc.constant('dial' as const), at: extension, number }),
  fc.record({ do: fc.constant('pickUp' as const), at: extension, side: pick }),
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      ability: fc.constantFrom(...callAbilities),
      side: pick,
      target: pick,
      number,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(20, 400, 5000, 31_000) }) },
  fc.record({ do: fc.constant('wait' as const), ms: fc.constant(121_000) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function play(steps: readonly Step[], secondCalls: boolean): Promise<void> {
  const timers = createVirtualTimers();
  const system = createSimulatedTelephoneSystem(
    {
      kind: 'simulated',
      callWaiting: secondCalls,
      groups: [{ extension: '360', displayName: 'Sales', members: ['331', '332', '333'] }],
      forwarding: { '333': { noAnswer: { to: '330', afterMs: 10_000 }, busy: 'voicemail' } },
    },
    { timers },
  );
  const known = new Map<string, Connection>();
  const ended = new Set<string>();
  const calledIn: string[] = [];
  let requests = 0;
  system.subscribe((event) => {
    if (event.type !== 'connection') return;
    const { connection } = event;
    expect(ended.has(connection.id), 'nothing is told after the end').toBe(false);
    if (connection.state === 'ended') {
      ended.add(connection.id);
      known.delete(connection.id);
      expect(connection.abilities).toEqual([]);
      expect(connection.reason).toBeDefined();
    } else known.set(connection.id, connection);
    if (connection.purpose === 'pick-up' && connection.connectedAt === undefined) expect(connection.party).toEqual({});
  });
  system.start(extensions.map((each) => ({ address: `phone/${each}`, extension: each, displayName: `User ${each}` })));
  await timers.advance(1);

  const command = (
    ability: CallAbility,
    id: string,
    target: string | undefined,
    dialString: string,
  ): Promise<unknown> => {
    const requestId = `request-${++requests}`;
    const commands: Record<CallAbility, () => Promise<unknown>> = {
      answer: () => system.answer(id),
      'hang-up': () => system.hangUp(id),
      hold: () => system.hold(id),
      resume: () => system.resume(id),
      consult: () => system.consult({ connectionId: id, dialString, requestId }),
      alternate: () => system.alternate(id),
      transfer: () => system.transfer(id, target === undefined ? { dialString } : { connectionId: target }),
      conference: () => system.conference(id),
      deflect: () => system.deflect(id, { dialString }),
      'deflect-to-voicemail': () => system.deflect(id, { voicemail: true }),
    };
    return commands[ability]();
  };

  async function act(now: Step): Promise<void> {
    const sides = system.connections();
    const nth = (index: number): Connection | undefined => sides[index % Math.max(1, sides.length)];
    switch (now.do) {
      case 'lift':
        system.phones.lift(`phone/${now.at}`);
        return;
      case 'layDown':
        system.phones.layDown(`phone/${now.at}`);
        return;
      case 'holdKey':
        system.phones.holdKey(`phone/${now.at}`);
        return;
      case 'dialByHand':
        system.phones.dial(`phone/${now.at}`, now.number);
        return;
      case 'callIn':
        calledIn.push(system.phones.callIn('089777777', now.number) ?? '');
        return;
      case 'outsideHangsUp':
        system.phones.outsideHangsUp(calledIn.at(-1) ?? '');
        return;
      case 'wait':
        await timers.advance(now.ms);
        return;
      case 'dial':
      case 'pickUp': {
        const requestId = `request-${++requests}`;
        const device = `phone/${now.at}`;
        const done =
          now.do === 'dial'
            ? system.dial({ device, dialString: now.number, requestId })
            : system.pickUp({ device, connectionId: nth(now.side)?.id ?? 'nothing', requestId });
        await done.catch((error: unknown) => expect(error).toBeInstanceOf(TelephoneSystemError));
        return;
      }
      case 'command': {
        const side = nth(now.side);
        if (side === undefined) return;
        // Half of the transfers go to another call, most often one that makes no sense.
        const target = now.target < 4 ? sides[now.target]?.id : undefined;
        const before = JSON.stringify(sides);
        const failure: unknown = await command(now.ability, side.id, target, now.number).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure === undefined) expect(side.abilities, `${now.ability} was possible`).toContain(now.ability);
        else {
          expect(failure).toBeInstanceOf(TelephoneSystemError);
          expect(JSON.stringify(system.connections()), 'what is refused changes nothing').toBe(before);
        }
      }
    }
  }

  function check(): void {
    const sides = system.connections();
    // What was told is what is.
    expect([...known.values()].sort(byId)).toEqual([...sides].sort(byId));
    for (const side of sides) {
      const own = sides.filter(({ device }) => device === side.device);
      expect(own.length).toBeLessThanOrEqual(2);
      const active = own.filter(({ state, heldBy }) => state !== 'alerting' && heldBy !== 'me');
      expect(active.length, 'speaks with one at a time').toBeLessThanOrEqual(1);
      if (side.related !== undefined) {
        const related = own.find(({ id }) => id === side.related);
        expect(related?.related, 'related to each other').toBe(side.id);
      }
      expect(side.heldBy !== undefined).toBe(side.state === 'held');
      if (side.state === 'connected') {
        const { hears } = system.phones.state(side.device) ?? { hears: [] };
        expect(hears.length, 'nobody is connected with nobody').toBeGreaterThan(0);
        for (const extensionHeard of hears) {
          // Whoever is heard hears back, as long as it is a phone of the office that is no voice box.
          const heard = sides.find(
            ({ device, callId }) => device === `phone/${extensionHeard}` && callId === side.callId,
          );
          if (heard !== undefined && heard.state !== 'alerting') expect(heard.state).toBe('connected');
        }
      }
    }
  }

  for (const now of steps) {
    await act(now);
    check();
  }
  for (let rounds = 0; rounds < 20 && system.connections().length > 0; rounds += 1) {
    for (const each of extensions) system.phones.layDown(`phone/${each}`);
    check();
    await timers.advance(40_000);
  }
  await timers.advance(300_000);
  expect(system.connections()).toEqual([]);
  for (const each of extensions) expect(system.phones.state(`phone/${each}`)?.activity).toBe('idle');
  expect(timers.pending(), 'no timer is left').toBe(0);
  const { records } = await system.callRecords(undefined, 10_000);
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  for (const { startedAt, connectedAt, endedAt, result } of records) {
    expect(endedAt).toBeGreaterThanOrEqual(connectedAt ?? startedAt);
    expect(result === 'answered').toBe(connectedAt !== undefined);
  }
  await system.stop();
}

const byId = (a: Connection, b: Connection): number => a.id.localeCompare(b.id);

it('holds its laws in every history of hands, commands and time', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), fc.boolean(), play), {
    numRuns: Number(process.env.HISTORIES ?? 150),
  });
}, 60_000);
