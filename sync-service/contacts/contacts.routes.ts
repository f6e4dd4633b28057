/** Handlers of `shared/api/contacts.ts`, without the import of files. */
import {
  changeContact,
  createContact,
  deleteContact,
  deleteImportedContacts,
  getContact,
  listContacts,
} from '../../shared/api/contacts';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { ContactsService } from './contacts.service';

export function contactsRoutes(contacts: ContactsService): BoundRoute[] {
  return [
    bind(listContacts, ({ query }, { caller }) => contacts.list(caller.user.id, query)),
    bind(createContact, ({ body }, { caller }) => contacts.create(caller.user.id, body)),
    bind(getContact, ({ params }, { caller }) => contacts.get(caller.user.id, params.id)),
    bind(changeContact, ({ params, ifMatch, body }, { caller }) =>
      contacts.change(caller.user.id, params.id, ifMatch, body),
    ),
    bind(deleteContact, async ({ params, ifMatch }, { caller }) => {
      await contacts.remove(caller.user.id, params.id, ifMatch);
      return undefined;
    }),
    bind(deleteImportedContacts, (_input, { caller }) => contacts.removeImported(caller.user.id)),
  ];
}
