/** Handler of `shared/api/administration-import.ts`. */
import { importUsers } from '../../shared/api/administration-import';
import type { BackgroundWork } from '../database/background-work';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import { importUsersJob } from './import/import-users-job';

export function administrationImportRoutes(work: Pick<BackgroundWork, 'run'>): BoundRoute[] {
  return [
    bind(importUsers, ({ query, body }, { caller }) =>
      work.run(importUsersJob, { actor: caller.user.id, file: body, apply: query.apply === 'yes' }),
    ),
  ];
}
