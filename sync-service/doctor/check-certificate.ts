/** What is to be said of the certificate that was shown. */
import type { ShownCertificate } from './ask';
import { fail, ok, warn } from './finding';
import type { Finding } from './finding';

const day = 24 * 60 * 60 * 1000;
/** Days before the end at which a renewal should have happened. */
const soonDays = 14;

const reasons: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the chain is incomplete. Give the server the file with the intermediate certificates (fullchain.pem).',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'nobody known has issued it, or the chain is incomplete. Give the server the whole chain (fullchain.pem); if your own authority issued it, look again with --ca FILE.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'it is signed by itself, and Outlook shows no pane then. Take one of a public authority, or of your own that all machines trust.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'an authority of your own issued it. That is fine when every machine with Outlook trusts it; look again with --ca FILE.',
  CERT_HAS_EXPIRED: 'it has run out. Renew it.',
};

export function checkCertificate(certificate: ShownCertificate, host: string, now: Date): Finding[] {
  const findings: Finding[] = [];
  const { untrusted, otherName, validFrom, validTo, protocol } = certificate;
  const days = Math.floor((validTo.getTime() - now.getTime()) / day);
  const until = validTo.toISOString().slice(0, 10);

  if (untrusted !== undefined && untrusted !== 'CERT_HAS_EXPIRED') {
    findings.push(
      fail(`Certificate: it is not trusted (${untrusted})`, reasons[untrusted] ?? 'Take one that Outlook trusts.'),
    );
  }
  if (otherName !== undefined) {
    findings.push(fail(`Certificate: it is not one of ${host} but of ${otherName}`, `Get one that names ${host}.`));
  }
  if (days < 0)
    findings.push(fail(`Certificate: it ran out on ${until}`, 'Renew it; with tls.certFile no restart is needed.'));
  else if (validFrom > now) {
    findings.push(
      fail(`Certificate: it is valid from ${validFrom.toISOString()} only`, 'Check the clock of this machine.'),
    );
  } else if (days < soonDays) {
    findings.push(
      warn(`Certificate: it runs out in ${days} days, on ${until}`, 'See why it was not renewed by itself.'),
    );
  }
  if (!/^TLSv1\.[23]$/.test(protocol)) {
    findings.push(
      fail(`Certificate: the server speaks ${protocol}`, 'Turn TLS 1.2 and 1.3 on and the older ones off.'),
    );
  }
  return findings.length > 0 ? findings : [ok(`Certificate: trusted, names ${host}, valid until ${until}`)];
}
