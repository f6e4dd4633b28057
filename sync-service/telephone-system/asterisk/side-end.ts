/** Why a side of a call ended. Pure. */
import type { CallReason } from '../../../shared/call';
import type { Connection, Party } from '../telephone-system';
import type { ChannelBook } from './asterisk-channels';
import { contexts } from './channel';
import type { Channel } from './channel';
import { endOf } from './channel-connection';
import { partyOfChannel } from './side-connection';

export interface SideEnd {
  readonly reason: CallReason;
  /** Who has the call then. */
  readonly takenBy?: Party;
  /** It was not put through, which is told first. */
  readonly failed?: boolean;
}

/** The end of a side by what was told of it last; `leg` is its channel where that was hung up as well. */
export function endOfSide(last: Connection, leg: Channel | undefined, book: ChannelBook): SideEnd {
  const talked = last.state === 'held' || last.state === 'connected';
  // Its phone goes on with another call.
  if (leg === undefined) return talked ? { reason: 'normal' } : endOfConsultation(last, book);
  const { reason, failed } = endOf(leg);
  if (talked && leg.context !== contexts.send) return { reason: reason === 'network' ? reason : 'normal' };
  const takenBy = reason === 'answered-elsewhere' ? winnerOf(leg, book) : undefined;
  return {
    reason: last.state === 'failed' ? (last.reason ?? reason) : reason,
    ...(takenBy === undefined ? {} : { takenBy }),
    failed,
  };
}

function endOfConsultation({ id, state, reason }: Connection, book: ChannelBook): SideEnd {
  if (state === 'failed' && reason !== undefined) return { reason };
  const failure = book.all().find(({ consultId }) => consultId === id)?.consultEnd;
  return { reason: failure ?? 'cancelled', failed: failure !== undefined };
}

/** Who answered the call that rang here as well. */
function winnerOf(leg: Channel, book: ChannelBook): Party | undefined {
  const winner = book.get(book.callerOf(leg)?.answeredBy ?? '');
  return winner === undefined || winner.id === leg.id ? undefined : partyOfChannel(winner);
}
