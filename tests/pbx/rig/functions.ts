/** States that a call of the office can be in, each brought about through the port, for tests that then let something fail. */
import type { Connection, TelephoneSystem } from '../../../sync-service/telephone-system/telephone-system';
import type { RigPhone } from '../../contract/telephone-system';
import { until } from './office';

export interface Office {
  readonly system: TelephoneSystem;
  readonly anna: RigPhone;
  readonly bernd: RigPhone;
  readonly carla: RigPhone;
}

let requests = 0;
export const newRequest = (): string => `request-${Date.now()}-${++requests}`;

/** The side at a phone that is in this state. */
export const sideAt = (system: TelephoneSystem, phone: RigPhone, state: Connection['state']): Promise<Connection> =>
  until(`${phone.extension} ${state}`, () =>
    system.connections().find((side) => side.device === phone.address && side.state === state),
  );

/** Waits until every phone hears exactly the others that are named. */
export async function hear(...pairs: readonly (readonly [RigPhone, ...RigPhone[]])[]): Promise<void> {
  for (const [phone, ...others] of pairs) {
    const wanted = others.map(({ extension }) => extension).sort();
    await until(`${phone.extension} hears ${wanted.join(' and ') || 'nobody'}`, () => {
      return JSON.stringify([...phone.hears()].sort()) === JSON.stringify(wanted);
    });
  }
}

/** Anna calls Bernd; his phone rings. */
export async function ringing({ system, anna, bernd }: Office): Promise<Connection> {
  await system.dial({ device: anna.address, dialString: bernd.extension, requestId: newRequest() });
  await until('330 rings', () => anna.ringing());
  await anna.lift();
  await until('331 rings', () => bernd.ringing());
  return sideAt(system, bernd, 'alerting');
}

export async function talking(office: Office): Promise<Connection> {
  const { system, anna, bernd } = office;
  await ringing(office);
  await bernd.lift();
  await hear([anna, bernd], [bernd, anna]);
  return sideAt(system, anna, 'connected');
}

export async function holding(office: Office): Promise<Connection> {
  const { id } = await talking(office);
  await office.system.hold(id);
  const held = await sideAt(office.system, office.anna, 'held');
  await hear([office.anna], [office.bernd]);
  return held;
}

/** Anna holds Bernd and has dialled Carla, whose phone rings. */
export async function consulting(office: Office): Promise<{ readonly held: Connection; readonly second: Connection }> {
  const { system, anna, carla } = office;
  const { id: connectionId } = await talking(office);
  const second = await system.consult({ connectionId, dialString: carla.extension, requestId: newRequest() });
  await until('332 rings', () => carla.ringing());
  await until('delivered', () =>
    system.connections().some(({ id, state }) => id === second.id && state === 'delivered'),
  );
  return { held: await sideAt(system, anna, 'held'), second };
}

export async function consulted(office: Office): Promise<{ readonly held: Connection; readonly second: Connection }> {
  const { anna, bernd, carla, system } = office;
  const sides = await consulting(office);
  await carla.lift();
  await hear([anna, carla], [carla, anna], [bernd]);
  await sideAt(system, anna, 'connected');
  return sides;
}
