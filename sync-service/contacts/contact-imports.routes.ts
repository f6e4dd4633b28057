/** `POST contacts/imports` and `GET contacts/export`. */
import { exportContacts, importContacts } from '../../shared/api/contacts';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { ContactExportService } from './contact-export.service';
import type { ContactImportsService } from './contact-imports.service';

export function contactImportsRoutes(service: ContactImportsService, exports: ContactExportService): BoundRoute[] {
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
    bind(exportContacts, ({ query }, { caller }) => exports.exportContacts(caller.user.id, query.format)),
  ];
}
