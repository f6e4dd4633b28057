/** Office's dialog in which people sign in where Outlook does not do it: what the pane asks and what the dialog answers. */
import * as z from 'zod/mini';
import { microsoftRedirectPage } from './microsoft-application';
import { microsoftFailureOf, officeDialogFailure } from './microsoft-failure';

/** What the dialog sends to the pane. */
export const dialogAnswerSchema = z.union([
  z.object({ accessToken: z.string(), accountName: z.string(), tenantId: z.string() }),
  z.object({ errorCode: z.string(), subError: z.string(), errorMessage: z.string() }),
]);
export type DialogAnswer = z.infer<typeof dialogAnswerSchema>;

/** Marks the dialog's page apart from a popup's: the browser's session of a dialog is its own. */
export const dialogHash = '#dialog';

/** Opens the dialog and waits for its answer. @throws MicrosoftFailure */
export function askInDialog(): Promise<{ accessToken: string; accountName: string; tenantId: string }> {
  return new Promise((resolve, reject) => {
    const address = new URL(`${microsoftRedirectPage}${dialogHash}`, document.baseURI).href;
    // In per cent of the screen.
    const size = { height: 60, width: 30 };
    Office.context.ui.displayDialogAsync(address, size, (opened) => {
      if (opened.status === Office.AsyncResultStatus.Failed) {
        reject(officeDialogFailure(opened.error.code));
        return;
      }
      const dialog = opened.value;
      dialog.addEventHandler(Office.EventType.DialogMessageReceived, (event) => {
        dialog.close();
        const answer = 'message' in event ? readAnswer(event.message) : undefined;
        if (answer === undefined || 'errorCode' in answer) reject(microsoftFailureOf(answer));
        else resolve(answer);
      });
      dialog.addEventHandler(Office.EventType.DialogEventReceived, (event) => {
        if ('error' in event) reject(officeDialogFailure(event.error));
      });
    });
  });
}

function readAnswer(message: string): DialogAnswer | undefined {
  try {
    return dialogAnswerSchema.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}
