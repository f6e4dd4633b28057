/** Looks at an installation from outside, by its address, as Outlook and the pane do. */
import { apiBase } from '../../shared/api';
import { isLoopbackHost } from '../http/own-origin';
import { ask } from './ask';
import type { Answer } from './ask';
import { checkCertificate } from './check-certificate';
import { checkHeaders } from './check-headers';
import { checkStream } from './check-stream';
import { fail, ok, warn } from './finding';
import type { Finding } from './finding';
import { isPrivateAddress } from './private-address';

export interface CheckAddressDeps {
  /** Addresses of a name. */
  readonly lookup: (host: string) => Promise<readonly string[]>;
  readonly now: () => Date;
  /** PEM of an authority of the organisation's own. */
  readonly ca?: string;
}

/** Seconds that clocks may differ: tokens and Microsoft's answers are checked by time. */
const skewSeconds = 60;

/** `baseUrl` as people use it, without a slash at its end. */
export async function checkAddress(baseUrl: string, deps: CheckAddressDeps): Promise<Finding[]> {
  const base = new URL(baseUrl);
  const findings: Finding[] = [];
  const options = deps.ca === undefined ? {} : { ca: deps.ca };
  if (base.protocol !== 'https:' && !isLoopbackHost(base.hostname)) {
    findings.push(
      fail(`Address: ${baseUrl} is not https`, 'Outlook loads add-ins over https only: set a certificate or a proxy.'),
    );
  }
  findings.push(...(await checkName(base, deps)));

  let health: Answer;
  try {
    health = await ask(`${baseUrl}${apiBase}/health`, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message || String('code' in error && error.code) : String(error);
    return [
      ...findings,
      fail(`Service: nobody answers at ${baseUrl} (${reason})`, 'Start the service; check port, firewall and proxy.'),
    ];
  }
  if (health.certificate !== undefined)
    findings.push(...checkCertificate(health.certificate, base.hostname, deps.now()));
  const served = checkHealth(health, baseUrl);
  findings.push(served);
  if (served.level === 'fail') return findings;
  findings.push(checkClock(health, deps.now()));

  const ready = await ask(`${baseUrl}${apiBase}/ready`, options);
  findings.push(
    ready.status === 200
      ? ok('Service: it is ready')
      : fail(`Service: it is not ready (${ready.body.slice(0, 300)})`, 'The log of the service says why.'),
  );
  findings.push(...(await checkPane(baseUrl, options)));
  findings.push(
    ...checkStream(
      await ask(`${baseUrl}${apiBase}/stream-probe`, { ...options, headers: { 'accept-encoding': 'gzip, br' } }),
    ),
  );
  if (base.protocol === 'https:' && base.port === '') findings.push(...(await checkPlain(base)));
  return findings;
}

async function checkName(base: URL, deps: CheckAddressDeps): Promise<Finding[]> {
  const host = base.hostname.replace(/^\[|\]$/g, '');
  if (isLoopbackHost(host)) return [];
  let addresses: readonly string[];
  try {
    addresses = await deps.lookup(host);
  } catch {
    return [
      fail(`Name: ${host} is not known to the name server`, 'Enter it there, and check the spelling of the address.'),
    ];
  }
  const inside = addresses.filter(isPrivateAddress);
  if (inside.length === 0) return [ok(`Name: ${host} is ${addresses.join(', ')}`)];
  return [
    warn(
      `Name: ${host} is ${inside.join(', ')}, an address inside your network`,
      'Outlook on the web comes from outside, and Edge and Chrome ask the user, or refuse, when its page opens one inside. ' +
        'Either let the name lead to a public address, or set the browser policies LocalNetworkAccessAllowedForUrls ' +
        '(https://outlook.office.com, https://outlook.office365.com, https://outlook.cloud.microsoft and this address) and ' +
        'LocalNetworkAccessPermissionsPolicyDefaultEnabled.',
    ),
  ];
}

function checkHealth(health: Answer, baseUrl: string): Finding {
  const { status, headers, body } = health;
  if (status >= 300 && status < 400) {
    return fail(
      `Service: ${baseUrl} leads on to ${headers.location ?? 'somewhere else'}`,
      'Outlook and the pane do not follow: use the address at the end of it as baseUrl, and no login page in front.',
    );
  }
  if (status === 200 && /"status"\s*:\s*"ok"/.test(body)) return ok(`Service: it answers at ${baseUrl}`);
  if (status === 404) {
    return fail(
      `Service: there is something at ${baseUrl}, but not this service (404)`,
      'Check the path: the proxy has to pass it on as it is, and baseUrl has to name the same path.',
    );
  }
  if (status === 502 || status === 503 || status === 504) {
    return fail(`Service: the proxy does not reach it (${status})`, 'Start the service; check its port in the proxy.');
  }
  return fail(`Service: another program answers at ${baseUrl} (${status})`, 'Check the address and the proxy.');
}

function checkClock(health: Answer, now: Date): Finding {
  const told = Date.parse(health.headers.date ?? '');
  if (Number.isNaN(told)) return warn('Clock: the answer has no Date header', 'Let the proxy pass it on.');
  const seconds = Math.round(Math.abs(told - now.getTime()) / 1000);
  return seconds <= skewSeconds
    ? ok('Clock: both machines have the same time')
    : fail(
        `Clock: this machine and the server differ by ${seconds} s`,
        'Set both by a time server (timedatectl set-ntp true): sign-ins are checked by time.',
      );
}

async function checkPane(baseUrl: string, options: { ca?: string }): Promise<Finding[]> {
  const page = await ask(`${baseUrl}/taskpane.html`, options);
  if (page.status !== 200) {
    return [
      fail(`Pane: ${baseUrl}/taskpane.html answers ${page.status}`, 'Copy the whole folder that npm run build makes.'),
    ];
  }
  const findings = checkHeaders(page.headers, baseUrl.startsWith('https:'));
  const script = /<script[^>]+src="(?!https?:|\/)([^"]+)"/.exec(page.body)?.[1];
  if (script === undefined) {
    return [
      ...findings,
      fail('Pane: its page is not the one of this service', 'A proxy in front changes pages: turn that off.'),
    ];
  }
  const file = await ask(`${baseUrl}/${script}`, options);
  findings.push(
    file.status === 200 && /javascript/.test(file.headers['content-type'] ?? '')
      ? ok('Pane: page and scripts are served')
      : fail(
          `Pane: its script answers ${file.status}`,
          'Check the path in the proxy: all below it belongs to the service.',
        ),
  );
  return findings;
}

/** What is said without TLS at the same name. */
async function checkPlain(base: URL): Promise<Finding[]> {
  try {
    const plain = await ask(`http://${base.host}${base.pathname}`, { timeoutMs: 3000 });
    const leadsOn =
      plain.status >= 300 && plain.status < 400 && plain.headers.location?.startsWith('https://') === true;
    return [
      leadsOn
        ? ok('Plain http: it leads on to https')
        : warn(`Plain http: port 80 answers ${plain.status}`, 'Let it lead on to https, or close it.'),
    ];
  } catch {
    return [ok('Plain http: nobody answers')];
  }
}
