/**
 * What one user sees as one call. Usually that is one side of it; a call that rings at several of his devices has a side at
 * each, and is one card until one of them answers: the others are then no calls of his any more. Pure.
 */
import type { CallAbility } from '../../shared/call';
import type { Connection } from '../telephone-system/telephone-system';
import { isOver } from './call-state';
import type { CallDevice } from './caller-directory';

/** A side with the user's device that it is at. */
export interface Side {
  readonly device: CallDevice;
  readonly connection: Connection;
}

const rings = ({ connection }: Side): boolean => connection.direction === 'incoming' && connection.state === 'alerting';

/** Whether a new side is the same call, ringing at another device of the same user. */
export function isSameRinging(sides: readonly Side[], added: Side): boolean {
  return (
    rings(added) &&
    sides.some(rings) &&
    sides.every(
      ({ device, connection }) =>
        device.userId === added.device.userId &&
        device.id !== added.device.id &&
        connection.callId === added.connection.callId &&
        (connection.state === 'alerting' || isOver(connection)),
    )
  );
}

/** Sides that have nothing more to say once another one was answered. */
export function passedOver(sides: readonly Side[], changed: Side): readonly Side[] {
  if (rings(changed) || isOver(changed.connection)) return [];
  return sides.filter((side) => side.connection.id !== changed.connection.id);
}

/** An end that says more about what became of the call comes first. */
const endRank = ({ connection: { takenBy, reason } }: Side): number =>
  takenBy !== undefined ? 0 : reason === 'answered-elsewhere' || reason === 'picked-up' ? 1 : reason ? 2 : 3;

/** The side that stands for the card: the first that is not over, else the end that says most. Undefined without sides. */
export function leadingSide(sides: readonly Side[]): Side | undefined {
  const live = sides.find(({ connection }) => !isOver(connection));
  if (live !== undefined) return live;
  return [...sides].sort((one, other) => endRank(one) - endRank(other))[0];
}

/** What can be done with the call at any of its devices. */
export function abilitiesOf(sides: readonly Side[]): CallAbility[] {
  return [
    ...new Set(sides.filter(({ connection }) => !isOver(connection)).flatMap((side) => side.connection.abilities)),
  ];
}

/** The sides that a command is for, the leading one first. */
export const sidesAble = (sides: readonly Side[], ability: CallAbility): readonly Side[] =>
  sides.filter(({ connection }) => !isOver(connection) && connection.abilities.includes(ability));
