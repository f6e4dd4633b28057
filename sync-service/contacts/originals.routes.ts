/** Handlers of `shared/api/contact-originals.ts`. */
import { followContactOriginal, getContactOriginal, listChangedOriginals } from '../../shared/api/contact-originals';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { OriginalsService } from './originals.service';

export function originalsRoutes(originals: OriginalsService): BoundRoute[] {
  return [
    bind(listChangedOriginals, (_input, { caller }) => originals.listChanged(caller.user.id)),
    bind(getContactOriginal, ({ params }, { caller }) => originals.get(caller.user.id, params.id)),
    bind(followContactOriginal, ({ params, ifMatch }, { caller }) =>
      originals.follow(caller.user.id, params.id, ifMatch),
    ),
  ];
}
