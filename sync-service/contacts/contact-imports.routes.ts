/** `POST contacts/imports`. */
import { importContacts } from '../../shared/api/contacts';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { ContactImportsService } from './contact-imports.service';

export function contactImportsRoutes(service: ContactImportsService): BoundRoute[] {
  return [
    bind(importContacts, ({ query, body }, { caller }) =>
      service.importFile({
        userId: caller.user.id,
        siteId: caller.siteId,
        format: query.format,
        charset: query.charset,
        preview: query.preview === 'true',
        bytes: body,
      }),
    ),
  ];
}
