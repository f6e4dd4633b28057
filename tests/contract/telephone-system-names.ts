/** The contract of the telephone system port: what a phone shows of its caller is asked for before it rings. */
import { expect, it } from 'vitest';
import type { NameBook, Stage } from './telephone-system-stage';

export function namesContract(stage: () => Stage, names: NameBook): void {
  it('shows the name that is known for the number at this very phone', async () => {
    const { anna, bernd, carla, ringUp, rings, reaches, system, rig } = stage();
    const asked: string[] = [];
    names.nameOf = (device, number) => {
      asked.push(`${device} ${number}`);
      return Promise.resolve(device === bernd.address && number === anna.extension ? 'Synced Name' : undefined);
    };
    const own = await ringUp(anna, bernd);
    expect(await rings(bernd)).toEqual({ number: anna.extension, name: 'Synced Name' });
    expect(asked).toContain(`${bernd.address} ${anna.extension}`);
    await system.hangUp(own.id);
    await reaches(bernd, 'ended');
    await reaches(anna, 'ended');
    await rig.until('331 is quiet', () => bernd.ringing() === undefined);

    await ringUp(anna, carla);
    expect(await rings(carla)).toEqual({ number: anna.extension, name: anna.displayName });
  });

  it.each([
    ['Jürgen "Ünal" Müller, Vertrieb; 王小明 & Söhne (|)'],
    ['a",UC_EVIL=1,X="b'],
    ['${SHELL(id)} $[1+1] %40 <sip:0900@trunk>'],
  ])('shows the name %s as it is', async (name) => {
    const { anna, bernd, ringUp, rings } = stage();
    names.nameOf = () => Promise.resolve(name);
    await ringUp(anna, bernd);
    expect((await rings(bernd)).name).toBe(name);
  });

  it('rings without a name when none is known in time, or none can be asked for', async () => {
    const { anna, bernd, carla, ringUp, rings, system, reaches } = stage();
    names.nameOf = () => new Promise(() => undefined);
    const own = await ringUp(anna, bernd);
    expect(await rings(bernd)).toEqual({ number: anna.extension, name: anna.displayName });
    await system.hangUp(own.id);
    await reaches(bernd, 'ended');
    await reaches(anna, 'ended');

    names.nameOf = () => Promise.reject(new Error('no directory'));
    await ringUp(anna, carla);
    expect((await rings(carla)).number).toBe(anna.extension);
  });
}
