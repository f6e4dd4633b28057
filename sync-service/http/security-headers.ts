/**
 * Headers for a page that lives in a frame inside Outlook (DESIGN §3, §10). What helmet sets by default for a page of
 * its own would break it there, so each deviation says why.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

export interface SecuritySettings {
  /** Served over https: browsers are told to stay there. */
  readonly https: boolean;
  /** Further origins that scripts come from: Microsoft's CDN of office.js. */
  readonly scriptOrigins: readonly string[];
  /** Further origins that the pane talks to: Microsoft Graph, the sign-in of Entra ID, EWS on premises has none. */
  readonly connectOrigins: readonly string[];
  /** Further origins whose pages may be framed inside the pane: the silent sign-in of Entra ID. */
  readonly frameOrigins: readonly string[];
  /** Further origins that may frame the pane: an Outlook on the web on premises. */
  readonly outlookOrigins: readonly string[];
}

/** Where Outlook on the web and the Office apps frame an add-in; Outlook on the desktop does not frame it. */
export const outlookHosts = [
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://outlook.live.com',
  'https://outlook.cloud.microsoft',
  'https://*.office.com',
  'https://*.office365.com',
  'https://*.officeapps.live.com',
  'https://*.cloud.microsoft',
] as const;

/** Sets the headers of every answer. Pages put their nonce into `response.locals.cspNonce` before. */
export function securityHeaders(settings: SecuritySettings): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'", ...settings.scriptOrigins],
        // Fluent writes its rules into style elements, which a nonce admits. React sets `style` through the object
        // model, which no policy concerns.
        'style-src': ["'self'", styleNonce],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'media-src': ["'self'"],
        'connect-src': ["'self'", ...settings.connectOrigins],
        'frame-src': ["'self'", ...settings.frameOrigins],
        'worker-src': ["'self'"],
        'manifest-src': ["'self'"],
        'form-action': ["'none'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
        'frame-ancestors': ["'self'", ...outlookHosts, ...settings.outlookOrigins],
      },
    },
    // `frame-ancestors` says it; X-Frame-Options knows no list of origins.
    xFrameOptions: false,
    // Office and Microsoft's sign-in open dialogs that talk to their opener.
    crossOriginOpenerPolicy: false,
    // Outlook shows the ribbon's icons in a page of its own origin.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // An address may hold an extension's number: it is told to nobody.
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: settings.https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
}

/** What helmet sets for pages only: an answer of the contract is shown by no browser as a page. */
const pageHeaders = [
  'Origin-Agent-Cluster',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-XSS-Protection',
];

/** Headers of answers of the contract: the page's policy is a kilobyte, which each of many small answers would carry. */
export function apiHeaders(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    for (const name of pageHeaders) response.removeHeader(name);
    next();
  };
}

function styleNonce(_request: IncomingMessage, response: ServerResponse): string {
  const locals = 'locals' in response ? response.locals : undefined;
  const nonce = typeof locals === 'object' && locals !== null && 'cspNonce' in locals ? locals.cspNonce : undefined;
  return typeof nonce === 'string' ? `'nonce-${nonce}'` : "'self'";
}
