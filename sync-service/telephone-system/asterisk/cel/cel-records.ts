/**
 * Call records out of the channel event log (CEL) that Asterisk's `cel_custom` writes on the same machine. It holds what
 * happened while the service was away as well, so nothing is kept here but the reader's place in it.
 *
 *     cel.conf         enable = yes, no dateformat
 *                      apps = dial,queue,followme,page,voicemail,voicemailmain,confbridge,park,playback,echo
 *                      events = CHAN_START,CHAN_END,ANSWER,HANGUP,LINKEDID_END,BRIDGE_ENTER,BRIDGE_EXIT,PICKUP,
 *                               ATTENDEDTRANSFER,BLINDTRANSFER,APP_START,APP_END,USER_DEFINED
 *     cel_custom.conf  format = json
 *                      fields = EventType,EventTime,Name,Num,rdnis,Exten,Context,ChanName,AppName,AppData,UniqueID,
 *                               LinkedID,Peer,EventExtra
 *
 * Rotated logs stay beside it, the last one not packed (logrotate: `delaycompress`).
 */
import type { Logger } from 'pino';
import type { WatchedDevice } from '../../telephone-system';
import type { Timers } from '../../timers';
import { createCelReader } from './cel-reader';
import type { CallRecordsPage } from './cel-reader';
import { createCelWatch } from './cel-watch';

export interface CelRecordsDeps {
  /** Whose sides of calls become records. */
  readonly devices: () => readonly WatchedDevice[];
  readonly logger: Logger;
  readonly timers: Timers;
  /** There are new records. */
  readonly onNews: () => void;
}

export interface CelRecords {
  /** As the port's `callRecords`. Throws what the file system throws, but a missing file is one without records. */
  read(cursor: string | undefined, limit: number): Promise<CallRecordsPage>;
  /** Begins to tell of new records. */
  start(): void;
  stop(): void;
}

export function createCelRecords({ file }: { readonly file: string }, deps: CelRecordsDeps): CelRecords {
  const reader = createCelReader({ file, devices: deps.devices, logger: deps.logger });
  const watch = createCelWatch(file, deps.timers, deps.onNews);
  return {
    read: (cursor, limit) => reader.read(cursor, limit),
    start: () => watch.start(),
    stop: () => watch.stop(),
  };
}
