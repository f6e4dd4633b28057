/** Microsoft Graph as a contact source, against the demo mailbox over real HTTP. No request waits for a real clock. */
import { createMailboxServer } from '../../demo/mailbox/mailbox-server';
import { createGraphContactSource } from '../../shared/mailbox/graph-contact-source';
import { contactSourceContract, type ContactSourceWorld } from './contact-source';

const address = '330@demo.example';

async function makeWorld(): Promise<ContactSourceWorld> {
  const server = createMailboxServer({
    addresses: [address],
    contents: () => ({
      folders: [
        { key: 'child', name: 'Lieferanten' },
        { key: 'grandchild', name: 'Messe', parent: 'child' },
      ],
      contacts: [],
    }),
    latencyMs: 0,
    pageSize: 3,
  });
  const port = await server.listen(0);
  const mailbox = server.control.mailbox(address);
  const token = server.control.issueToken(address);
  let time = Date.UTC(2026, 0, 5, 8);
  let waited = 0;
  const source = createGraphContactSource({
    fetch: (url, init) => fetch(url, init),
    token: () => Promise.resolve(token),
    baseUrl: `http://127.0.0.1:${String(port)}/v1.0`,
    now: () => new Date(time),
    delay: (ms, signal) => {
      signal.throwIfAborted();
      time += ms;
      waited += ms;
      return Promise.resolve();
    },
    random: () => 0.5,
  });
  const [first, second, third] = mailbox.folders().map((folder) => folder.id);
  return {
    source,
    folderIds: [first ?? '', second ?? '', third ?? ''],
    add: (contact, folderId) => mailbox.addContact(contact, folderId),
    edit: (itemId, patch) => mailbox.editContact(itemId, patch),
    setPicture: (itemId, picture) => mailbox.setPhoto(itemId, picture),
    remove: (itemId) => mailbox.deleteContact(itemId),
    move: (itemId, folderId) => mailbox.moveContact(itemId, folderId),
    contents: () =>
      new Map(
        mailbox
          .items()
          .map(({ id, folderId, content }) => [
            id,
            { folderId, displayName: content.displayName ?? '', numbers: content.businessPhones ?? [] },
          ]),
      ),
    expire: () => mailbox.expireStates(),
    throttle: (times) => server.control.throttle(times, 1),
    fail: (times) => {
      server.control.fail(Math.ceil(times / 2), 503);
      server.control.dropConnections(Math.floor(times / 2), times > 4 ? 'in-answer' : 'before-answer');
    },
    disturb: (fault, times) => server.control.disturbPages(times, fault),
    waitedMs: () => waited,
    close: () => server.close(),
  };
}

contactSourceContract('Microsoft Graph', makeWorld, 60);
