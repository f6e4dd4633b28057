/** `POST contacts/imports`. */
import { importContacts } from '../../shared/api/contacts';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { ContactImportsService } from './contact-imports.service';

export function contactImportsRoutes(service: ContactImportsService): BoundRoute[] {
  return [
    bind(importContacts, ({ query, body }, { caller, signal }) =>
      service.importFile({
        userId: caller.user.id,
        format: query.format,
        charset: query.charset,
        header: query.header === undefined ? undefined : query.header === 'true',
        columns: query.columns,
        preview: query.preview === 'true',
        bytes: body,
        requestId: query.requestId,
        signal,
      }),
    ),
  ];
}
