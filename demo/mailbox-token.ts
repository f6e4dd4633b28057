/**
 * `POST /demo/mailbox-token`: a token of the demo mailbox for the preview page, which plays Outlook and so Microsoft's
 * sign-in. Loopback and own page only.
 */
import express from 'express';
import type { Router } from 'express';
import type { MailboxServer } from './mailbox/mailbox-server';
import { isOwnPage } from './own-page';

/** Seconds that a token lives, as those of Entra ID do about. */
const lifetimeSeconds = 3600;

export function createMailboxTokenRouter(mailbox: MailboxServer, address: string): Router {
  const router = express.Router();
  router.post('/mailbox-token', (request, response) => {
    if (!isOwnPage(request)) {
      response.status(403).json({ error: 'The demo mailbox is for the own page of the demo.' });
      return;
    }
    const tenantId = '00000000-0000-4000-8000-000000000001';
    response.json({
      accessToken: mailbox.control.issueToken(address, lifetimeSeconds * 1000),
      expiresIn: lifetimeSeconds,
      account: {
        username: address,
        homeAccountId: `${address}.${tenantId}`,
        localAccountId: address,
        tenantId,
        environment: 'localhost',
      },
    });
  });
  return router;
}
