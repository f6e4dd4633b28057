/**
 * Text made to break out, in every field that reaches Asterisk: names of users and contacts, names and numbers of
 * callers, what is dialled, ids. An observer that sees every variable, application and channel is the judge: beyond the
 * call nothing happens.
 */
import * as fc from 'fast-check';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest';
import { field } from '../../sync-service/telephone-system/asterisk/ami-message';
import { TelephoneSystemError } from '../../sync-service/telephone-system/telephone-system';
import type { Connection, TelephoneSystem } from '../../sync-service/telephone-system/telephone-system';
import { anyText } from '../fixtures/any-text';
import { findDebianRoot } from './rig/debian-root';
import { startHostileWorld } from './rig/hostile-world';
import type { HostileWorld } from './rig/hostile-world';
import { makeAdapter, officePhones, until } from './rig/office';
import { startPbx } from './rig/pbx';
import type { Pbx } from './rig/pbx';

/** Written by whatever is run out of a text. */
const mark = '/tmp/uc-hostile';
const fixed = [
  `a\r\nEvent: Hangup\r\nUniqueid: BYSTANDER\r\nCause: 16\r\n\r\nEvent: Shutdown\r\n\r\n`,
  `"\r\n\r\nAction: Originate\r\nChannel: PJSIP/330\r\nApplication: System\r\nData: touch ${mark}\r\n\r\n`,
  'a",UC_EVIL=1,X="b',
  `\${SHELL(touch ${mark})}\${FILE(${mark})}`,
  '${SET(GLOBAL(UC_EVIL)=1)}$[1 + 1]',
  `#{SHELL(touch ${mark})}#[1]`,
  '"] | $["1" = "1',
  `;&@()|^,1)System(touch ${mark})`,
  '\\" \\r\\nEvent: Hangup\\',
  '%22%0D%0AAction%3A Logoff%00${%24{UC_NAME}}',
  '\u202e\u2066Ümläut 王小明 \u2028\u0085 👩‍👩‍👧\ud800',
  'x'.repeat(2000),
  '😀"'.repeat(1000),
];
const signs = ['\r\n', '"', ',', ';', '&', '@', '(', ')', '|', '${', '}', '$[', ']', '\\', '%', '#{', '^', '=', '\0'];
const generated = fc.sample(
  fc
    .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...signs) }, anyText({ maxLength: 6 })), {
      minLength: 3,
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
  { seed: 20_261_123, numRuns: 7 },
);

/** Variables that Asterisk, the office's dialplan and ours set. */
const known =
  /^(?:_{0,2}UC_(?:NUMBER|EXTENSION|NAME|DIALLED|CALLER|CALLER_NAME|HOLDER|SIDE|KEPT|OWNER|PEER|TARGET|NEXT|OTHER|CONSULT|STAY|FROM|FROM_NAME|SEND_TO|SENDS|AT|QUESTION|EXTENSIONS|STATUS|RETURN|TEXT\d|VISIBILITY|CHANGED|BY|FORWARD|TO\d|TARGETS|FORWARD_CHANGED|FORWARD_BY|VALUE|ONE|KEYS|HEAD|IS|LAMP|UNLOCKED)|DB_RESULT|LOCAL\(ARG[C12]\)|ARG[C12]|GOSUB_RETVAL|SIPDOMAIN|WHERE|DIAL\w+|ANSWEREDTIME\w*|RINGTIME\w*|PROGRESSTIME\w*|BRIDGEPEER|BRIDGEPVTCALLID|WAITFORCONDITIONSTATUS|BRIDGERESULT|MACRO_\w+|RTPAUDIOQOS\w*)$/;
const applications =
  /^(?:Set|GotoIf|Goto|Gosub|Return|Dial|AppDial|AppDial2|Wait|WaitForCondition|StartMusicOnHold|StopMusicOnHold|UserEvent|CELGenUserEvent|Bridge|Bridged Call|Answer|Echo|DBdeltree|ExecIf|PlayTones|Busy|Congestion|Hangup|)$/;
const channels = /^(?:PJSIP\/(?:open|332|trunk)|Local\/s@uc-(?:consulted|db-write|db-read|db-remove))-/;

describe('hostile text', () => {
  let pbx: Pbx;
  let world: HostileWorld;
  let system: TelephoneSystem;
  let root: string;
  let shown: string;
  const told: Connection[] = [];
  const links: string[] = [];

  const sideOf = (extension: string, states: readonly Connection['state'][]): Connection | undefined =>
    system.connections().find(({ device, state }) => device === `PJSIP/${extension}` && states.includes(state));
  const reaches = (extension: string, ...states: Connection['state'][]): Promise<Connection> =>
    until(`${extension} is ${states.join(' or ')}`, () => sideOf(extension, states), 20_000);
  const able = (extension: string, ability: Connection['abilities'][number]): Promise<Connection> =>
    until(
      `${extension} can ${ability}`,
      () =>
        system.connections().find(({ device, abilities }) => {
          return device === `PJSIP/${extension}` && abilities.includes(ability);
        }),
      20_000,
    );
  const phone = (extension: string) => {
    const found = pbx.phones.get(extension);
    if (found === undefined) throw new Error(`There is no phone ${extension}.`);
    return found;
  };
  /** Channels besides those of the two who talk all the while. */
  function guests(): string[] {
    const there = new Map<string, string>();
    for (const event of world.seen) {
      const id = field(event, 'Uniqueid') ?? '';
      if (field(event, 'Event') === 'Newchannel') there.set(id, field(event, 'Channel') ?? '');
      if (field(event, 'Event') === 'Hangup') there.delete(id);
    }
    return [...there.values()].filter((name) => !/^PJSIP\/33[01]-/.test(name));
  }
  async function everybodyGone(): Promise<void> {
    for (const one of ['332', 'trunk']) await phone(one).command('hangupall', 'dir=all');
    const side = sideOf('332', ['initiated', 'originated', 'delivered', 'alerting', 'connected', 'held', 'failed']);
    if (side !== undefined) await system.hangUp(side.id).catch(() => undefined);
    for (const name of guests()) await pbx.console(`channel request hangup ${name}`);
    await until('everybody gone', () => guests().length === 0, 20_000);
    await until('332 idle', () => !system.connections().some(({ device }) => device === 'PJSIP/332'), 20_000);
    await until('phones idle', () => ['332', 'trunk'].every((one) => !phone(one).inCall && !phone(one).ringing));
  }
  /** What was seen since, judged. */
  function nothingBeyond(from: number, text: string): void {
    for (const event of world.seen.slice(from)) {
      const type = field(event, 'Event');
      if (type === 'VarSet') expect(field(event, 'Variable'), text).toMatch(known);
      if (type === 'Newexten') expect(field(event, 'Application') ?? '', text).toMatch(applications);
      if (type === 'Newchannel') expect(field(event, 'Channel'), text).toMatch(channels);
      expect(type, text).not.toBe('Shutdown');
    }
    expect(existsSync(join(root, mark)), text).toBe(false);
    expect(links, text).toEqual(['up']);
    expect(
      ['330', '331'].map((one) => sideOf(one, ['connected'])?.state),
      text,
    ).toEqual(['connected', 'connected']);
    expect(phone('330').inCall && phone('331').inCall, text).toBe(true);
  }

  async function open(): Promise<void> {
    root = await findDebianRoot();
    pbx = await startPbx();
    // What could be run out of a text is there to be run.
    for (const name of ['app_system', 'func_shell', 'func_env', 'func_global']) {
      await pbx.console(`module load ${name}.so`);
    }
    world = await startHostileWorld(pbx);
    system = makeAdapter(pbx, { phonesAutoAnswer: false });
    system.subscribe((event) => {
      if (event.type === 'connection') told.push(event.connection);
      if (event.type === 'link') links.push(event.state);
    });
    system.start(officePhones(pbx), { nameOf: () => Promise.resolve(shown) });
    shown = 'Nobody';
    await until('link up', () => system.link === 'up');
    await system.dial({ device: 'PJSIP/330', dialString: '331', requestId: 'bystander' });
    await until('330 rings', () => phone('330').ringing);
    await phone('330').command('accept');
    await until('331 rings', () => phone('331').ringing);
    await phone('331').command('accept');
    await reaches('330', 'connected');
    await reaches('331', 'connected');
  }
  async function close(): Promise<void> {
    world.close();
    await system.stop();
    await pbx.stop();
  }
  beforeAll(open);
  afterAll(close);
  // Asterisk can stand still with a channel that nobody can end; what comes after a failure is tried on a new one.
  let failed = false;
  beforeEach(async () => {
    onTestFailed(() => {
      failed = true;
    });
    if (!failed) return;
    failed = false;
    await close();
    told.length = 0;
    links.length = 0;
    await open();
  });

  function watch(displayName: string): void {
    const [anna, bernd, carla] = officePhones(pbx);
    const digits = displayName.replace(/[0-9*#]/g, '').slice(0, 64);
    system.setDevices([anna, bernd, { address: carla.address, extension: `332${digits}`, displayName }]);
  }
  const asSip = (text: string) => ({
    // Between quotation marks and as bytes; a line end would begin a header of the caller's own.
    name: Buffer.from(text.replace(/\p{Cc}/gu, ' ').replace(/["\\]/g, '\\$&')).toString('latin1'),
    number: [...Buffer.from(text)]
      .slice(0, 100)
      .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
      .join(''),
  });

  it.each([...fixed, ...generated].map((text, at) => [at, text] as const))(
    'does nothing beyond the call (text %i)',
    async (at, raw) => {
      const text = raw.replaceAll('BYSTANDER', sideOf('330', ['connected'])?.id ?? '');
      const from = world.seen.length;
      const toldBefore = told.length;
      shown = text;
      watch(text);
      await world.call({ to: '332', name: asSip(text).name });
      await until('332 rings', () => phone('332').ringing, 20_000);
      const ringing = await reaches('332', 'alerting');
      expect(ringing.party.name ?? '').not.toMatch(/\p{Cc}/u);
      await phone('332').command('accept');
      const { id } = await able('332', 'hold');
      if (at % 2 === 0) {
        await system.hold(id);
        await reaches('332', 'held');
        const held = await able('332', 'resume');
        await system.resume(held.id);
        await able('332', 'transfer');
        await system.transfer(id, { dialString: '0123' });
      } else {
        await system.consult({ connectionId: id, dialString: '0123', requestId: text });
      }
      await until('the world rings', () => phone('trunk').ringing, 20_000);
      await everybodyGone();
      nothingBeyond(from, text);
      const others = told.slice(toldBefore).filter(({ device }) => device !== 'PJSIP/332');
      expect(others, 'nothing is told of anybody else').toEqual([]);
    },
  );

  // The phones of these tests break off at such a number: it is the echo that is called.
  it('tells nothing by line ends in the number of a caller', async () => {
    const bystander = sideOf('330', ['connected'])?.id ?? '';
    const from = world.seen.length;
    const toldBefore = told.length;
    const lines = [
      `1\r\nEvent: Hangup\r\nUniqueid: ${bystander}\r\n`,
      `1\r\n\r\nEvent:Hangup\r\nUniqueid:${bystander}\r\n\r\n`,
      '1\n\nResponse: Error\nActionID: 1\n\n',
      ...fixed,
    ];
    for (const text of lines) {
      await world.call({ to: '*43', ...asSip(text) });
      await until('the echo answers', () => guests().length === 1, 20_000);
      await until('link asks again', () => system.link === 'up');
      await system.reaches('331');
      await everybodyGone();
      nothingBeyond(from, text);
    }
    expect(told.slice(toldBefore)).toEqual([]);
  });

  it('shows a name as it is to whoever is dialled, without what no display shows', async () => {
    const name = '"a",UC_EVIL=1 ${SHELL(id)} $[1] \\ #{X} (Ü) 王';
    watch(`${name}\r\nEvent: x`);
    const from = world.seen.length;
    const dial = system.dial({ device: 'PJSIP/332', dialString: '0123', requestId: '"\r\n${X}' });
    await until('332 rings', () => phone('332').ringing, 20_000);
    await phone('332').command('accept');
    await dial;
    await until('the world rings', () => phone('trunk').ringing, 20_000);
    expect(phone('trunk').ringing?.name).toBe(`${name}  Event: x`);
    await everybodyGone();
    nothingBeyond(from, name);
  });

  const keysOf = async (): Promise<string[]> =>
    (await pbx.console('database show')).split('\n').flatMap((line) => /^\/(\S*)/.exec(line)?.[1] ?? []);

  it('is kept as it is where it is the text of a presence', async () => {
    const from = world.seen.length;
    let changedAt = 0;
    for (const raw of [...fixed, ...generated]) {
      const clean = raw.replace(/[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, '');
      const text = [...clean].slice(0, 150).join('');
      if (text === '') continue;
      changedAt += 1;
      const presence = {
        status: 'home',
        visibility: 'internal-and-external',
        text,
        changedAt,
        changedBy: 'user',
      } as const;
      expect(await system.publish({ extension: '332', owner: 'carla', presence })).toMatchObject({ presence });
    }
    await system.withdraw('332');
    await until('everybody gone', () => guests().length === 0, 20_000);
    nothingBeyond(from, 'published');
  });

  it('writes no other key and runs nothing where somebody with the secret publishes it', async () => {
    const from = world.seen.length;
    const before = await keysOf();
    let asked = 0;
    for (const raw of [...fixed, ...generated, '331/../x', '331)}${DB(a/b)', '0) | (1']) {
      // A comma would begin a variable of its own already at the manager.
      const text = raw.replace(/[\p{Cc},]/gu, '').slice(0, 400);
      const fields = ['AT', 'OWNER', 'STATUS', 'RETURN', 'TEXT1', 'VISIBILITY', 'CHANGED', 'BY', 'QUESTION'];
      const more = [`UC_FORWARD=1`, `UC_TO1=${text}`, `UC_TO8=331`, `UC_FORWARD_CHANGED=${text}`];
      for (const context of ['uc-db-write', 'uc-db-read', 'uc-db-remove']) {
        const variables = fields.map((name) => `UC_${name}=${text}`);
        // Once as it is, and once under an extension and a status that are right.
        for (const right of [[], ['UC_AT=332', 'UC_OWNER=carla', 'UC_STATUS=home']]) {
          asked += 1;
          await world.action('Originate', {
            Channel: `Local/s@${context}/n`,
            Application: 'Wait',
            Data: '1',
            Async: 'true',
            Variable: [...variables, ...more, `UC_EXTENSIONS=${text}/332`, ...right],
          });
        }
      }
    }
    // Each is carried out some time after it was accepted.
    const done = (): number =>
      world.seen.slice(from).filter((event) => field(event, 'Event') === 'OriginateResponse').length;
    await until('everything carried out', () => done() === asked, 20_000);
    await until('everybody gone', () => guests().length === 0, 20_000);
    nothingBeyond(from, 'published by somebody else');
    const written = (await keysOf()).filter((key) => !before.includes(key));
    for (const key of written) {
      expect(key).toMatch(
        /^(?:uc\/[0-9*#]+\/(?:owner|status|return|text|visibility|changed|by|forward\/(?:office|home)|forward-changed|forward-by)|Custom(?:Devstate|Presence)\/uc-[0-9*#]+|uc-forward\/asked)$/,
      );
    }
    await pbx.console('database deltree uc');
  });

  it('leaves nothing but digits of what is dialled after a star code', async () => {
    const [, , { extension }] = officePhones(pbx);
    await system.publish({ extension, owner: 'carla' });
    const dialled: readonly (readonly [string, string | undefined])[] = [
      ['*72331%26PJSIP%2F332', undefined],
      ['*721%24%7BSHELL(id)%7D', undefined],
      ['*7299999999', undefined],
      ['*72331%40trunk', '331'],
    ];
    for (const [to, dialString] of dialled) {
      const from = world.seen.length;
      await world.call({ to, number: extension });
      await until('the caller is gone', () =>
        world.seen.slice(from).some((event) => {
          return field(event, 'Event') === 'Hangup' && field(event, 'Channel')?.startsWith('PJSIP/open') === true;
        }),
      );
      nothingBeyond(from, to);
      const [state] = await system.published([extension]);
      expect(state?.forwarding?.targets, to).toEqual(dialString === undefined ? undefined : { office: { dialString } });
    }
    await system.withdraw(extension);
  });

  it('is refused as a number, an id or a device before anything happens', async () => {
    watch('Carla');
    await until('everybody gone', () => guests().length === 0, 20_000);
    const from = world.seen.length;
    const [bystander] = system.connections();
    const connectionId = bystander?.id ?? '';
    for (const text of [...fixed, ...generated, '331\r\n', '331&PJSIP/332', '', '1'.repeat(65)]) {
      const attempts: readonly (readonly [string, Promise<unknown>])[] = [
        ['refused', system.dial({ device: 'PJSIP/332', dialString: text, requestId: `dial ${text}` })],
        ['unknown-device', system.dial({ device: text, dialString: '331', requestId: `device ${text}` })],
        ['refused', system.consult({ connectionId, dialString: text, requestId: `consult ${text}` })],
        ['refused', system.transfer(connectionId, { dialString: text })],
        ['unknown-connection', system.transfer(connectionId, { connectionId: text })],
        ['refused', system.deflect(connectionId, { dialString: text })],
        ['unknown-connection', system.hold(text)],
        ['unknown-connection', system.hangUp(text)],
        ['taken', system.pickUp({ device: 'PJSIP/332', connectionId: text, requestId: `pick up ${text}` })],
      ];
      for (const [reason, attempt] of attempts) {
        const error: unknown = await attempt.then(
          () => 'done',
          (thrown: unknown) => thrown,
        );
        expect(error, JSON.stringify(text)).toBeInstanceOf(TelephoneSystemError);
        expect(error, JSON.stringify(text)).toMatchObject({ reason });
      }
      expect(await system.reaches(text)).toBe(false);
    }
    const [anna, bernd] = officePhones(pbx);
    for (const address of [
      'PJSIP/331&PJSIP/332',
      'Local/331@office',
      'PJSIP/0900@trunk',
      'PJSIP/332\r\nExten: 1',
      'x',
    ]) {
      system.setDevices([anna, bernd, { address, extension: '332', displayName: 'Carla' }]);
      await expect(system.dial({ device: address, dialString: '331', requestId: address })).rejects.toMatchObject({
        reason: 'unknown-device',
      });
    }
    nothingBeyond(from, 'refused');
    expect(guests()).toEqual([]);
  });
});
