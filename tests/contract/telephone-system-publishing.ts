/** The contract of the telephone system port: presence and forwarding that hold while nobody is connected. */
import { expect, it } from 'vitest';
import { presenceStatuses } from '../../shared/presence';
import type { PresenceStatus } from '../../shared/presence';
import type {
  PublishedForwarding,
  PublishedPresence,
  PublishedTarget,
} from '../../sync-service/telephone-system/telephone-system';
import type { RigPhone, Stage } from './telephone-system-stage';

/** Long before any star code of a test, and long after it. */
const earlier = Date.UTC(2020, 0, 1);
const later = Date.UTC(2090, 0, 1, 8, 30, 0, 123);

const being = (status: PresenceStatus, more: Partial<PublishedPresence> = {}): PublishedPresence => ({
  status,
  visibility: 'internal-and-external',
  changedAt: earlier,
  changedBy: 'user',
  ...more,
});
const sending = (
  targets: Partial<Record<PresenceStatus, PublishedTarget>>,
  more: Partial<PublishedForwarding> = {},
): PublishedForwarding => ({ targets, changedAt: earlier, changedBy: 'user', ...more });
const ownerOf = ({ extension }: RigPhone): string => `owner-${extension}`;

export function publishingContract(stage: () => Stage): void {
  const publish = (
    phone: RigPhone,
    presence?: PublishedPresence,
    forwarding?: PublishedForwarding,
    owner = ownerOf(phone),
  ) =>
    stage().system.publish({
      extension: phone.extension,
      owner,
      ...(presence === undefined ? {} : { presence }),
      ...(forwarding === undefined ? {} : { forwarding }),
    });
  const inForce = async (phone: RigPhone) => (await stage().system.published([phone.extension]))[0];
  const sendOn = (phone: RigPhone, target: PublishedTarget) =>
    publish(phone, being('meeting'), sending({ meeting: target }));

  it('keeps what is published, word for word, and gives it back', async () => {
    const { anna, bernd, system } = stage();
    const everything = {
      extension: bernd.extension,
      userId: 'f3b1c2d4-0000-4000-8000-00000000000a',
      presence: being('vacation', {
        returnAt: Date.UTC(2090, 2, 28, 1, 30),
        text: 'Zurück: "Montag", 9 Uhr; ${SHELL(id)} $[1+1] %41 & <b>|王\'\\',
        visibility: 'internal',
        changedAt: later,
        changedBy: 'calendar',
      }),
      forwarding: sending(
        { office: { dialString: '0171234567' }, vacation: 'voicemail', home: { dialString: anna.extension } },
        { changedBy: 'system' },
      ),
    } as const;
    const { userId: owner, ...rest } = everything;
    expect(await system.publish({ owner, ...rest })).toEqual(everything);
    expect(await system.published([anna.extension, bernd.extension, '399'])).toEqual([
      { extension: anna.extension },
      everything,
      { extension: '399' },
    ]);
    await system.withdraw(bernd.extension);
    expect(await inForce(bernd)).toEqual({ extension: bernd.extension });
  });

  it('keeps every status, and a text or a target that is taken away is gone', async () => {
    const { anna } = stage();
    for (const [index, status] of presenceStatuses.entries()) {
      const presence = being(status, { changedAt: earlier + index, ...(index === 0 ? { text: 'Hello' } : {}) });
      const forwarding = sending(index === 0 ? { home: 'voicemail' } : {}, { changedAt: earlier + index });
      expect(await publish(anna, presence, forwarding)).toMatchObject({ presence, forwarding });
      expect(await inForce(anna)).toEqual({
        extension: anna.extension,
        userId: ownerOf(anna),
        presence,
        forwarding,
      });
    }
  });

  it('writes nothing over something later, and tells what is in force', async () => {
    const { anna } = stage();
    const presence = being('lunch', { changedAt: later, changedBy: 'calendar' });
    await publish(anna, presence, sending({ lunch: 'voicemail' }));
    const forwarding = sending({ office: { dialString: '332' } }, { changedAt: earlier + 1 });
    const state = await publish(anna, being('home', { changedAt: later - 1, text: 'late' }), forwarding);
    expect(state).toEqual({ extension: anna.extension, userId: ownerOf(anna), presence, forwarding });
    expect(await inForce(anna)).toEqual(state);
    // The same time is the same change, told once more.
    const again = being('break', { changedAt: later });
    expect(await publish(anna, again)).toMatchObject({ presence: again, forwarding });
  });

  it('lets nobody inherit: a later value of somebody else goes, also what is not published anew', async () => {
    const { anna, bernd, ringUp } = stage();
    await publish(
      bernd,
      being('do-not-disturb', { changedAt: later }),
      sending({ office: 'voicemail' }, { changedAt: later }),
    );
    const presence = being('office', { changedAt: 0 });
    expect(await publish(bernd, presence, undefined, 'somebody-else')).toEqual({
      extension: bernd.extension,
      userId: 'somebody-else',
      presence,
    });
    await ringUp(anna, bernd);
  });

  it('refuses what cannot be kept', async () => {
    const { system } = stage();
    const refused = [
      { extension: '33 0', owner: 'x' },
      { extension: '330', owner: 'a",UC_EVIL=1' },
      { extension: '330', owner: 'x', presence: being('home', { text: 'two\r\nlines' }) },
      { extension: '330', owner: 'x', presence: being('home', { text: 'x'.repeat(151) }) },
      { extension: '330', owner: 'x', forwarding: sending({ home: { dialString: '*778' } }) },
      { extension: '330', owner: 'x', forwarding: sending({ home: { dialString: '331@a&b' } }) },
      { extension: '330', owner: 'x', forwarding: sending({ 'do-not-disturb': 'voicemail' }) },
    ];
    for (const command of refused) {
      await expect(system.publish(command)).rejects.toMatchObject({ reason: 'refused' });
    }
    expect(await system.published(['330'])).toEqual([{ extension: '330' }]);
  });

  it('sends calls where the status says, and rings where it says nothing', async () => {
    const { anna, bernd, carla, dial, rings, reaches, allIdle, rig, told } = stage();
    await sendOn(bernd, { dialString: carla.extension });
    const own = await dial(anna, bernd.extension);
    await rings(anna);
    await anna.lift();
    await rings(carla);
    expect(await reaches(carla, 'alerting')).toMatchObject({ redirectedFrom: { number: bernd.extension } });
    expect(told(bernd)).toEqual([]);
    await stage().system.hangUp(own.id);
    await allIdle();

    await publish(bernd, being('break', { changedAt: earlier + 1 }));
    await stage().ringUp(anna, bernd);
    await rig.until('332 is quiet', () => carla.ringing() === undefined);
  });

  it('is busy where nobody is to disturb, and keeps a record of who tried', async () => {
    const { anna, bernd, dial, rings, sideReaches, told, system, rig } = stage();
    const before = await system.callRecords(undefined, 1000);
    await publish(bernd, being('do-not-disturb'), sending({ office: { dialString: '332' } }));
    const own = await dial(anna, bernd.extension);
    await rings(anna);
    await anna.lift();
    expect(await sideReaches(own.id, 'failed')).toMatchObject({ reason: 'busy' });
    await sideReaches(own.id, 'ended');
    expect(told(bernd)).toEqual([]);
    for (let tries = 0; ; tries += 1) {
      const { records } = await system.callRecords(before.cursor, 1000);
      const his = records.find(({ device }) => device === bernd.address);
      if (his === undefined && tries < 20) await rig.quietTime();
      else {
        expect(his).toMatchObject({ result: 'not-answered', reason: 'busy', party: { number: anna.extension } });
        break;
      }
    }
  });

  it('cuts a ring of three', async () => {
    const { anna, bernd, carla, dial, rings, sideReaches, told } = stage();
    await sendOn(bernd, { dialString: carla.extension });
    await sendOn(carla, { dialString: anna.extension });
    await sendOn(anna, { dialString: bernd.extension });
    const own = await dial(anna, bernd.extension);
    await rings(anna);
    await anna.lift();
    expect(await sideReaches(own.id, 'failed')).toMatchObject({ reason: 'unreachable' });
    await sideReaches(own.id, 'ended');
    expect([...told(bernd), ...told(carla)]).toEqual([]);
  });

  it('sends calls to the voice box', async () => {
    const { anna, bernd, dial, rings, sideReaches, told, allIdle } = stage();
    await sendOn(bernd, 'voicemail');
    const own = await dial(anna, bernd.extension);
    await rings(anna);
    await anna.lift();
    await sideReaches(own.id, 'connected');
    expect(told(bernd)).toEqual([]);
    await anna.layDown();
    await allIdle();
  });

  it('tells what star codes change, and acts by it', async () => {
    const { anna, bernd, carla, changes, rig, rings, allIdle, ringUp } = stage();
    await publish(bernd, being('office', { text: 'here', returnAt: later }), sending({ home: 'voicemail' }));
    const dialCode = async (code: string) => {
      const known = changes.length;
      await bernd.dial(code);
      const told = await rig.until(`${code} is told`, () => changes[known]);
      await allIdle();
      expect(changes).toHaveLength(known + 1);
      expect(await inForce(bernd)).toEqual(told);
      return told;
    };
    const changed = { changedBy: 'telephone', changedAt: expect.any(Number) as number };
    const meeting = { status: 'meeting', visibility: 'internal-and-external', ...changed };
    const told = await dialCode('*771');
    expect(told).toMatchObject({ extension: bernd.extension, userId: ownerOf(bernd) });
    expect(told.presence).toEqual(meeting);
    expect(told.forwarding).toEqual(sending({ home: 'voicemail' }));

    const there = { home: 'voicemail', meeting: { dialString: carla.extension } };
    expect((await dialCode(`*72${carla.extension}`)).forwarding).toEqual({ targets: there, ...changed });
    await anna.dial(bernd.extension);
    await rings(carla);
    await anna.layDown();
    await allIdle();

    expect((await dialCode('*73')).forwarding).toEqual({ targets: { home: 'voicemail' }, ...changed });
    await ringUp(anna, bernd);
  });

  it('takes no star code at a phone that nobody owns, nor a target while nobody is to disturb', async () => {
    const { anna, bernd, changes, reaches, allIdle } = stage();
    await anna.dial('*778');
    await reaches(anna, 'ended');
    await publish(bernd, being('do-not-disturb'));
    await bernd.dial('*72330');
    await reaches(bernd, 'ended');
    await allIdle();
    expect(changes).toEqual([]);
    expect(await inForce(anna)).toEqual({ extension: anna.extension });
    expect(await inForce(bernd)).toMatchObject({ presence: being('do-not-disturb') });
  });

  it('holds while the line is cut: calls are sent on, and a star code is known afterwards', async () => {
    const { anna, bernd, carla, changes, rings, rig, system } = stage();
    await sendOn(bernd, { dialString: carla.extension });
    await rig.cutLink();
    await rig.until('link down', () => system.link === 'down');
    for (const asked of [
      system.publish({ extension: '330', owner: 'x' }),
      system.published(['330']),
      system.withdraw('330'),
    ]) {
      await expect(asked).rejects.toMatchObject({ reason: 'unavailable' });
    }
    await anna.dial(bernd.extension);
    await rings(carla);
    await anna.layDown();
    await rig.until('332 is quiet', () => carla.ringing() === undefined);
    await bernd.dial('*777');
    await rig.quietTime();
    await rig.restoreLink();
    await rig.until('link up', () => system.link === 'up');
    expect(changes).toEqual([]);
    expect((await inForce(bernd))?.presence).toMatchObject({ status: 'home', changedBy: 'telephone' });
  });
}
