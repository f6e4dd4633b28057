/**
 * The pane's pages and files. Pages are never cached and carry what the installation decides: where office.js comes
 * from, and the nonce that admits Fluent's styles. Files whose name holds a hash of their contents never change.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import compression from 'compression';
import express from 'express';
import type { RequestHandler, Router } from 'express';
import { ServiceError } from '../../shared/errors';
import { hashedName } from './former-pane-files';

/** In a page these stand for what the installation decides. */
export const pagePlaceholders = { officeJsUrl: '%OFFICE_JS_URL%', nonce: '%CSP_NONCE%' } as const;

export interface PanePagesSettings {
  /** Directory of the built pane. */
  readonly directory: string;
  /** Directories with files of former versions, the newest first. */
  readonly formerDirectories?: readonly string[];
  /** What the pages load office.js from. */
  readonly officeJsUrl: string;
  /** Directory with office.js and what it loads, served at `/office-js`; for networks without the internet. */
  readonly officeJsDirectory?: string;
}

/** Path of each page and its file. */
const pages = {
  '/taskpane.html': 'taskpane.html',
  '/commands.html': 'commands.html',
  '/window': 'window.html',
  '/microsoft-sign-in': 'microsoft-sign-in.html',
} as const;

const year = 365 * 24 * 60 * 60;

export function createPanePages(settings: PanePagesSettings): Router {
  const router = express.Router({ caseSensitive: true });
  // Files only: no answer that holds a secret is compressed beside text that an attacker chose (BREACH).
  router.use(compression());
  for (const [path, file] of Object.entries(pages)) {
    router.get(path, servePage(join(settings.directory, file), settings.officeJsUrl));
  }
  if (settings.officeJsDirectory !== undefined) {
    router.use('/office-js', express.static(settings.officeJsDirectory, { index: false, maxAge: 24 * 60 * 60 * 1000 }));
  }
  router.use(
    express.static(settings.directory, {
      index: false,
      setHeaders: (response, path) => {
        response.setHeader(
          'Cache-Control',
          hashedName.test(path) ? `public, max-age=${year}, immutable` : 'public, no-cache',
        );
      },
    }),
  );
  for (const former of settings.formerDirectories ?? []) {
    const serve = express.static(former, { index: false, redirect: false, immutable: true, maxAge: year * 1000 });
    router.use((request, response, next) => {
      if (hashedName.test(request.path)) serve(request, response, next);
      else next();
    });
  }
  return router;
}

/** Serves one HTML file with its placeholders filled in. Also for pages that are not the pane's, such as a preview. */
export function servePage(file: string, officeJsUrl: string): RequestHandler {
  return async (_request, response) => {
    let html: string;
    try {
      html = await readFile(file, 'utf8');
    } catch (error) {
      throw new ServiceError('not-found', 'The pane has not been built: npm run build.', { cause: error });
    }
    // The headers were set before this page was known: only now is it clear that it needs a nonce.
    const nonce = String(response.locals.cspNonce);
    response
      .set('Cache-Control', 'no-cache')
      .type('text/html')
      .send(
        html
          .replaceAll(pagePlaceholders.officeJsUrl, escapeAttribute(officeJsUrl))
          .replaceAll(pagePlaceholders.nonce, nonce),
      );
  };
}

/** A nonce for each answer, before the security headers that name it. */
export function drawNonce(): RequestHandler {
  return (_request, response, next) => {
    response.locals.cspNonce = randomBytes(16).toString('base64');
    next();
  };
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
