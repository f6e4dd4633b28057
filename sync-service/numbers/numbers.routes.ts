/** Handlers of shared/api/numbers.ts. */
import { parseNumbers } from '../../shared/api/numbers';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { NumbersService } from './numbers.service';

export function numbersRoutes(service: NumbersService): BoundRoute[] {
  return [
    bind(parseNumbers, async ({ body }, { caller }) => ({ items: await service.parse(caller.siteId, body.inputs) })),
  ];
}
