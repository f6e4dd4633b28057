/** `mailbox list|run|pause|resume`: the mailboxes that the service reads by itself. */
import type { AdministeredMailbox } from '../../shared/api/unattended-sync';
import { commandLine } from '../accounts/people-model';
import type { Command } from './command';
import { writeTable } from './write';

const pageSize = 200;

/** How a mailbox stands, in a word. */
function standOf({ running, paused, problem }: AdministeredMailbox): string {
  if (running) return 'running';
  if (paused !== undefined) return `paused (${paused.reason})`;
  return problem ?? 'ok';
}

const act = (
  word: 'run' | 'pause' | 'resume',
  done: 'run' | 'paused' | 'resumed',
  summary: string,
  told: string,
): Command => ({
  words: ['mailbox', word],
  positionals: ['ADDRESS'],
  options: {},
  summary,
  async run({ positionals: [address = ''] }, { mailboxes, write }) {
    for (const mailbox of await mailboxes.actAt(commandLine, done, address)) {
      write(`${mailbox.address} (${mailbox.userName}): ${told}`);
    }
  },
});

export const mailboxCommands: readonly Command[] = [
  {
    words: ['mailbox', 'list'],
    positionals: [],
    options: {},
    summary: 'Show the mailboxes that the service reads by itself: last run, next run, what is wrong.',
    async run(_args, { mailboxes, write }) {
      const rows: (readonly string[])[] = [];
      let cursor: string | undefined;
      do {
        const page = await mailboxes.list(cursor, pageSize);
        for (const mailbox of page.items) {
          const { address, userName, mode, lastRunAt, lastSuccessAt, nextRunAt, failures } = mailbox;
          rows.push([
            address,
            userName,
            mode,
            standOf(mailbox),
            String(failures),
            lastRunAt ?? '-',
            lastSuccessAt ?? '-',
            nextRunAt ?? '-',
          ]);
        }
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      writeTable(
        write,
        ['ADDRESS', 'USER', 'MODE', 'STATE', 'FAILURES', 'LAST RUN', 'LAST SUCCESS', 'NEXT RUN'],
        rows,
        'No mailbox is read by the service. Users turn it on in their contact sync: “Also sync while Outlook is closed”.',
      );
    },
  },
  act('run', 'run', 'Read a mailbox now, whatever paused it.', 'is read within half a minute, while the service runs.'),
  act('pause', 'paused', 'Read a mailbox no more until it is resumed.', 'is read no more until it is resumed.'),
  act('resume', 'resumed', 'Take a paused mailbox up again; its failures are forgotten.', 'is read again.'),
];
