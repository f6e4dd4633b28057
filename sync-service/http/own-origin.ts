/** Whether a request comes from a page of this installation (DESIGN §3: checked where a cookie decides). */

export interface OwnOrigins {
  /** Origins under which the installation is reached, such as `https://contacts.example.com`. */
  readonly origins: readonly string[];
  /** The service listens on loopback only: whatever loopback name and port the page was opened by is its own. */
  readonly loopback: boolean;
}

/**
 * Browsers send `Origin` with every POST, so a page of another origin is always told apart. A request without it comes
 * from a program, which has no cookies of a user; one that says it is from another site is refused all the same.
 */
export function createOriginCheck(own: OwnOrigins): (request: { header(name: string): string | undefined }) => boolean {
  const origins = new Set(own.origins.map((origin) => new URL(origin).origin));
  return (request) => {
    const origin = request.header('origin');
    const site = request.header('sec-fetch-site');
    if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none';
    if (origins.has(origin)) return true;
    return own.loopback && isLoopbackOrigin(origin) && sameHost(origin, request.header('host'));
  };
}

/** Names that no name server can point elsewhere. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}

function sameHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && new URL(origin).host === host.toLowerCase();
}
