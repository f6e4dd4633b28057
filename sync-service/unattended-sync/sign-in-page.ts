/** The page on which a sign-in at Microsoft ends: `GET /unattended-sync/callback`. It says what came of it, without a script. */
import { Router } from 'express';
import * as z from 'zod/mini';
import type { SignInResult, UnattendedSyncService } from './unattended-sync.service';

const part = z.optional(z.string().check(z.maxLength(8192)));
const querySchema = z.object({ state: part, code: part, error: part, error_description: part });

const texts: Record<'en' | 'de', Record<SignInResult, readonly [title: string, text: string]>> = {
  en: {
    done: ['It is on', 'myContacts now also reads your contacts while Outlook is closed. You can close this page.'],
    declined: ['Nothing was changed', 'You did not agree, so nothing was turned on. You can close this page.'],
    'consent-needed': [
      'Your administrator has to agree first',
      'Your organisation lets only an administrator allow myContacts to read contacts. Ask yours, then turn it on again in myContacts.',
    ],
    'other-account': [
      'That was another account',
      'You signed in with an account whose mailbox is not the one that myContacts knows for you. Nothing was turned on. Turn it on again and choose your own account.',
    ],
    outdated: ['This sign-in is too old', 'Turn it on again in myContacts.'],
    failed: [
      'That did not work',
      'Microsoft did not complete the sign-in. Nothing was turned on. Try it again in myContacts.',
    ],
  },
  de: {
    done: [
      'Eingeschaltet',
      'myContacts liest Ihre Kontakte jetzt auch, wenn Outlook geschlossen ist. Sie können diese Seite schließen.',
    ],
    declined: [
      'Nichts wurde geändert',
      'Sie haben nicht zugestimmt, darum wurde nichts eingeschaltet. Sie können diese Seite schließen.',
    ],
    'consent-needed': [
      'Ihr Administrator muss zuerst zustimmen',
      'In Ihrer Organisation darf nur ein Administrator myContacts erlauben, Kontakte zu lesen. Fragen Sie ihn und schalten Sie es dann in myContacts erneut ein.',
    ],
    'other-account': [
      'Das war ein anderes Konto',
      'Das Postfach dieses Kontos ist nicht das, das myContacts von Ihnen kennt. Nichts wurde eingeschaltet. Schalten Sie es erneut ein und wählen Sie Ihr eigenes Konto.',
    ],
    outdated: ['Diese Anmeldung ist zu alt', 'Schalten Sie es in myContacts erneut ein.'],
    failed: [
      'Das hat nicht funktioniert',
      'Microsoft hat die Anmeldung nicht abgeschlossen. Nichts wurde eingeschaltet. Versuchen Sie es in myContacts erneut.',
    ],
  },
};

export function createSignInPage(service: Pick<UnattendedSyncService, 'finishSignIn'>): Router {
  const router = Router();
  router.get('/unattended-sync/callback', async (request, response) => {
    const query = querySchema.safeParse(request.query);
    const { state, code, error, error_description: description } = query.success ? query.data : {};
    const result = await service.finishSignIn({
      ...(state === undefined ? {} : { state }),
      ...(code === undefined ? {} : { code }),
      ...(error === undefined ? {} : { error }),
      ...(description === undefined ? {} : { description }),
    });
    const language = request.acceptsLanguages('en', 'de') === 'de' ? 'de' : 'en';
    const [title, text] = texts[language][result];
    // The address holds the code: it is not told to anybody, and not kept.
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    response
      .status(result === 'done' ? 200 : 400)
      .type('html')
      .send(
        `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
          `<title>myContacts</title></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`,
      );
  });
  return router;
}
