/** The preview page, which looks like an Outlook that hosts the pane, at `/preview/`; `/` leads there. */
import express from 'express';
import type { Router } from 'express';

/** @param graphOrigin where the page reads the names of the demo mailbox's people. */
export function createPreviewPages(directory: string, graphOrigin: string): Router {
  const router = express.Router();
  router.get('/', (_request, response) => response.redirect('/preview/'));
  // The page is an Outlook, not the product: it frames the pane, and its styles carry no nonce.
  const policy = [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${graphOrigin}`,
    "frame-ancestors 'none'",
  ].join('; ');
  router.use(
    '/preview',
    (_request, response, next) => {
      response.setHeader('Content-Security-Policy', policy);
      next();
    },
    express.static(directory, { cacheControl: false }),
  );
  return router;
}
