/** Handlers of `shared/api/pictures.ts`. */
import {
  deleteImportedPictures,
  getPicture,
  listWantedPictures,
  noteMissingPictures,
  putContactPicture,
} from '../../shared/api/pictures';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { ContactPicturesService } from './contact-pictures.service';

export function contactPicturesRoutes(pictures: ContactPicturesService): BoundRoute[] {
  return [
    bind(listWantedPictures, ({ query }, { caller }) => pictures.wanted(caller.user.id, query.account, query.limit)),
    bind(putContactPicture, ({ params, query, body }, { caller }) =>
      pictures.put(caller.user.id, params.id, query.version, body),
    ),
    bind(noteMissingPictures, async ({ body }, { caller }) => {
      await pictures.missing(caller.user.id, body.items);
      return undefined;
    }),
    bind(deleteImportedPictures, (_input, { caller }) => pictures.removeImported(caller.user.id)),
    bind(getPicture, ({ params }, { caller }) => pictures.get(caller.user.id, params.hash)),
  ];
}
