/** Routes of `shared/api/installation.ts`: what a client must know before anybody has signed in. */
import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod/mini';
import { getHealth, getInstallation, getOpenApi, getReadiness, probeStream } from '../../shared/api/installation';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import { ServiceError } from '../../shared/errors';
import type { Readiness } from './readiness';

/** What is told of the installation. No secret is in it. */
export type InstallationFacts = z.infer<(typeof getInstallation)['response']>;

/** Milliseconds between two events of the probe. */
const probeStepMs = 400;

export function installationRoutes({
  facts,
  readiness,
  openApi,
}: {
  /** Asked at each call: some of it changes while the service runs. */
  readonly facts: () => InstallationFacts | Promise<InstallationFacts>;
  readonly readiness: Pick<Readiness, 'missing'>;
  /** The contract as an OpenAPI document. */
  readonly openApi: Record<string, unknown>;
}): BoundRoute[] {
  return [
    bind(getHealth, () => ({ status: 'ok' as const })),
    bind(getReadiness, async () => {
      const missing = await readiness.missing();
      if (missing.length === 0) return { status: 'ready' as const };
      throw new ServiceError('not-ready', `The service is not ready: ${missing.join(', ')}.`, {
        details: missing.map((reason) => ({ reason })),
        retryAfterMs: 5000,
      });
    }),
    bind(probeStream, async (_input, { stream, signal }) => {
      for (const event of [1, 2, 3]) {
        if (event > 1) await setTimeout(probeStepMs, undefined, { signal, ref: false }).catch(() => undefined);
        stream?.send({ data: { event } });
      }
      return undefined;
    }),
    bind(getInstallation, () => facts()),
    bind(getOpenApi, () => openApi),
  ];
}
