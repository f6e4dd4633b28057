/** The contract of the telephone system port on a real Asterisk with real SIP phones. Root once, to build the system. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection, TelephoneSystem } from '../../sync-service/telephone-system/telephone-system';
import { telephoneSystemContract } from '../contract/telephone-system';
import type { RigPhone, RigWishes, TelephoneRig } from '../contract/telephone-system';
import { createPbxKeeper, forgetPublished, makeAdapter, officePhones, rigPhone, silence, until } from './rig/office';
import { startPbx, testPhones } from './rig/pbx';
import type { Pbx } from './rig/pbx';

const keeper = createPbxKeeper();

async function makeRig({ secondCalls }: RigWishes): Promise<TelephoneRig> {
  const pbx = await keeper.get(secondCalls ? 4 : 1);
  const system = makeAdapter(pbx);
  return {
    system,
    phones: officePhones(pbx),
    mobile: { ...rigPhone(pbx, 'trunk'), dialString: '0017199991' },
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
      try {
        await silence(pbx);
        await forgetPublished(pbx);
      } catch (error) {
        // Asterisk can stand still with a channel that nobody can end; the next test gets a new one.
        await keeper.stop();
        throw error;
      } finally {
        await system.stop();
      }
    },
  };
}

telephoneSystemContract('Asterisk', makeRig, {
  finish: () => keeper.stop(),
  offers: ['second-call', 'voicemail', 'names', 'call-records', 'publishing', 'call-back'],
});

describe('Asterisk with real phones', () => {
  let pbx: Pbx;
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
    system = makeAdapter(pbx);
    system.subscribe((event) => event.type === 'connection' && told.push(event.connection));
    system.start(officePhones(pbx));
    await until('link up', () => system.link === 'up');
  };
  const phone = (extension: string): RigPhone => rigPhone(pbx, extension);
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
    await silence(pbx);
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
    await silence(pbx);
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
