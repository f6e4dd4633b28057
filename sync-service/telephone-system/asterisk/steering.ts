/**
 * The commands that move running calls: which variables are set and which legs are sent where, so that every state in
 * between is one that the dialplan brings to a good end by itself. The variables come first and mean nothing until the
 * one Redirect that follows; a service that dies in between has changed nothing.
 */
import type { Connection, Party, WatchedDevice } from '../telephone-system';
import type { AmiFields } from './ami-message';
import type { ChannelBook } from './asterisk-channels';
import { contexts } from './channel';
import type { Channel, ChannelNotes } from './channel';
import { encodeName } from './originate';
import { onlyFar } from './side-abilities';
import type { SideNow } from './side-abilities';
import { writeKept } from './side-connection';
import type { SideTeller } from './side-teller';

export interface SteeringDeps {
  readonly action: (name: string, fields: AmiFields) => Promise<unknown>;
  readonly book: () => ChannelBook;
  readonly teller: SideTeller;
  readonly deviceOf: (address: string) => WatchedDevice | undefined;
}

/** A side that a command found to be able. */
export interface Steered {
  readonly side: SideNow;
  readonly connection: Connection;
}

export interface Steering {
  hold(side: Steered): Promise<void>;
  /** `active` is the phone's other side, which ends. */
  resume(held: Steered, active: Steered | undefined): Promise<void>;
  consult(side: Steered, dialString: string, consultId: string): Promise<void>;
  alternate(held: Steered, active: Steered): Promise<void>;
  conference(active: Steered, held: Steered): Promise<void>;
  join(held: Steered, target: Steered): Promise<void>;
  sendOn(side: Steered, dialString: string): Promise<void>;
  deflect(
    side: Steered,
    caller: Channel,
    to: { readonly dialString: string } | { readonly voicemail: true },
  ): Promise<void>;
  /** Answers what rings at a phone that talks or holds, on the leg that it has. */
  answerOnOwnLeg(ringing: Steered, caller: Channel, other: Steered): Promise<void>;
  hangUp(side: Steered, hasOthers: boolean): Promise<void>;
}

/** Where a leg is sent. */
interface Way {
  readonly leg: Channel;
  readonly context: string;
  readonly exten?: string;
}

const noFar = (): never => {
  throw new Error('A side without a far end cannot be steered.');
};

export function createSteering({ action, book, teller, deviceOf }: SteeringDeps): Steering {
  const setAll = (leg: Channel, variables: Readonly<Record<string, string>>): Promise<unknown>[] =>
    Object.entries(variables).map(([Variable, Value]) => action('Setvar', { Channel: leg.id, Variable, Value }));

  const note = (leg: Channel, notes: ChannelNotes): void => book().note(leg.id, notes);

  /** What the far leg keeps of the side of its holder. */
  function holdNotes({ side, connection }: Steered, far: Channel, holder: Channel): Promise<unknown>[] {
    const kept = writeKept(connection);
    note(far, { holderId: holder.id, sideId: side.id, kept });
    teller.wasLinked(side.id, far.id);
    return setAll(far, { UC_HOLDER: holder.id, UC_SIDE: side.id, UC_KEPT: kept, UC_OWNER: connection.device });
  }

  function redirect(first: Way, second?: Way): Promise<unknown> {
    return action('Redirect', {
      Channel: first.leg.name,
      Context: first.context,
      Exten: first.exten ?? 's',
      Priority: '1',
      ...(second === undefined
        ? {}
        : {
            ExtraChannel: second.leg.name,
            ExtraContext: second.context,
            ExtraExten: second.exten ?? 's',
            ExtraPriority: '1',
          }),
    });
  }

  /** Runs what moves channels; what is told of them waits until they are there. */
  async function moving(legs: readonly Channel[], isDone: () => boolean, run: () => Promise<unknown>): Promise<void> {
    const giveUp = teller.move(
      legs.map(({ id }) => id),
      isDone,
    );
    try {
      await run();
    } catch (error) {
      giveUp();
      throw error;
    }
  }

  const together = (one: Channel, other: Channel): boolean =>
    one.bridgeId !== undefined && one.bridgeId === other.bridgeId;
  const isHeld = ({ context, bridgeId }: Channel): boolean => context === contexts.hold && bridgeId === undefined;
  const far = ({ side }: Steered): Channel => onlyFar(side) ?? noFar();

  /** Who sends a call on, as the next phone is shown it. */
  function sender(address: string): { readonly party: Party; readonly variables: Record<string, string> } {
    const device = deviceOf(address);
    const number = (device?.extension ?? '').replace(/[^0-9*#+]/g, '');
    const name = device?.displayName ?? '';
    return {
      party: { number, ...(name === '' ? {} : { name }) },
      variables: { UC_FROM: number, UC_FROM_NAME: encodeName(name) },
    };
  }

  async function hold(held: Steered): Promise<void> {
    const { leg } = held.side;
    const party = far(held);
    await moving(
      [leg, party],
      () => leg.context === contexts.wait && isHeld(party),
      async () => {
        await Promise.all([...holdNotes(held, party, leg), ...setAll(leg, { UC_PEER: party.id, UC_TARGET: '' })]);
        await redirect({ leg, context: contexts.wait }, { leg: party, context: contexts.hold });
      },
    );
  }

  return {
    hold,
    async resume(held, active) {
      const party = far(held);
      const leg = active?.side.leg ?? held.side.leg;
      await moving(
        [leg, party],
        () => together(leg, party),
        async () => {
          await Promise.all([
            ...(leg.id === held.side.leg.id ? [] : holdNotes(held, party, leg)),
            ...setAll(leg, { UC_TARGET: party.id, UC_NEXT: '' }),
          ]);
          await redirect({ leg, context: contexts.join });
        },
      );
    },
    async consult(held, dialString, consultId) {
      const { leg } = held.side;
      const party = far(held);
      const device = deviceOf(held.connection.device);
      await moving(
        [leg, party],
        () => leg.context === contexts.consult && isHeld(party),
        async () => {
          await Promise.all([
            ...holdNotes(held, party, leg),
            ...setAll(leg, {
              UC_PEER: party.id,
              UC_TARGET: '',
              UC_NUMBER: dialString,
              UC_CONSULT: consultId,
              UC_EXTENSION: (device?.extension ?? '').replace(/[^0-9*#]/g, ''),
              UC_NAME: encodeName(device?.displayName ?? ''),
            }),
          ]);
          await redirect({ leg, context: contexts.consult }, { leg: party, context: contexts.hold });
        },
      );
    },
    async alternate(held, active) {
      const { leg } = active.side;
      const next = far(held);
      const party = far(active);
      await moving(
        [leg, next, party],
        () => together(leg, next) && isHeld(party),
        async () => {
          await Promise.all([
            ...holdNotes(held, next, leg),
            ...holdNotes(active, party, leg),
            ...setAll(leg, { UC_TARGET: next.id, UC_NEXT: party.id }),
          ]);
          await redirect({ leg, context: contexts.join }, { leg: party, context: contexts.hold });
          if (held.side.leg.id !== leg.id) await action('Hangup', { Channel: held.side.leg.name, Cause: '16' });
        },
      );
    },
    async conference(active, held) {
      const { leg } = active.side;
      const added = far(held);
      teller.willEnd(active.side.id, { reason: 'conferenced' });
      await moving(
        [leg, added],
        () => together(leg, added),
        async () => {
          await Promise.all([...holdNotes(held, added, leg), ...setAll(added, { UC_TARGET: leg.id })]);
          await redirect({ leg: added, context: contexts.conference });
          if (held.side.leg.id !== leg.id) await action('Hangup', { Channel: held.side.leg.name, Cause: '16' });
        },
      );
    },
    async join(held, target) {
      const party = far(held);
      for (const { side } of [held, target]) teller.willEnd(side.id, { reason: 'transferred' });
      const { variables } = sender(held.connection.device);
      await Promise.all(setAll(party, { ...variables, UC_TARGET: far(target).id, UC_OWNER: held.connection.device }));
      await redirect({ leg: party, context: contexts.give });
    },
    async sendOn(sent, dialString) {
      const party = far(sent);
      const { variables } = sender(sent.connection.device);
      teller.willEnd(sent.side.id, { reason: 'transferred' });
      await Promise.all(setAll(party, { ...variables, UC_SEND_TO: dialString, UC_SENDS: 'transfer' }));
      await redirect({ leg: party, context: contexts.send });
    },
    async deflect(deflected, caller, to) {
      const { variables } = sender(deflected.connection.device);
      const voicemail = 'voicemail' in to;
      teller.willEnd(deflected.side.id, {
        reason: 'forwarded',
        ...(voicemail ? {} : { takenBy: { number: to.dialString } }),
      });
      await Promise.all(
        setAll(caller, { ...variables, UC_SENDS: 'deflect', ...(voicemail ? {} : { UC_SEND_TO: to.dialString }) }),
      );
      await redirect({ leg: caller, context: voicemail ? contexts.voiceBox : contexts.send });
    },
    async answerOnOwnLeg(ringing, caller, other) {
      const { leg } = other.side;
      if (other.side.heldInDialplan !== true) {
        await hold(other);
        // A leg that has not arrived where it was sent cannot be sent on.
        await teller.atRest(other.side.id);
      }
      const party = far(other);
      await moving(
        [leg, caller, party],
        () => together(leg, caller),
        async () => {
          await Promise.all([
            ...holdNotes(ringing, caller, leg),
            ...setAll(leg, { UC_TARGET: caller.id, UC_NEXT: party.id }),
          ]);
          await redirect({ leg: caller, context: contexts.take }, { leg, context: contexts.join, exten: 'waiting' });
        },
      );
    },
    async hangUp({ side, connection }, hasOthers) {
      const party = onlyFar(side);
      // Q.850: 21 is refused, 16 is the normal end.
      const hangUp = (leg: Channel, Cause: string): Promise<unknown> => action('Hangup', { Channel: leg.name, Cause });
      if (connection.state === 'alerting') await hangUp(side.leg, '21');
      else if (party !== undefined && hasOthers) await hangUp(party, '16');
      else if (party !== undefined && side.heldInDialplan === true) {
        // The held party first: it would ring its holder again.
        await hangUp(party, '16');
        await hangUp(side.leg, '16').catch(() => undefined);
      } else await hangUp(side.leg, '16');
    },
  };
}
