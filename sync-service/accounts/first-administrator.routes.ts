/** Handler for shared/api/first-administrator.ts. */
import { createFirstAdministrator } from '../../shared/api/first-administrator';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { FirstAdministrator } from './first-administrator';

export function firstAdministratorRoutes(service: FirstAdministrator): BoundRoute[] {
  return [
    bind(createFirstAdministrator, async ({ body: { code, ...wish } }) => ({ user: await service.redeem(code, wish) })),
  ];
}
