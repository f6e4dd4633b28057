/** The office of the tests: people at real phones on a real Asterisk, and the adapter under test. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createAsteriskTelephoneSystem } from '../../../sync-service/telephone-system/asterisk/asterisk-telephone-system';
import type { TelephoneSystem } from '../../../sync-service/telephone-system/telephone-system';
import { evilName } from '../../contract/telephone-system';
import type { RigPhone } from '../../contract/telephone-system';
import { outsidePhone, startPbx, testPhones } from './pbx';
import type { Pbx } from './pbx';

const names: Readonly<Record<string, string>> = { 330: 'Anna Acker', 331: 'Bernd Bach', 332: evilName };

/** Waits on what phones and adapter tell; looks every few milliseconds. */
export async function until<T>(what: string, check: () => T | undefined | false, milliseconds = 10_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`did not happen: ${what}`);
    await sleep(5);
  }
}

/** An adapter for the telephone system; not started. */
export function makeAdapter(pbx: Pbx, settings: Readonly<Record<string, unknown>> = {}): TelephoneSystem {
  return createAsteriskTelephoneSystem(
    {
      kind: 'asterisk',
      port: pbx.line.port,
      user: 'mycontacts',
      secret: { env: 'PBX_SECRET' },
      phonesAutoAnswer: true,
      voiceBoxes: true,
      celFile: pbx.celFile,
      ownPhoneRingSeconds: 5,
      ...settings,
    },
    { logger: pino({ level: 'silent' }), secrets: () => pbx.secret },
  );
}

const voices = [...testPhones, outsidePhone];

/** A phone and the hands at it. */
export function rigPhone(pbx: Pbx, extension: string): RigPhone & { readonly holdKey: () => Promise<void> } {
  const phone = pbx.phones.get(extension);
  if (phone === undefined) throw new Error(`There is no phone ${extension}.`);
  let holds = false;
  return {
    address: `PJSIP/${extension}`,
    extension,
    displayName: names[extension] ?? extension,
    ringing: () => phone.ringing,
    hears() {
      const heard = phone.inCall ? phone.hears(voices.map(({ hertz }) => hertz)) : [];
      return voices.filter(({ hertz }) => heard.includes(hertz)).map((voice) => voice.extension);
    },
    lift: () => phone.command('accept'),
    layDown: () => phone.command('hangup'),
    // The clear key of a phone that rings: 486.
    refuse: () => phone.command('hangup'),
    dial: (digits) => phone.command('dial', `sip:${digits}@127.0.0.1:5060`),
    // Its recording ends there: after that only the others tell who is heard.
    holdKey() {
      holds = !holds;
      return phone.command(holds ? 'hold' : 'resume');
    },
  };
}

/** The phones that the service watches. */
export const officePhones = (pbx: Pbx): [RigPhone, RigPhone, RigPhone] => [
  rigPhone(pbx, '330'),
  rigPhone(pbx, '331'),
  rigPhone(pbx, '332'),
];

/**
 * How many channels Asterisk has. Where a party is held and taken back within a few milliseconds, Asterisk 22 may keep the
 * stand-in that it made for `Bridge()` for ever: a channel without a call, which nobody can end.
 */
export async function channelsLeft(pbx: Pbx): Promise<number> {
  const channels = await pbx.console('core show channels concise');
  return channels.split('\n').filter((line) => line.includes('!') && !line.startsWith('Surrogate/')).length;
}

/** Lets every phone be idle and every channel gone. */
export async function silence(pbx: Pbx): Promise<void> {
  for (let tries = 0; ; tries++) {
    for (const phone of pbx.phones.values()) await phone.command('hangupall', 'dir=all');
    await pbx.console('channel request hangup all');
    await sleep(20 * tries);
    const idle = [...pbx.phones.values()].every((phone) => !phone.inCall && phone.ringing === undefined);
    if (idle && (await channelsLeft(pbx)) === 0) return;
    if (tries > 50) throw new Error(`Channels are left:\n${await pbx.console('core show channels verbose')}`);
  }
}

/** Nothing is published any more, as in a new office. */
export async function forgetPublished(pbx: Pbx): Promise<void> {
  await pbx.console('database deltree uc');
}

export interface PbxKeeper {
  /** The running one; started, or started anew, when phones shall take another number of calls. */
  get(callsPerPhone: number): Promise<Pbx>;
  stop(): Promise<void>;
}

/** Keeps one telephone system for many tests. */
export function createPbxKeeper(): PbxKeeper {
  let running: { readonly pbx: Pbx; readonly callsPerPhone: number } | undefined;
  const stop = async (): Promise<void> => {
    await running?.pbx.stop();
    running = undefined;
  };
  return {
    async get(callsPerPhone) {
      if (running?.callsPerPhone !== callsPerPhone) {
        await stop();
        running = { pbx: await startPbx({ callsPerPhone }), callsPerPhone };
      }
      return running.pbx;
    },
    stop,
  };
}
