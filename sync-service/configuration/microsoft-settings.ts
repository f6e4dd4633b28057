/** The installation's registration in Entra ID, and where Microsoft 365 is reached. */
import { isLoopbackHost } from '../http/own-origin';
import type { SecretReference } from '../telephone-system/secret-reference';
import type { Problems } from './read-settings';
import { httpAddress, oneOf, path, secretFile, text, textLike } from './setting';
import type { SettingValues } from './setting';

/** How an account of Entra ID finds its user: by the e-mail address, by the user name before the @, or only by the user's own link. */
export const userMappings = ['email', 'user-name', 'by-user'] as const;

/** How the service reads mailboxes while nobody is there: with the rights of their owners, or with its own. */
export const unattendedSyncChoices = ['off', 'delegated', 'app-only'] as const;

export interface MicrosoftConfig {
  /** Application (client) id registered in Entra ID. */
  readonly clientId: string;
  /** Directory (tenant) id; absent where accounts of any organisation may sign in. */
  readonly tenantId?: string;
  readonly authority: string;
  readonly graphBaseUrl: string;
  /** Scope of this service's own that the pane asks a token for, such as `api://contacts.example.com/…/access_as_user`. */
  readonly apiScope?: string;
  readonly userMapping: (typeof userMappings)[number];
  /** By which the service itself signs in to Entra ID, for a sync without anybody present. */
  readonly clientSecret?: SecretReference;
  /** Absent where the service reads no mailboxes by itself. */
  readonly unattendedSync?: 'delegated' | 'app-only';
  /** The same by a certificate: PEM files. */
  readonly clientCertificate?: { readonly certFile: string; readonly keyFile: string };
}

export const microsoftSettings = {
  'microsoft.clientId': text(
    'MICROSOFT_CLIENT_ID',
    'has to be the application (client) id that Entra ID shows for this installation.',
  ),
  'microsoft.tenantId': textLike(
    'MICROSOFT_TENANT_ID',
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'has to be the directory (tenant) id that Entra ID shows, such as 11111111-2222-3333-4444-555555555555.',
  ),
  'microsoft.authority': httpAddress(
    'MICROSOFT_AUTHORITY',
    'has to be an https address such as https://login.microsoftonline.com/organizations.',
  ),
  'microsoft.graphBaseUrl': httpAddress(
    'MICROSOFT_GRAPH_BASE_URL',
    'has to be an https address such as https://graph.microsoft.com/v1.0.',
  ),
  'microsoft.apiScope': textLike(
    'MICROSOFT_API_SCOPE',
    /^(api|https):\/\/\S+$/,
    'has to be the scope that was registered, such as api://contacts.example.com/CLIENT-ID/access_as_user.',
  ),
  'microsoft.userMapping': oneOf('MICROSOFT_USER_MAPPING', userMappings),
  'microsoft.clientSecretFile': secretFile('MICROSOFT_CLIENT_SECRET_FILE', 'MICROSOFT_CLIENT_SECRET'),
  'microsoft.unattendedSync': oneOf('MICROSOFT_UNATTENDED_SYNC', unattendedSyncChoices),
  'microsoft.certificateFile': path('MICROSOFT_CERTIFICATE_FILE', 'has to name a PEM file.'),
  'microsoft.certificateKeyFile': path('MICROSOFT_CERTIFICATE_KEY_FILE', 'has to name a PEM file.'),
};

type Key = keyof typeof microsoftSettings;

/** Undefined where the installation has no Microsoft 365. */
export function resolveMicrosoft(
  values: SettingValues<typeof microsoftSettings>,
  { wrong, isWrong, name }: Problems<typeof microsoftSettings>,
): MicrosoftConfig | undefined {
  const clientId = values['microsoft.clientId'];
  if (clientId === undefined) {
    const others = (Object.keys(microsoftSettings) as Key[]).some((key) => values[key] !== undefined);
    if (others && !isWrong('microsoft.clientId')) {
      wrong('microsoft.clientId', 'name the application (client) id that Entra ID shows for this installation.');
    }
    return undefined;
  }
  const tenantId = values['microsoft.tenantId'];
  const authority =
    values['microsoft.authority'] ?? new URL(`https://login.microsoftonline.com/${tenantId ?? 'organizations'}`);
  const graph = values['microsoft.graphBaseUrl'] ?? new URL('https://graph.microsoft.com/v1.0');
  for (const [key, url] of [
    ['microsoft.authority', authority],
    ['microsoft.graphBaseUrl', graph],
  ] as const) {
    if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) wrong(key, microsoftSettings[key].expected);
  }

  const certFile = values['microsoft.certificateFile'];
  const keyFile = values['microsoft.certificateKeyFile'];
  if (certFile !== undefined && keyFile === undefined) {
    wrong('microsoft.certificateKeyFile', `name the key of ${name('microsoft.certificateFile')}.`);
  }
  if (keyFile !== undefined && certFile === undefined) {
    wrong('microsoft.certificateFile', `name the certificate of ${name('microsoft.certificateKeyFile')}.`);
  }
  const clientSecret = values['microsoft.clientSecretFile'];
  const unattendedSync = values['microsoft.unattendedSync'];
  const hasCredential = clientSecret !== undefined || (certFile !== undefined && keyFile !== undefined);
  if (unattendedSync !== undefined && unattendedSync !== 'off' && !hasCredential) {
    wrong('microsoft.clientSecretFile', `name the application's secret, for ${name('microsoft.unattendedSync')}.`);
  }
  if (unattendedSync === 'app-only' && tenantId === undefined && values['microsoft.authority'] === undefined) {
    wrong('microsoft.tenantId', `name the directory (tenant), for ${name('microsoft.unattendedSync')} app-only.`);
  }
  const apiScope = values['microsoft.apiScope'];
  return {
    clientId,
    ...(tenantId !== undefined && { tenantId }),
    authority: withoutSlash(authority),
    graphBaseUrl: withoutSlash(graph),
    ...(apiScope !== undefined && { apiScope }),
    userMapping: values['microsoft.userMapping'] ?? 'email',
    ...(clientSecret !== undefined && { clientSecret }),
    ...(hasCredential && unattendedSync !== 'off' && { unattendedSync: unattendedSync ?? 'delegated' }),
    ...(certFile !== undefined && keyFile !== undefined && { clientCertificate: { certFile, keyFile } }),
  };
}

function withoutSlash(url: URL): string {
  return url.href.replace(/\/+$/, '');
}
