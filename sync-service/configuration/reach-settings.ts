/** How people reach the installation: where it listens, under which address, by which certificate or proxy. */
import * as z from 'zod/mini';
import { isLoopbackHost } from '../http/own-origin';
import type { Problems } from './read-settings';
import { flag, httpAddress, path, text, wholeNumber } from './setting';
import type { Setting, SettingValues } from './setting';

export interface ReachConfig {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** The demo: loopback only, preset passwords, http. */
  readonly demo: boolean;
  /** Address under which people reach the installation, without a slash at the end. */
  readonly baseUrl: string;
  /** Path of {@link baseUrl}; empty when there is none. */
  readonly basePath: string;
  /** People reach it over https: by a certificate of its own, or by a proxy in front. */
  readonly https: boolean;
  /** It listens on loopback only. */
  readonly loopback: boolean;
  /** PEM files of the certificate chain and its key. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Whose X-Forwarded-* headers are believed: a number of proxies, or their addresses. */
  readonly trustProxy: false | number | readonly string[];
}

/** A number of proxies, or their addresses: a list, or a text with commas between. */
const trustProxy: Setting<ReachConfig['trustProxy']> = {
  variable: 'TRUST_PROXY',
  schema: z.pipe(
    z.pipe(
      z.union([z.literal(false), z.int().check(z.gte(0), z.lte(9)), z.string(), z.array(z.string())]),
      z.transform((written) => proxies(written)),
    ),
    z.union([z.literal(false), z.number(), z.readonly(z.array(z.string()))]),
  ),
  expected: 'has to be the number of proxies in front (such as 1), or their addresses.',
};

export const reachSettings = {
  baseUrl: httpAddress('BASE_URL', 'has to be an address such as https://contacts.example.com.'),
  'listen.host': text('HOST', 'has to be an address of this machine, such as 127.0.0.1 or 0.0.0.0.'),
  'listen.port': wholeNumber('PORT', 0, 65_535),
  'tls.certFile': path('TLS_CERT_FILE', 'has to name the PEM file of the certificate with its chain.'),
  'tls.keyFile': path('TLS_KEY_FILE', "has to name the PEM file of the certificate's key."),
  trustProxy,
  demo: { ...flag('DEMO'), expected: 'has to be 1, or 0, or not set.', environmentOnly: true },
};

export function resolveReach(
  values: SettingValues<typeof reachSettings>,
  { wrong, isWrong, name }: Problems<typeof reachSettings>,
): ReachConfig {
  const port = values['listen.port'] ?? 8801;
  const host = values['listen.host'] ?? '127.0.0.1';
  const loopback = isLoopbackHost(host);
  const demo = values.demo ?? false;

  const certFile = values['tls.certFile'];
  const keyFile = values['tls.keyFile'];
  if (certFile !== undefined && keyFile === undefined) wrong('tls.keyFile', `name the key of ${name('tls.certFile')}.`);
  if (keyFile !== undefined && certFile === undefined) {
    wrong('tls.certFile', `name the certificate of ${name('tls.keyFile')}.`);
  }
  const tls = certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined;

  const proxy = values.trustProxy ?? false;
  if (!loopback && demo) {
    wrong(
      'listen.host',
      `the demo has passwords that everybody knows, so it listens on loopback only: leave ${name('listen.host')} out.`,
    );
  } else if (!loopback && tls === undefined && proxy === false && !isWrong('trustProxy')) {
    wrong(
      'listen.host',
      `${host} can be reached by others, and passwords travel over https only: name a certificate with ` +
        `${name('tls.certFile')} and ${name('tls.keyFile')}, or the proxy in front with ${name('trustProxy')}, or leave ` +
        `${name('listen.host')} out.`,
    );
  }

  const baseUrl = values.baseUrl ?? new URL(`${tls === undefined ? 'http' : 'https'}://localhost:${port}`);
  if (baseUrl.protocol === 'http:' && !isLoopbackHost(baseUrl.hostname)) {
    wrong('baseUrl', 'has to begin with https://: Outlook loads add-ins over https only.');
  } else if (values.baseUrl === undefined && !isWrong('baseUrl') && !loopback) {
    wrong(
      'baseUrl',
      'name the address under which people reach this installation, such as https://contacts.example.com.',
    );
  }
  const basePath = baseUrl.pathname.replace(/\/+$/, '');

  return {
    port,
    host,
    demo,
    baseUrl: baseUrl.origin + basePath,
    basePath,
    https: baseUrl.protocol === 'https:',
    loopback,
    ...(tls !== undefined && { tls }),
    trustProxy: proxy,
  };
}

/** Undefined when it is neither a number nor a list of addresses. */
function proxies(written: false | number | string | readonly string[]): ReachConfig['trustProxy'] | undefined {
  if (written === false || written === 0 || written === '0') return false;
  if (typeof written === 'number') return written;
  if (typeof written === 'string' && /^\d$/.test(written)) return Number(written);
  const addresses = (typeof written === 'string' ? written.split(',') : written)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const looksRight = (part: string) => /^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i.test(part);
  return addresses.length > 0 && addresses.every((part) => looksRight(part) && /[a-z.:]/i.test(part))
    ? addresses
    : undefined;
}
