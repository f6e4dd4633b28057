/** What the configuration lets the pane reach, and what it is told of Microsoft. */
import type { Config } from './config';
import type { MicrosoftConfig } from './configuration/microsoft-settings';
import { microsoftSignInFacts } from './wire-microsoft';

/** What the pane needs of it; the rest is not for everybody. */
export function publicFacts(microsoft: MicrosoftConfig) {
  const { clientId, authority, graphBaseUrl } = microsoft;
  const signIn = microsoftSignInFacts(microsoft);
  return { clientId, authority, graphBaseUrl, ...(signIn && { signIn }) };
}

/** The origins that the content security policy names. */
export function securityOf(config: Config) {
  const microsoft = config.microsoft;
  const authority = microsoft === undefined ? [] : [new URL(microsoft.authority).origin];
  return {
    https: config.https,
    scriptOrigins: config.officeJs.origin === undefined ? [] : [config.officeJs.origin],
    connectOrigins: microsoft === undefined ? [] : [new URL(microsoft.graphBaseUrl).origin, ...authority],
    frameOrigins: authority,
    outlookOrigins: config.outlookOrigins,
  };
}
