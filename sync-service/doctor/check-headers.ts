/** Whether the pane's page arrives with the headers by which Outlook shows it, and none that a proxy added. */
import type { IncomingHttpHeaders } from 'node:http';
import { outlookHosts } from '../http/security-headers';
import { fail, ok, warn } from './finding';
import type { Finding } from './finding';

const proxyAdds = 'A proxy in front adds or replaces it: let the service’s own header through.';

export function checkHeaders(headers: IncomingHttpHeaders, https: boolean): Finding[] {
  const findings: Finding[] = [];
  const policies = textOf(headers['content-security-policy']);
  if (policies === '') {
    findings.push(
      fail('Headers: Content-Security-Policy is missing', `A proxy in front takes it away: let it through.`),
    );
  } else {
    // Several policies, joined by commas, all hold: the strictest list of ancestors wins.
    const refused = policies.split(',').flatMap((policy) => {
      const ancestors = /(?:^|;)\s*frame-ancestors\s+([^;]*)/i.exec(policy)?.[1]?.trim().split(/\s+/);
      return ancestors === undefined
        ? []
        : outlookHosts.filter((host) => !ancestors.includes(host) && !ancestors.includes('*'));
    });
    if (refused.length > 0) {
      findings.push(
        fail(
          `Headers: frame-ancestors does not let Outlook on the web show the pane (${refused[0]} is missing)`,
          proxyAdds,
        ),
      );
    } else findings.push(ok('Headers: frame-ancestors names the hosts of Outlook'));
  }
  const frameOptions = textOf(headers['x-frame-options']);
  if (frameOptions !== '') {
    findings.push(
      fail(`Headers: X-Frame-Options: ${frameOptions} keeps Outlook on the web from showing the pane`, proxyAdds),
    );
  }
  if (textOf(headers['x-content-type-options']) !== 'nosniff') {
    findings.push(warn('Headers: X-Content-Type-Options is not nosniff', proxyAdds));
  }
  if (https && textOf(headers['strict-transport-security']) === '') {
    findings.push(
      warn(
        'Headers: Strict-Transport-Security is missing',
        'Set baseUrl to the https address, and let the header through.',
      ),
    );
  }
  if (/same-origin/i.test(textOf(headers['cross-origin-opener-policy']))) {
    findings.push(fail('Headers: Cross-Origin-Opener-Policy cuts the sign-in dialog off', proxyAdds));
  }
  return findings;
}

function textOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : (header ?? []).join(', ');
}
