/** Whether Entra ID and Microsoft Graph can be reached from here. */
import * as z from 'zod/mini';
import { ask } from './ask';
import { fail, ok } from './finding';
import type { Finding } from './finding';

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });

export async function checkMicrosoft(microsoft: {
  readonly authority: string;
  readonly graphBaseUrl: string;
}): Promise<Finding[]> {
  return [await checkAuthority(microsoft.authority), await checkGraph(microsoft.graphBaseUrl)];
}

async function checkAuthority(authority: string): Promise<Finding> {
  const address = `${authority}/v2.0/.well-known/openid-configuration`;
  try {
    const answer = await ask(address);
    if (answer.status === 400 || answer.status === 404) {
      return fail(`Entra ID: it does not know ${authority}`, 'Check microsoft.tenantId.');
    }
    if (answer.certificate?.untrusted !== undefined) {
      return fail(
        `Entra ID: its certificate is not trusted (${answer.certificate.untrusted})`,
        'A proxy opens TLS on the way: let it leave this address alone, or name its authority in NODE_EXTRA_CA_CERTS.',
      );
    }
    const read = discovery.safeParse(JSON.parse(answer.body));
    return answer.status === 200 && read.success
      ? ok(`Entra ID: ${read.data.issuer} answers`)
      : fail(`Entra ID: an unexpected answer (${answer.status}) from ${address}`, 'Check microsoft.authority.');
  } catch (error) {
    return unreachable('Entra ID', address, error);
  }
}

async function checkGraph(base: string): Promise<Finding> {
  try {
    // Without a token it refuses, which is an answer.
    const { status } = await ask(`${base}/me`);
    return status === 401 || status === 200
      ? ok('Microsoft Graph: it answers')
      : fail(`Microsoft Graph: an unexpected answer (${status}) from ${base}`, 'Check microsoft.graphBaseUrl.');
  } catch (error) {
    return unreachable('Microsoft Graph', base, error);
  }
}

function unreachable(name: string, address: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return fail(
    `${name}: ${address} is not reached from here (${reason})`,
    'Open the firewall for it. Sign-in with Microsoft and unattended sync need it; the rest does not.',
  );
}
