/**
 * The demo mailbox in a process of its own, so that what it computes is not counted as work of the pane or the service.
 * Arguments: the control key, then `address=contacts` for each mailbox. Tells its port to the process that forked it.
 */
import { generateContacts } from '../../demo/mailbox/contacts';
import { createMailboxServer } from '../../demo/mailbox/mailbox-server';

const [controlKey = '', ...mailboxes] = process.argv.slice(2);
const counts = new Map(
  mailboxes.map((mailbox) => {
    const [address = '', count] = mailbox.split('=');
    return [address, Number(count)] as const;
  }),
);

const server = createMailboxServer({
  addresses: [...counts.keys()],
  contents: (address) => generateContacts({ seed: address, count: counts.get(address) ?? 0 }),
  latencyMs: 0,
  controlKey,
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: await server.listen(0) });
