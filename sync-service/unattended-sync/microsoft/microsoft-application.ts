/** The installation's application in Entra ID, as a confidential client of Microsoft's library. */
import { createHash, X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication } from '@azure/msal-node';
import type { Configuration, ICachePlugin } from '@azure/msal-node';

export interface MicrosoftApplicationSettings {
  readonly clientId: string;
  readonly authority: string;
  readonly graphBaseUrl: string;
  /** By which the application signs in: a secret, or a certificate with its key, PEM. */
  readonly credential: { readonly secret: string } | { readonly certificate: string; readonly key: string };
  /** Where the sign-in page sends people back to. */
  readonly redirectUri: string;
  /** How the identity provider is reached; Microsoft's own client by default. */
  readonly networkClient?: NonNullable<Configuration['system']>['networkClient'];
}

export type ClientFactory = (cachePlugin?: ICachePlugin) => ConfidentialClientApplication;

/** Clients that share nothing but these settings: each mailbox has a token cache of its own. */
export function createClientFactory(settings: MicrosoftApplicationSettings): ClientFactory {
  const { clientId, authority, credential, networkClient } = settings;
  const signIn =
    'secret' in credential
      ? { clientSecret: credential.secret }
      : {
          clientCertificate: {
            thumbprintSha256: thumbprint(credential.certificate),
            privateKey: credential.key,
            x5c: credential.certificate,
          },
        };
  return (cachePlugin) =>
    new ConfidentialClientApplication({
      auth: {
        clientId,
        authority,
        // The configuration names it, so nobody else has to be asked whether it is one.
        knownAuthorities: [new URL(authority).host],
        ...signIn,
      },
      ...(cachePlugin === undefined ? {} : { cache: { cachePlugin } }),
      system: {
        ...(networkClient === undefined ? {} : { networkClient }),
        loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false },
      },
    });
}

/** Microsoft Graph as the name of a resource: a national cloud has its own. */
export function graphResource(graphBaseUrl: string): string {
  const { hostname, origin } = new URL(graphBaseUrl);
  return /(^|[.-])graph\.|graph\.microsoft\./.test(hostname) || /microsoftgraph\./.test(hostname)
    ? origin
    : 'https://graph.microsoft.com';
}

function thumbprint(certificate: string): string {
  return createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex').toUpperCase();
}
