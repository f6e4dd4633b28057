/** Counts what really goes over the connections between this process and a service, in both directions, headers included. */
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const sockets = new Map<Socket, string>();
// Node's fetch tells of its connections here; there is no other way to see what really went over them.
subscribe('undici:client:connected', (message) => {
  const { connectParams, socket } = message as { connectParams: { host: string }; socket: Socket };
  sockets.set(socket, connectParams.host);
});

/** Bytes so far. Counts connections that were made after this file was imported. */
export function bytesWith(url: string): number {
  const { host } = new URL(url);
  let bytes = 0;
  for (const [socket, name] of sockets) if (name === host) bytes += socket.bytesRead + socket.bytesWritten;
  return bytes;
}
