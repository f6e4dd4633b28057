/** Pick-ups: whoever fetched a call is told as its taker, and phones that ring to fetch it in vain are let off. */
import type { Party, WatchedDevice } from '../telephone-system';
import type { AmiConnection } from './ami-connection';
import { field } from './ami-message';
import type { AmiMessage } from './ami-message';
import type { ChannelBook } from './asterisk-channels';
import { deviceOf } from './channel';
import type { Channel } from './channel';
import { isFetching } from './channel-connection';
import { partyOfChannel } from './side-connection';
import type { SideTeller } from './side-teller';

export interface PickUpsDeps {
  readonly action: AmiConnection['action'];
  readonly book: () => ChannelBook;
  readonly devices: () => ReadonlyMap<string, WatchedDevice>;
  readonly teller: SideTeller;
}

export interface PickUps {
  hear(event: AmiMessage): void;
  /** Ends the ringing of phones whose call is not to be fetched any more. */
  endNeedless(): void;
}

export function createPickUps({ action, book, devices, teller }: PickUpsDeps): PickUps {
  /** Who fetched what rang at a channel, and with which leg. */
  const winners = new Map<string, { readonly party: Party; readonly legId: string }>();
  const ending = new Set<string>();
  /** Legs that try to fetch what rings at a channel. */
  const fetchers = new Map<string, string>();

  const partyAt = (channel: Channel): Party => {
    const device = devices().get(deviceOf(channel.name));
    return device === undefined ? partyOfChannel(channel) : { number: device.extension, name: device.displayName };
  };

  return {
    hear(event) {
      if (field(event, 'Event') !== 'Pickup') return;
      const picker = book().get(field(event, 'Uniqueid') ?? '');
      const target = book().get(field(event, 'TargetUniqueid') ?? '');
      if (picker === undefined || target === undefined) return;
      const takenBy = partyAt(picker);
      winners.set(target.id, { party: takenBy, legId: picker.id });
      const caller = book().callerOf(target);
      if (caller !== undefined) teller.wasLinked(caller.currentSideId, target.id);
      picker.redirectedFrom = partyAt(target);
      teller.willEnd(target.currentSideId, { reason: 'picked-up', takenBy });
      for (const [id, targetId] of fetchers) {
        if (targetId === target.id && id !== picker.id && teller.get(id) !== undefined) {
          teller.willEnd(id, { reason: 'answered-elsewhere', takenBy });
        }
      }
    },
    endNeedless() {
      const fetching = book()
        .all()
        .filter((channel) => channel.pickUpOf !== undefined && isFetching(channel));
      for (const { id, name, pickUpOf = '' } of fetching) {
        fetchers.set(id, pickUpOf);
        const target = book().get(pickUpOf);
        const stillRings = target !== undefined && !target.up;
        // Fetched this moment, perhaps by this very phone: it is in no bridge yet.
        const isOpen = target?.up === true && target.bridgeId === undefined && !winners.has(pickUpOf);
        if (stillRings || isOpen || ending.has(id) || winners.get(pickUpOf)?.legId === id) continue;
        const winner = winners.get(pickUpOf)?.party ?? (target === undefined ? undefined : partyAt(target));
        teller.willEnd(
          id,
          winner === undefined ? { reason: 'cancelled' } : { reason: 'answered-elsewhere', takenBy: winner },
        );
        ending.add(id);
        action('Hangup', { Channel: name, Cause: '26' }).catch(() => undefined);
      }
      if (fetching.length === 0 && [...fetchers.keys()].every((id) => teller.get(id)?.state !== 'initiated')) {
        fetchers.clear();
        winners.clear();
        ending.clear();
      }
    },
  };
}
