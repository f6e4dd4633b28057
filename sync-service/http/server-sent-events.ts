/** The writing end of a stream of server-sent events (HTML standard §9.2). */
import type { Response } from 'express';
import type { ServerSentEvents } from './binding';

/** Bytes that may wait for a slow client before its stream is ended; it connects anew and goes on from its last id. */
export const waitingBytesLimit = 256 * 1024;

/**
 * Opens the answer with the first write, so that an error before it is still a problem document. `onClose` is called
 * once, whoever ended it.
 */
export function createServerSentEvents(response: Response, onClose: () => void): ServerSentEvents {
  let closed = false;
  response.once('close', () => {
    closed = true;
    onClose();
  });

  function write(text: string): boolean {
    if (closed) return false;
    if (!response.headersSent) {
      response.status(200).set({
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        // Proxies such as nginx hold an answer back until it is complete, unless told not to.
        'X-Accel-Buffering': 'no',
      });
      response.flushHeaders();
    }
    response.write(text);
    if (response.writableLength <= waitingBytesLimit) return true;
    closed = true;
    response.destroy();
    return false;
  }

  return {
    send({ id, data }) {
      // JSON has no raw line break, so one `data` line is enough.
      return write(`${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
    },
    comment(text) {
      write(`: ${text.replaceAll(/[\r\n]+/g, ' ')}\n\n`);
    },
    close() {
      if (closed) return;
      closed = true;
      response.end();
    },
    get closed() {
      return closed;
    },
  };
}
