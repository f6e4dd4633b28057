/**
 * The demo mailbox in a process of its own, so that what it computes is not counted as work of the pane or the service.
 * Arguments: the control key, then `address=contacts` for each mailbox. Tells its port to the process that forked it.
 */
import { generateContacts } from '../../demo/mailbox/contacts';
import type { MailboxContents } from '../../demo/mailbox/graph-types';
import { createMailboxServer } from '../../demo/mailbox/mailbox-server';

const [controlKey = '', ...mailboxes] = process.argv.slice(2);
const counts = new Map(
  mailboxes.map((mailbox) => {
    const [address = '', count] = mailbox.split('=');
    return [address, Number(count)] as const;
  }),
);

/** Of thousands of mailboxes some have the same people, or they would not fit into memory. */
const differentContents = 20;
const shared = new Map<string, MailboxContents>();
function contentsOf(address: string): MailboxContents {
  const count = counts.get(address) ?? 0;
  const seed = counts.size > differentContents ? `${[...counts.keys()].indexOf(address) % differentContents}` : address;
  const contents = shared.get(seed) ?? generateContacts({ seed, count });
  shared.set(seed, contents);
  return contents;
}

const server = createMailboxServer({
  addresses: [...counts.keys()],
  contents: (address) => contentsOf(address),
  latencyMs: 0,
  controlKey,
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: await server.listen(0) });
