/** Presence and forwarding on a real Asterisk: what lamps, watching phones and callers see of it, and that none of it gets lost. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PresenceStatus } from '../../shared/presence';
import { field } from '../../sync-service/telephone-system/asterisk/ami-message';
import type { AmiMessage } from '../../sync-service/telephone-system/asterisk/ami-message';
import { readCelLine } from '../../sync-service/telephone-system/asterisk/cel/cel-event';
import type {
  PublishedPresence,
  PublishedTarget,
  TelephoneSystem,
} from '../../sync-service/telephone-system/telephone-system';
import { openManager } from './rig/hostile-world';
import type { Manager } from './rig/hostile-world';
import { forgetPublished, makeAdapter, officePhones, rigPhone, silence, until } from './rig/office';
import { startPbx } from './rig/pbx';
import type { Pbx } from './rig/pbx';
import { toneFile } from './rig/tones';

let pbx: Pbx;
let system: TelephoneSystem;
let watcher: Manager;
let changedAt = Date.UTC(2026, 0, 1);
const seen: AmiMessage[] = [];

const publish = (
  extension: string,
  presence: Partial<PublishedPresence> & { readonly status: PresenceStatus },
  target?: PublishedTarget,
) => {
  changedAt += 1;
  return system.publish({
    extension,
    owner: `owner-${extension}`,
    presence: { visibility: 'internal-and-external', changedAt, changedBy: 'user', ...presence },
    forwarding: {
      targets: target === undefined ? {} : { [presence.status]: target },
      changedAt,
      changedBy: 'user',
    },
  });
};
/** What of these applications Asterisk has run since, by its channel log. */
const ranSince = async (from: number, applications: RegExp): Promise<string[]> =>
  (await readFile(pbx.celFile, 'utf8'))
    .slice(from)
    .split('\n')
    .flatMap((line) => readCelLine(line) ?? [])
    .filter(({ type, application }) => type === 'APP_START' && applications.test(application))
    .map(({ application, data }) => `${application.toLowerCase()} ${data.split('/').at(-1) ?? ''}`);
const logLength = async (): Promise<number> => (await readFile(pbx.celFile, 'utf8')).length;

beforeAll(async () => {
  pbx = await startPbx();
  // With the rights of the service alone.
  watcher = await openManager(pbx, 'mycontacts', (event) => seen.push(event));
  system = makeAdapter(pbx);
  system.start(officePhones(pbx));
  await until('link up', () => system.link === 'up');
});
beforeEach(() => void seen.splice(0));
afterEach(async () => {
  await silence(pbx);
  await forgetPublished(pbx);
});
afterAll(async () => {
  watcher.close();
  await system.stop();
  await pbx.stop();
});

/** The last that whoever watches 331 was told. */
const lamp = (): string | undefined => {
  const event = seen.findLast((each) => field(each, 'Event') === 'ExtensionStatus' && field(each, 'Exten') === '331');
  return event && field(event, 'StatusText');
};
const shownPresence = (): string | undefined => {
  const event = seen.findLast((each) => field(each, 'Event') === 'PresenceStatus' && field(each, 'Exten') === '331');
  return event && ['Status', 'Subtype', 'Message'].map((name) => field(event, name) ?? '').join('|');
};

it('shows lamps and watching phones what the user lets others see, also when a phone changes it', async () => {
  await publish('331', { status: 'vacation', text: 'Strand, "Meer" (und Möwen)' });
  await until('the lamp is lit', () => lamp() === 'InUse');
  await until('vacation is shown', () => shownPresence() === 'xa|vacation|Strand, "Meer" (und Möwen)');
  await publish('331', { status: 'sick', text: 'flu' });
  await until('what kind of absence is nobody else’s business', () => shownPresence() === 'xa|absent|');
  await publish('331', { status: 'meeting', text: 'secret', visibility: 'not-visible' });
  await until('nothing is shown', () => shownPresence() === 'not_set||');
  await publish('331', { status: 'do-not-disturb' });
  await until('the lamp says busy', () => lamp() === 'Busy');
  await until('do not disturb is shown', () => shownPresence() === 'dnd|do-not-disturb|');
  await rigPhone(pbx, '331').dial('*770');
  await until('back in the office', () => shownPresence() === 'available|office|');
  await until('the lamp is off', () => lamp() === 'Idle');
  await system.withdraw('331');
  await until('nothing is left', () => shownPresence() === 'not_set||');
  expect(await pbx.console('database show uc')).not.toContain('/uc/331');
});

it('tells callers the kind of absence and the return before the voice box, as far as the user lets them know', async () => {
  const sounds = join(dirname(pbx.celFile), '../sounds');
  await mkdir(sounds, { recursive: true });
  for (const name of ['absent', 'absent-meeting', 'back']) {
    await writeFile(join(sounds, `${name}.wav`), toneFile(500, 100));
  }
  const inside = /\/srv\/mycontacts-pbx\/.*$/.exec(sounds)?.[0] ?? '';
  await pbx.console(`dialplan set global UC_ANNOUNCE ${inside}`);
  const heard = async (who: '330' | 'trunk'): Promise<string[]> => {
    const from = await logLength();
    await rigPhone(pbx, who).dial('331');
    await expect.poll(() => ranSince(from, /voicemail/i), { timeout: 10_000 }).toEqual(['voicemail 331@default,s']);
    await rigPhone(pbx, who).layDown();
    await silence(pbx);
    return ranSince(from, /playback/i);
  };
  const returnAt = Date.UTC(2090, 0, 1);
  await publish('331', { status: 'meeting', returnAt }, 'voicemail');
  expect(await heard('trunk')).toEqual(['playback absent-meeting', 'playback back']);
  await publish('330', { status: 'office' });
  await publish('331', { status: 'meeting', returnAt: Date.UTC(2020, 0, 1), visibility: 'internal' }, 'voicemail');
  expect(await heard('330')).toEqual(['playback absent-meeting']);
  expect(await heard('trunk')).toEqual([]);
  await publish('331', { status: 'sick' }, 'voicemail');
  expect(await heard('trunk')).toEqual(['playback absent']);
  await publish('331', { status: 'lunch', visibility: 'not-visible' }, 'voicemail');
  expect(await heard('330')).toEqual([]);
  await pbx.console('dialplan set global UC_ANNOUNCE ""');
});

it('sends calls to the box of the office where there is none of one’s own', async () => {
  await publish('335', { status: 'vacation' }, 'voicemail');
  const from = await logLength();
  await rigPhone(pbx, '330').dial('335');
  await expect.poll(() => ranSince(from, /voicemail/i), { timeout: 10_000 }).toEqual(['voicemail 300@default,s']);
});

it('rings where the number that calls go to is not one of the office’s', async () => {
  await publish('331', { status: 'office' }, { dialString: '399' });
  await rigPhone(pbx, '330').dial('331');
  await until('331 rings', () => rigPhone(pbx, '331').ringing());
});

it('keeps the latest of many that come at once, and tells all extensions in their order', async () => {
  const times = Array.from({ length: 16 }, (_, at) => Date.UTC(2026, 1, 1) + ((at * 7) % 16));
  await Promise.all(times.map((time) => publish('331', { status: 'break', text: `${time}`, changedAt: time })));
  const extensions = Array.from({ length: 250 }, (_, at) => String(4000 + at));
  await Promise.all(extensions.slice(0, 20).map((extension) => publish(extension, { status: 'home' })));
  const [own, ...others] = await system.published(['331', ...extensions]);
  expect(own?.presence).toMatchObject({ text: String(Math.max(...times)), changedAt: Math.max(...times) });
  expect(others.map(({ extension }) => extension)).toEqual(extensions);
  expect(others.filter(({ presence }) => presence?.status === 'home')).toHaveLength(20);
});
