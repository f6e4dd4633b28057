/** Ribbon buttons without a page (manifest: ExecuteFunction): Outlook starts a runtime for each press and ends it after. */
import { waitForOffice } from './office-ready';

/** Longest time that a command may take before Outlook ends its runtime: five minutes, less some for the last word. */
export const commandTimeoutMs = 4.5 * 60_000;

/**
 * Ties a button's function to what it does. Outlook is told of the end in every case, or the button would stay grey.
 * @param name `FunctionName` in the manifest
 */
export async function onRibbonCommand(name: string, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  if (!(await waitForOffice(window))) return;
  Office.actions.associate(name, (event: Pick<Office.AddinCommands.Event, 'completed'>) => {
    void run(AbortSignal.timeout(commandTimeoutMs)).finally(() => event.completed());
  });
}
