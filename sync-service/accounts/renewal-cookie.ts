/**
 * The renewal cookie's header (DESIGN §3). The pane is a frame inside Outlook's page, so the cookie is a third-party
 * one there: SameSite=None with Partitioned, which browsers that refuse third-party cookies still keep per top-level
 * site. Limited to the path of the renewal, it travels with no other request.
 */
export interface RenewalCookieSettings {
  /** Path of the renewal, base path included. */
  readonly path: string;
  /** False only in demo over http, where the cookie stays first-party. */
  readonly secure: boolean;
}

export const renewalCookieName = 'mycontacts-renewal';

/** Value of a `Set-Cookie` header; lives for `maxAgeMs`, 0 removes it. */
export function renewalCookieHeader(settings: RenewalCookieSettings, value: string, maxAgeMs: number): string {
  const crossSite = settings.secure ? ['Secure', 'SameSite=None', 'Partitioned'] : ['SameSite=Strict'];
  return [
    `${renewalCookieName}=${value}`,
    `Path=${settings.path}`,
    `Max-Age=${Math.floor(maxAgeMs / 1000)}`,
    'HttpOnly',
    ...crossSite,
  ].join('; ');
}
