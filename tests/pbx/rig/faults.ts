/**
 * The service dies in each state of each function, and another one takes its place: bodies of tests, run once in
 * `tests/pbx` and many times in `tests/soak`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Connection, TelephoneSystem } from '../../../sync-service/telephone-system/telephone-system';
import { consulted, consulting, hear, holding, newRequest, ringing, sideAt, talking } from './functions';
import type { Office } from './functions';
import { channelsLeft, makeAdapter, officePhones, silence, until } from './office';
import type { Pbx } from './pbx';

/** A state, and what the phones hear of each other in it. */
interface KillCase {
  readonly name: string;
  readonly enter: (office: Office) => Promise<unknown>;
  /** Who hears whom, before and after. */
  readonly hears: (office: Office) => Promise<void>;
}

const bothTalk = ({ anna, bernd }: Office): Promise<void> => hear([anna, bernd], [bernd, anna]);
const nobodyHears = ({ anna, bernd }: Office): Promise<void> => hear([anna], [bernd]);
const annaAndCarla = ({ anna, bernd, carla }: Office): Promise<void> => hear([anna, carla], [carla, anna], [bernd]);
const berndAndCarla = ({ anna, bernd, carla }: Office): Promise<void> => hear([anna], [bernd, carla], [carla, bernd]);
const allThree = ({ anna, bernd, carla }: Office): Promise<void> =>
  hear([anna, bernd, carla], [bernd, anna, carla], [carla, anna, bernd]);

export const killCases: readonly KillCase[] = [
  { name: 'a phone rings', enter: ringing, hears: nobodyHears },
  { name: 'two talk', enter: talking, hears: bothTalk },
  { name: 'one is held', enter: holding, hears: nobodyHears },
  { name: 'a consultation rings', enter: consulting, hears: nobodyHears },
  { name: 'a consultation talks', enter: consulted, hears: annaAndCarla },
  {
    name: 'somebody resumed',
    async enter(office) {
      const { id } = await holding(office);
      await office.system.resume(id);
      await bothTalk(office);
    },
    hears: bothTalk,
  },
  {
    name: 'somebody alternated',
    async enter(office) {
      const { held } = await consulted(office);
      await office.system.alternate(held.id);
      await hear([office.anna, office.bernd], [office.carla]);
    },
    hears: ({ anna, bernd, carla }) => hear([anna, bernd], [bernd, anna], [carla]),
  },
  {
    name: 'somebody transferred',
    async enter(office) {
      const { held, second } = await consulted(office);
      await office.system.transfer(held.id, { connectionId: second.id });
      await berndAndCarla(office);
    },
    hears: berndAndCarla,
  },
  {
    name: 'a transferred call still rings',
    async enter(office) {
      const { held, second } = await consulting(office);
      await office.system.transfer(held.id, { connectionId: second.id });
      await until('330 idle', () => !office.system.connections().some(({ device }) => device === office.anna.address));
    },
    hears: nobodyHears,
  },
  {
    name: 'all three talk',
    async enter(office) {
      const { second } = await consulted(office);
      await office.system.conference(second.id);
      await allThree(office);
    },
    hears: allThree,
  },
  {
    name: 'a call is deflected',
    async enter(office) {
      const { id } = await ringing(office);
      await office.system.deflect(id, { dialString: office.carla.extension });
      await until('332 rings', () => office.carla.ringing());
    },
    hears: nobodyHears,
  },
  {
    name: 'a call is fetched',
    async enter({ system, ...phones }) {
      const { id } = await ringing({ system, ...phones });
      await system.pickUp({ device: phones.carla.address, connectionId: id, requestId: newRequest() });
      await hear([phones.anna, phones.carla], [phones.carla, phones.anna]);
    },
    hears: ({ anna, bernd, carla }) => hear([anna, carla], [carla, anna], [bernd]),
  },
];

/** What a snapshot has to say of a side; times and names are what they were as well. */
const gist = ({ id, device, state, heldBy, related, party, others }: Connection): object => ({
  id,
  device,
  state,
  heldBy,
  related,
  number: party.number,
  others: others?.map(({ number }) => number),
});
const gistOf = (system: TelephoneSystem): object[] =>
  [...system.connections()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(gist);

async function startAdapter(pbx: Pbx): Promise<Office> {
  const system = makeAdapter(pbx);
  const [anna, bernd, carla] = officePhones(pbx);
  system.start([anna, bernd, carla]);
  await until('link up', () => system.link === 'up');
  return { system, anna, bernd, carla };
}

/** No channel is left 10 s after the last phone was laid down. */
export async function nothingIsLeft(pbx: Pbx): Promise<void> {
  for (const phone of pbx.phones.values()) await phone.command('hangupall', 'dir=all');
  const end = Date.now() + 10_000;
  // Whoever was held calls back; the phone is laid down again.
  while ((await channelsLeft(pbx)) > 0) {
    if (Date.now() > end) throw new Error(`Left behind:\n${await pbx.console('core show channels verbose')}`);
    for (const phone of pbx.phones.values()) await phone.command('hangupall', 'dir=all');
    await sleep(100);
  }
}

/** The service dies in the state; the call goes on, and a new service tells it as the old one did. */
export async function killInState(pbx: Pbx, { enter, hears }: KillCase): Promise<void> {
  const office = await startAdapter(pbx);
  try {
    await enter(office);
    await sleep(100);
    const before = gistOf(office.system);
    const channels = await channelsLeft(pbx);
    pbx.line.cut();
    await office.system.stop();
    await hears(office);
    expect(await channelsLeft(pbx)).toBe(channels);
    pbx.line.restore();
    const next = await startAdapter(pbx);
    try {
      expect(gistOf(next.system)).toEqual(before);
      await hears(next);
    } finally {
      await next.system.stop();
    }
    await nothingIsLeft(pbx);
  } finally {
    pbx.line.restore();
    await office.system.stop();
    await silence(pbx);
  }
}

/** A command, and the state in which it is given. */
interface CommandCase {
  readonly name: string;
  readonly give: (office: Office) => Promise<() => Promise<unknown>>;
  /** Who hears whom in the end, when it was taken and when it was not. */
  readonly either: readonly ((office: Office) => Promise<void>)[];
}

export const commandCases: readonly CommandCase[] = [
  {
    name: 'hold',
    async give(office) {
      const { id } = await talking(office);
      return () => office.system.hold(id);
    },
    either: [bothTalk, nobodyHears],
  },
  {
    name: 'resume',
    async give(office) {
      const { id } = await holding(office);
      return () => office.system.resume(id);
    },
    either: [nobodyHears, bothTalk],
  },
  {
    name: 'consult',
    async give(office) {
      const { id } = await talking(office);
      const { extension } = office.carla;
      return () => office.system.consult({ connectionId: id, dialString: extension, requestId: newRequest() });
    },
    either: [bothTalk, nobodyHears],
  },
  {
    name: 'alternate',
    async give(office) {
      const { held } = await consulted(office);
      return () => office.system.alternate(held.id);
    },
    either: [annaAndCarla, ({ anna, bernd, carla }) => hear([anna, bernd], [bernd, anna], [carla])],
  },
  {
    name: 'transfer',
    async give(office) {
      const { held, second } = await consulted(office);
      return () => office.system.transfer(held.id, { connectionId: second.id });
    },
    either: [annaAndCarla, berndAndCarla],
  },
  {
    name: 'conference',
    async give(office) {
      const { second } = await consulted(office);
      return () => office.system.conference(second.id);
    },
    either: [annaAndCarla, allThree],
  },
];

/** The service dies `milliseconds` after it began the command: the call is as before or as the command wants it. */
export async function killInCommand(pbx: Pbx, { give, either }: CommandCase, milliseconds: number): Promise<void> {
  const office = await startAdapter(pbx);
  try {
    const command = await give(office);
    const given = command().catch(() => undefined);
    if (milliseconds > 0) await sleep(milliseconds);
    pbx.line.cut();
    await given;
    await office.system.stop();
    // Whoever is on the way has arrived by then; a lost one would ring by then.
    await sleep(2000);
    await Promise.any(either.map((hears) => hears(office)));
    pbx.line.restore();
    await nothingIsLeft(pbx);
  } finally {
    pbx.line.restore();
    await office.system.stop();
    await silence(pbx);
  }
}

/** Two fetch one call: exactly one has it, and the other is told who. */
export async function pickUpByTwo(pbx: Pbx): Promise<void> {
  const office = await startAdapter(pbx);
  const { system, anna, bernd, carla } = office;
  const outside = pbx.phones.get('trunk');
  const told: Connection[] = [];
  system.subscribe((event) => event.type === 'connection' && told.push(event.connection));
  try {
    await outside?.command('dial', 'sip:331@127.0.0.1:5060');
    const { id: connectionId } = await sideAt(system, bernd, 'alerting');
    const tries = await Promise.allSettled(
      [anna, carla].map((phone) => system.pickUp({ device: phone.address, connectionId, requestId: newRequest() })),
    );
    const ids = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []));
    await until('one has it', () =>
      ids.some((id) => told.some((side) => side.id === id && side.state === 'connected')),
    );
    const last = (id: string): Connection | undefined => told.filter((side) => side.id === id).at(-1);
    await until('the other has not', () => ids.every((id) => /connected|ended/.test(last(id)?.state ?? '')));
    const winners = ids.map(last).filter((side) => side?.state === 'connected');
    const losers = ids.map(last).filter((side) => side?.state === 'ended');
    expect(winners).toHaveLength(1);
    expect(losers).toHaveLength(ids.length - 1);
    const winner = [anna, bernd, carla].find(({ address }) => address === winners[0]?.device);
    for (const loser of losers) {
      expect(loser).toMatchObject({ reason: 'answered-elsewhere', takenBy: { number: winner?.extension } });
      expect(loser?.party).toEqual({});
    }
    for (const refused of tries) {
      if (refused.status === 'rejected') expect(refused.reason).toMatchObject({ reason: 'taken' });
    }
    await until('they hear each other', () => winner?.hears().join() === 'trunk');
    await nothingIsLeft(pbx);
  } finally {
    await system.stop();
    await silence(pbx);
  }
}

/** Asterisk is killed and comes back: what the adapter tells is right within 5 s. */
export async function restartAsterisk(pbx: Pbx): Promise<void> {
  const office = await startAdapter(pbx);
  try {
    await consulted(office);
    await pbx.killAsterisk();
    await until('link down', () => office.system.link === 'down');
    for (const phone of pbx.phones.values()) await phone.command('hangupall', 'dir=all');
    await pbx.startAsterisk();
    const booted = Date.now();
    await until('link up', () => office.system.link === 'up', 5000);
    expect(office.system.connections()).toEqual([]);
    expect(Date.now() - booted).toBeLessThan(5000);
    await pbx.registered();
    await talking(office);
    await nothingIsLeft(pbx);
  } finally {
    await office.system.stop();
    await silence(pbx);
  }
}
