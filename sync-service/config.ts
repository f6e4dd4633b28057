/**
 * The service's configuration, read from the environment once, at the start. This is the only place besides the entry
 * points that looks at the environment. Whatever is wrong is told by the name of its variable with what to do.
 */
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { isLoopbackHost } from './http/own-origin';
import { logLevels } from './logger';
import type { LogLevel } from './logger';

export interface Config {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Directory of the database. */
  readonly dataDirectory: string;
  readonly databaseFile: string;
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
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Whose X-Forwarded-* headers are believed: a number of proxies, or their addresses. */
  readonly trustProxy: false | number | readonly string[];
  readonly officeJs: {
    /** What the pages load. */
    readonly url: string;
    /** Origin of it when it is not the own one. */
    readonly origin?: string;
    /** The copy of the package is served. */
    readonly local: boolean;
  };
  /** Absent where the installation has no Microsoft 365. */
  readonly microsoft?: { readonly clientId: string; readonly authority: string; readonly graphBaseUrl: string };
  /** Further origins that may frame the pane: an Outlook on the web on premises. */
  readonly outlookOrigins: readonly string[];
  readonly logLevel: LogLevel;
}

/** What is wrong with the configuration, a line for each variable. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

export const officeJsCdn = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js';
/** Where the copy of office.js is served with `OFFICE_JS=local`, below the base path. */
export const officeJsLocalPath = '/office-js/office.js';

/** A text; an empty one counts as not set, because that is how shells and compose files unset. */
const text = z.optional(
  z.pipe(
    z.string(),
    z.transform((value) => (value.trim() === '' ? undefined : value.trim())),
  ),
);

const environmentSchema = z.object({
  PORT: text,
  HOST: text,
  DATA_DIR: text,
  DEMO: text,
  BASE_URL: text,
  TLS_CERT_FILE: text,
  TLS_KEY_FILE: text,
  TRUST_PROXY: text,
  OFFICE_JS: text,
  OUTLOOK_ORIGINS: text,
  MICROSOFT_CLIENT_ID: text,
  MICROSOFT_AUTHORITY: text,
  MICROSOFT_GRAPH_BASE_URL: text,
  LOG_LEVEL: text,
});

/** Reads the configuration. @throws ConfigError naming every variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = z.parse(environmentSchema, environment);
  const problems: string[] = [];
  const wrong = (variable: keyof typeof given, whatToDo: string) => problems.push(`${variable}: ${whatToDo}`);

  const port = Number(given.PORT ?? '8801');
  if (!/^\d{1,5}$/.test(given.PORT ?? '8801') || port > 65_535) wrong('PORT', 'has to be a number from 0 to 65535.');

  const demo = flag(given.DEMO);
  if (demo === undefined) wrong('DEMO', 'has to be 1, or 0, or not set.');

  const host = given.HOST ?? '127.0.0.1';
  const loopback = isLoopbackHost(host);
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = given;
  if (certFile !== undefined && keyFile === undefined) wrong('TLS_KEY_FILE', 'name the key of TLS_CERT_FILE.');
  if (keyFile !== undefined && certFile === undefined) wrong('TLS_CERT_FILE', 'name the certificate of TLS_KEY_FILE.');
  const tls = certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined;

  const trustProxy = proxies(given.TRUST_PROXY);
  if (trustProxy === undefined) {
    wrong(
      'TRUST_PROXY',
      'has to be the number of proxies in front (such as 1), or their addresses with commas between.',
    );
  }
  const behindProxy = trustProxy !== undefined && trustProxy !== false;
  if (!loopback && demo === true) {
    wrong('HOST', 'the demo has passwords that everybody knows, so it listens on loopback only: leave HOST out.');
  } else if (!loopback && tls === undefined && !behindProxy) {
    wrong(
      'HOST',
      `${host} can be reached by others, and passwords travel over https only: name a certificate with TLS_CERT_FILE and ` +
        'TLS_KEY_FILE, or the proxy in front with TRUST_PROXY, or leave HOST out.',
    );
  }

  const ownUrl = `${tls === undefined ? 'http' : 'https'}://localhost:${port}`;
  const baseUrl = httpUrl(given.BASE_URL ?? ownUrl);
  if (baseUrl === undefined) wrong('BASE_URL', 'has to be an address such as https://contacts.example.com.');
  else if (baseUrl.protocol === 'http:' && !isLoopbackHost(baseUrl.hostname)) {
    wrong('BASE_URL', 'has to begin with https://: Outlook loads add-ins over https only.');
  } else if (given.BASE_URL === undefined && !loopback) {
    wrong(
      'BASE_URL',
      'name the address under which people reach this installation, such as https://contacts.example.com.',
    );
  }

  const officeJs = officeJsSource(given.OFFICE_JS ?? 'cdn', baseUrl);
  if (officeJs === undefined)
    wrong('OFFICE_JS', 'has to be cdn, local, a path that begins with /, or an https address.');

  const outlookOrigins: string[] = [];
  for (const origin of list(given.OUTLOOK_ORIGINS)) {
    const url = httpUrl(origin);
    if (url?.protocol === 'https:' && url.pathname === '/') outlookOrigins.push(url.origin);
    else wrong('OUTLOOK_ORIGINS', `${origin} is no origin such as https://mail.example.com.`);
  }

  const microsoft = microsoftOf(given, (variable, whatToDo) => wrong(variable, whatToDo));
  const logLevel = logLevels.find((level) => level === (given.LOG_LEVEL ?? 'info'));
  if (logLevel === undefined) wrong('LOG_LEVEL', `has to be one of ${logLevels.join(', ')}.`);

  if (
    problems.length > 0 ||
    demo === undefined ||
    trustProxy === undefined ||
    baseUrl === undefined ||
    officeJs === undefined ||
    logLevel === undefined
  ) {
    throw new ConfigError(problems);
  }
  const dataDirectory = resolve(given.DATA_DIR ?? 'data');
  const basePath = baseUrl.pathname.replace(/\/+$/, '');
  return {
    port,
    host,
    dataDirectory,
    databaseFile: join(dataDirectory, 'mycontacts.db'),
    demo,
    baseUrl: baseUrl.origin + basePath,
    basePath,
    https: baseUrl.protocol === 'https:',
    loopback,
    ...(tls !== undefined && { tls }),
    trustProxy,
    officeJs,
    ...(microsoft !== undefined && { microsoft }),
    outlookOrigins,
    logLevel,
  };
}

function flag(written: string | undefined): boolean | undefined {
  if (written === undefined || ['0', 'false', 'no'].includes(written.toLowerCase())) return false;
  return ['1', 'true', 'yes'].includes(written.toLowerCase()) ? true : undefined;
}

function list(written: string | undefined): string[] {
  return (written ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A number of proxies or a list of their addresses; undefined when it is neither. */
function proxies(written: string | undefined): Config['trustProxy'] | undefined {
  if (written === undefined || written === '0') return false;
  if (/^\d$/.test(written)) return Number(written);
  const addresses = list(written);
  const looksRight = (part: string) => /^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i.test(part);
  return addresses.length > 0 && addresses.every((part) => looksRight(part) && /[a-z.:]/i.test(part))
    ? addresses
    : undefined;
}

function httpUrl(written: string): URL | undefined {
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined;
}

function officeJsSource(written: string, baseUrl: URL | undefined): Config['officeJs'] | undefined {
  if (written === 'cdn') return { url: officeJsCdn, origin: new URL(officeJsCdn).origin, local: false };
  if (written === 'local') {
    return { url: (baseUrl?.pathname ?? '').replace(/\/+$/, '') + officeJsLocalPath, local: true };
  }
  if (/^\/(?!\/)[\w./-]*$/.test(written)) return { url: written, local: false };
  const url = httpUrl(written);
  return url?.protocol === 'https:' ? { url: url.href, origin: url.origin, local: false } : undefined;
}

function microsoftOf(
  given: Pick<
    z.infer<typeof environmentSchema>,
    'MICROSOFT_CLIENT_ID' | 'MICROSOFT_AUTHORITY' | 'MICROSOFT_GRAPH_BASE_URL'
  >,
  wrong: (
    variable: 'MICROSOFT_CLIENT_ID' | 'MICROSOFT_AUTHORITY' | 'MICROSOFT_GRAPH_BASE_URL',
    whatToDo: string,
  ) => void,
): Config['microsoft'] {
  const clientId = given.MICROSOFT_CLIENT_ID;
  if (clientId === undefined) {
    if (given.MICROSOFT_AUTHORITY !== undefined || given.MICROSOFT_GRAPH_BASE_URL !== undefined) {
      wrong('MICROSOFT_CLIENT_ID', 'name the application (client) id that Entra ID shows for this installation.');
    }
    return undefined;
  }
  const authority = httpUrl(given.MICROSOFT_AUTHORITY ?? 'https://login.microsoftonline.com/organizations');
  const graph = httpUrl(given.MICROSOFT_GRAPH_BASE_URL ?? 'https://graph.microsoft.com/v1.0');
  const allowed = (url: URL) => url.protocol === 'https:' || isLoopbackHost(url.hostname);
  if (authority === undefined || !allowed(authority)) {
    wrong('MICROSOFT_AUTHORITY', 'has to be an https address such as https://login.microsoftonline.com/organizations.');
  }
  if (graph === undefined || !allowed(graph)) {
    wrong('MICROSOFT_GRAPH_BASE_URL', 'has to be an https address such as https://graph.microsoft.com/v1.0.');
  }
  if (authority === undefined || graph === undefined) return undefined;
  return { clientId, authority: withoutSlash(authority), graphBaseUrl: withoutSlash(graph) };
}

function withoutSlash(url: URL): string {
  return url.href.replace(/\/+$/, '');
}
