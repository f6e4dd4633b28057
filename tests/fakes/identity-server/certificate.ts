/** A certificate for `localhost` that nobody but the tests believes, made anew for each run. */
import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface LocalCertificate {
  readonly cert: string;
  readonly key: string;
  /** Base64 of SHA-256 of the public key: what Chromium's `--ignore-certificate-errors-spki-list` takes. */
  readonly spkiSha256: string;
}

export async function makeLocalCertificate(): Promise<LocalCertificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, keyCertSign: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const spki = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' });
  return { cert: made.cert, key: made.private, spkiSha256: createHash('sha256').update(spki).digest('base64') };
}
