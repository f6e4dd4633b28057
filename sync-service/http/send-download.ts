/** Sends a file that is made while it is sent: as fast as the client takes it, so that no more than a piece is in memory. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Download, RouteDefinition } from '../../shared/api/route';

/** A fault on the way ends the connection before the end of the file, which the client notices. */
export async function sendDownload(route: RouteDefinition, result: unknown, response: Response): Promise<void> {
  if (!isDownload(result)) throw new Error(`The answer of ${route.name} is not as declared: no file`);
  response.status(route.status);
  response.attachment(result.fileName);
  response.set('Content-Type', result.contentType);
  try {
    await pipeline(Readable.from(result.content), response);
  } catch (error) {
    // A client that has gone away is no fault.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
  }
}

function isDownload(result: unknown): result is Download {
  return typeof result === 'object' && result !== null && 'content' in result && 'fileName' in result;
}
