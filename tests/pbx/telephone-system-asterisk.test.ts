/** The contract of the telephone system port on a real Asterisk with real SIP phones. Root once, to build the system. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAsteriskTelephoneSystem } from '../../sync-service/telephone-system/asterisk/asterisk-telephone-system';
import type { Connection, TelephoneSystem } from '../../sync-service/telephone-system/telephone-system';
import { evilName, telephoneSystemContract } from '../contract/telephone-system';
import type { RigPhone, TelephoneRig } from '../contract/telephone-system';
import { startPbx, testPhones } from './rig/pbx';
import type { Pbx } from './rig/pbx';

const names: Readonly<Record<string, string>> = { 330: 'Anna Acker', 331: 'Bernd Bach', 332: evilName };
let pbx: Pbx;

/** Waits on what phones and adapter tell; looks every few milliseconds. */
async function until<T>(what: string, check: () => T | undefined | false): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`did not happen: ${what}`);
    await sleep(5);
  }
}

function makeAdapter(): TelephoneSystem {
  return createAsteriskTelephoneSystem(
    {
      kind: 'asterisk',
      port: pbx.line.port,
      user: 'mycontacts',
      secret: { env: 'PBX_SECRET' },
      phonesAutoAnswer: true,
      ownPhoneRingSeconds: 5,
    },
    { logger: pino({ level: 'silent' }), secrets: () => pbx.secret },
  );
}

function rigPhone(extension: string): RigPhone {
  const phone = pbx.phones.get(extension);
  if (phone === undefined) throw new Error(`There is no phone ${extension}.`);
  return {
    address: `PJSIP/${extension}`,
    extension,
    displayName: names[extension] ?? extension,
    ringing: () => phone.ringing,
    lift: () => phone.command('accept'),
    layDown: () => phone.command('hangup'),
    // The clear key of a phone that rings: 486.
    refuse: () => phone.command('hangup'),
    dial: (digits) => phone.command('dial', `sip:${digits}@127.0.0.1:5060`),
  };
}

/** Lets every phone be idle and every channel gone. */
async function silence(): Promise<void> {
  for (const phone of pbx.phones.values()) await phone.command('hangupall', 'dir=all');
  await pbx.console('channel request hangup all');
  await until('all phones idle', () => [...pbx.phones.values()].every((phone) => !phone.inCall && !phone.ringing));
  for (let rest = '1'; rest !== '0';) {
    rest = /(\d+) active channels?/.exec(await pbx.console('core show channels count'))?.[1] ?? '0';
  }
}

function makeRig(): Promise<TelephoneRig> {
  const system = makeAdapter();
  return Promise.resolve({
    system,
    phones: [rigPhone('330'), rigPhone('331'), rigPhone('332')],
    unknownNumber: '399',
    until,
    quietTime: () => sleep(600),
    cutLink() {
      pbx.line.cut();
      return Promise.resolve();
    },
    restoreLink() {
      pbx.line.restore();
      return Promise.resolve();
    },
    async close() {
      pbx.line.restore();
      await silence();
      await system.stop();
    },
  });
}

telephoneSystemContract('Asterisk', makeRig, {
  prepare: async () => {
    pbx = await startPbx();
  },
  finish: () => pbx.stop(),
});

describe('Asterisk with real phones', () => {
  let system: TelephoneSystem;
  let told: Connection[];
  const [anna, bernd, carla] = testPhones;
  const hertz = testPhones.map((phone) => phone.hertz);

  beforeAll(async () => {
    pbx = await startPbx();
  });
  afterAll(async () => {
    await system.stop();
    await pbx.stop();
  });
  const start = async (): Promise<void> => {
    told = [];
    system = makeAdapter();
    system.subscribe((event) => event.type === 'connection' && told.push(event.connection));
    system.start(testPhones.map(({ extension }) => ({ ...rigPhone(extension) })));
    await until('link up', () => system.link === 'up');
  };
  const phone = (extension: string): RigPhone => rigPhone(extension);
  const lastOf = (extension: string): Connection | undefined =>
    told.filter(({ device }) => device === `PJSIP/${extension}`).at(-1);
  const talk = async (requestId: string): Promise<Connection> => {
    const own = await system.dial({ device: 'PJSIP/330', dialString: '331', requestId });
    await until('330 rings', () => phone('330').ringing());
    await phone('330').lift();
    await until('331 rings', () => phone('331').ringing());
    await phone('331').lift();
    await until('connected', () => lastOf('330')?.state === 'connected');
    return own;
  };

  it('connects the two who talk, and nobody else hears them', async () => {
    await start();
    const own = await talk('request-hear');
    const hears = (extension: string): number[] => pbx.phones.get(extension)?.hears(hertz) ?? [];
    await until('each hears the other', () => {
      return hears('330').join() === String(bernd.hertz) && hears('331').join() === String(anna.hertz);
    });
    expect(pbx.phones.get(carla.extension)?.inCall).toBe(false);
    await system.hangUp(own.id);
    await until('330 idle', () => lastOf('330')?.state === 'ended');
    await system.stop();
  });

  it('sets no variable out of a name, and the account may do nothing but what it needs', async () => {
    await start();
    await system.dial({ device: 'PJSIP/332', dialString: '330', requestId: 'request-evil' });
    await until('332 rings', () => phone('332').ringing());
    await phone('332').lift();
    await until('330 rings', () => phone('330').ringing());
    const channels = (await pbx.console('core show channels concise')).split('\n').filter((line) => line !== '');
    expect(channels).toHaveLength(2);
    for (const channel of channels) {
      const shown = await pbx.console(`core show channel ${channel.split('!')[0] ?? ''}`);
      expect(shown).not.toMatch(/^\s*(?:UC_EVIL|X)=/m);
    }
    expect(await pbx.console('manager show user mycontacts')).toMatch(/write perm: call,originate\s/);
    await silence();
    await system.stop();
  });

  it('does not dial again when the service was started anew meanwhile', async () => {
    await start();
    const first = await system.dial({ device: 'PJSIP/330', dialString: '331', requestId: 'request-restart' });
    await system.stop();
    await start();
    const again = await system.dial({ device: 'PJSIP/330', dialString: '331', requestId: 'request-restart' });
    expect(again.id).toBe(first.id);
    expect(again).toMatchObject({ state: 'initiated', party: { number: '331' } });
    expect(system.connections()).toHaveLength(1);
    await silence();
    await system.stop();
  });

  it('notices that Asterisk dies, and comes back by itself when it does', async () => {
    await start();
    await talk('request-kill');
    const heard: string[] = [];
    system.subscribe((event) => heard.push(event.type === 'link' ? event.state : event.type));
    await pbx.killAsterisk();
    await until('link down', () => system.link === 'down');
    await expect(
      system.dial({ device: 'PJSIP/330', dialString: '331', requestId: 'request-dead' }),
    ).rejects.toMatchObject({ reason: 'unavailable' });
    await pbx.startAsterisk();
    await until('link up', () => system.link === 'up');
    expect(heard).toEqual(['down', 'snapshot', 'up']);
    expect(system.connections()).toEqual([]);
    await system.stop();
  });
});
