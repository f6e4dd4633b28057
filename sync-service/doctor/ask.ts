/** One request, looked at closely: when the answer's parts arrived, and which certificate was shown. */
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket, checkServerIdentity, rootCertificates } from 'node:tls';

export interface ShownCertificate {
  /** Why it is not trusted, such as `SELF_SIGNED_CERT_IN_CHAIN`; undefined when it is. */
  readonly untrusted?: string;
  /** Why it is not one of the asked name. */
  readonly otherName?: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly protocol: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds from the request to each part of the body. */
  readonly arrivals: readonly { readonly ms: number; readonly text: string }[];
  readonly certificate?: ShownCertificate;
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM of a certification authority that is trusted besides the usual ones. */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

/** Bytes of a body that are read; the rest is cut off. */
const longestBody = 2 * 1024 * 1024;
const defaultTimeoutMs = 10_000;

/** Follows no redirect. Rejects when there is no answer. */
export function ask(address: string | URL, options: AskOptions = {}): Promise<Answer> {
  const url = new URL(address);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      headers: { 'user-agent': 'myContacts doctor', ...options.headers },
      agent: false,
      // The certificate is judged below: what else is wrong shall be told too. Nothing secret is sent.
      rejectUnauthorized: false,
      ...(options.ca !== undefined && { ca: [...rootCertificates, options.ca] }),
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.on('response', (response) => {
      const certificate = response.socket instanceof TLSSocket ? shown(response.socket, url.hostname) : undefined;
      const arrivals: { ms: number; text: string }[] = [];
      let length = 0;
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        arrivals.push({ ms: performance.now() - startedAt, text: part });
        length += part.length;
        if (length > longestBody) response.destroy();
      });
      response.on('error', () => undefined);
      response.on('close', () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: arrivals.map(({ text }) => text).join(''),
          arrivals,
          ...(certificate && { certificate }),
        });
      });
    });
    request.end();
  });
}

function shown(socket: TLSSocket, host: string): ShownCertificate {
  const certificate = socket.getPeerCertificate();
  // Node fills it in with what it found, even when it was told to go on.
  const reason: unknown = socket.authorizationError;
  const code = reason instanceof Error && 'code' in reason ? reason.code : reason;
  const untrusted = typeof code === 'string' ? code : undefined;
  const wrongName = checkServerIdentity(host, certificate);
  return {
    ...(untrusted !== undefined && untrusted !== 'ERR_TLS_CERT_ALTNAME_INVALID' && { untrusted }),
    ...(wrongName && { otherName: certificate.subjectaltname ?? String(certificate.subject.CN) }),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    protocol: socket.getProtocol() ?? 'unknown',
  };
}
