/** Handlers of shared/api/directory.ts. */
import { identifyCaller, lookUpDirectory, searchDirectory } from '../../shared/api/directory';
import { bind } from '../http/binding';
import type { BoundRoute, Caller } from '../http/binding';
import { callerUnknown } from './directory.errors';
import { defaultDirectoryLimit } from './directory.service';
import type { DirectoryService, DirectoryUser } from './directory.service';

export function directoryRoutes(service: DirectoryService): BoundRoute[] {
  const userOf = (caller: Caller): DirectoryUser => ({ userId: caller.user.id, siteId: caller.siteId });
  return [
    bind(searchDirectory, ({ query }, { caller }) =>
      service.search(userOf(caller), query.q ?? '', query.limit ?? defaultDirectoryLimit),
    ),
    bind(lookUpDirectory, ({ body }, { caller }) => service.lookUp(userOf(caller), body)),
    bind(identifyCaller, async ({ params }, { caller }) => {
      const item = await service.identify(userOf(caller), params.number);
      if (item === null) throw callerUnknown();
      return item;
    }),
  ];
}
