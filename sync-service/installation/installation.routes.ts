/** Routes of `shared/api/installation.ts`: what a client must know before anybody has signed in. */
import type { z } from 'zod/mini';
import { getHealth, getInstallation, getOpenApi } from '../../shared/api/installation';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';

/** What is told of the installation. No secret is in it. */
export type InstallationFacts = z.infer<(typeof getInstallation)['response']>;

export function installationRoutes({
  facts,
  openApi,
}: {
  /** Asked at each call: some of it changes while the service runs. */
  readonly facts: () => InstallationFacts | Promise<InstallationFacts>;
  /** The contract as an OpenAPI document. */
  readonly openApi: Record<string, unknown>;
}): BoundRoute[] {
  return [
    bind(getHealth, () => ({ status: 'ok' as const })),
    bind(getInstallation, () => facts()),
    bind(getOpenApi, () => openApi),
  ];
}
