/** The listening end: http, or https with the installation's own certificate. */
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';

export interface HttpServerSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** PEM files of the certificate chain and its key. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
}

export interface RunningHttpServer {
  /** The port that it listens on. */
  readonly port: number;
  /** Such as `http://127.0.0.1:8801`. */
  readonly url: string;
  /** Takes no new requests, lets those under way end for `graceMs`, then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/** Milliseconds within which a request has to be there completely: a file of 20 MB over a slow line. */
const requestTimeoutMs = 120_000;
const headersTimeoutMs = 15_000;
/** Longer than the idle time of common proxies, so that it is never the service that closes first. */
const keepAliveTimeoutMs = 75_000;

/** Resolves when it listens; rejects with what to do when it cannot. */
export async function startHttpServer(
  listener: RequestListener,
  settings: HttpServerSettings,
): Promise<RunningHttpServer> {
  const limits = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: headersTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
  };
  const server =
    settings.tls === undefined
      ? createHttpServer(limits, listener)
      : createHttpsServer({ ...limits, minVersion: 'TLSv1.2', ...(await readCertificate(settings.tls)) }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenProblem(error, settings)));
    server.listen(settings.port, settings.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;

  return {
    port,
    url: `${settings.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    async close(graceMs = 3000) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

async function readCertificate(tls: { readonly certFile: string; readonly keyFile: string }) {
  const read = async (variable: string, file: string) => {
    try {
      return await readFile(file);
    } catch (error) {
      throw new Error(`${variable}: ${file} cannot be read. Name a readable PEM file.`, { cause: error });
    }
  };
  return { cert: await read('TLS_CERT_FILE', tls.certFile), key: await read('TLS_KEY_FILE', tls.keyFile) };
}

function listenProblem(error: Error, { host, port }: HttpServerSettings): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Error(`Port ${port} is taken by another program. Choose another one with PORT.`, { cause: error });
  }
  if (code === 'EACCES') {
    return new Error(`This user may not listen on port ${port}. Choose one from 1024 with PORT.`, { cause: error });
  }
  if (code === 'EADDRNOTAVAIL') {
    return new Error(`This machine has no address ${host}. Choose another one with HOST.`, { cause: error });
  }
  return error;
}
