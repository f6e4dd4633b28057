/** The listening end: http, or https with the installation's own certificate. */
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { readCertificate, watchCertificate } from './certificate';
import { serverClassesOf } from './express-classes';
import type { Certificate, CertificateFiles, CertificateNews, CertificateWatch } from './certificate';

export interface HttpServerSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** What the administrator calls the port and the address, in what is told when they cannot be used. */
  readonly names?: { readonly port: string; readonly host: string };
  /** The installation's own certificate; without it http is spoken. */
  readonly tls?: CertificateFiles;
  /** Hears what became of the certificate's files when they changed. */
  readonly onCertificate?: (news: CertificateNews) => void;
  /** Milliseconds that its files rest before they are read again. */
  readonly certificateSettleMs?: number;
}

export interface RunningHttpServer {
  /** The port that it listens on. */
  readonly port: number;
  /** Such as `http://127.0.0.1:8801`. */
  readonly url: string;
  /** When the certificate in use runs out; undefined without one of its own. */
  certificateValidTo(): Date | undefined;
  /** Reads the certificate's files again; without one it does nothing. */
  reloadCertificate(): Promise<void>;
  /** Takes no new requests, lets those under way end for `graceMs`, then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/** Milliseconds within which a request has to be there completely: a file of 20 MB over a slow line. */
const requestTimeoutMs = 120_000;
const headersTimeoutMs = 15_000;
const minVersion = 'TLSv1.2';
/** Longer than the idle time of common proxies, so that it is never the service that closes first. */
const keepAliveTimeoutMs = 75_000;

/** Resolves when it listens; rejects with what to do when it cannot. */
export async function startHttpServer(
  listener: RequestListener,
  settings: HttpServerSettings,
): Promise<RunningHttpServer> {
  const options = {
    ...serverClassesOf(listener),
    requestTimeout: requestTimeoutMs,
    headersTimeout: headersTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
  };
  let certificate = settings.tls && (await readCertificate(settings.tls));
  const secure =
    certificate &&
    createHttpsServer({ ...options, minVersion, cert: certificate.cert, key: certificate.key }, listener);
  const server = secure ?? createHttpServer(options, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenProblem(error, settings)));
    server.listen(settings.port, settings.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;

  let watched: CertificateWatch | undefined;
  if (settings.tls !== undefined && certificate !== undefined) {
    const use = (next: Certificate) => {
      certificate = next;
      secure?.setSecureContext({ minVersion, cert: next.cert, key: next.key });
    };
    const tell = settings.onCertificate ?? (() => undefined);
    watched = watchCertificate(settings.tls, certificate, use, tell, settings.certificateSettleMs);
  }

  return {
    port,
    certificateValidTo: () => certificate?.validTo,
    async reloadCertificate() {
      await watched?.reload();
    },
    url: `${settings.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    async close(graceMs = 3000) {
      watched?.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

function listenProblem(error: Error, { host, port, names }: HttpServerSettings): Error {
  const called = names ?? { port: 'listen.port (PORT)', host: 'listen.host (HOST)' };
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Error(`Port ${port} is taken by another program. Choose another one with ${called.port}.`, {
      cause: error,
    });
  }
  if (code === 'EACCES') {
    return new Error(`This user may not listen on port ${port}. Choose one from 1024 with ${called.port}.`, {
      cause: error,
    });
  }
  if (code === 'EADDRNOTAVAIL') {
    return new Error(`This machine has no address ${host}. Choose another one with ${called.host}.`, { cause: error });
  }
  return error;
}
