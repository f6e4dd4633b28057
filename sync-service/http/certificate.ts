/**
 * The installation's own certificate: read from its files, and read again when they change, so that a renewal needs no
 * restart. A pair that does not work is reported and the one before stays in use.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createSecureContext } from 'node:tls';

/** PEM files of the certificate chain and its key. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface Certificate {
  /** The chain, as PEM. */
  readonly cert: string;
  readonly key: string;
  readonly validTo: Date;
}

/** What is told when the files were read again. */
export type CertificateNews =
  | { readonly kind: 'renewed'; readonly validTo: Date }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Changes of the files are not noticed by themselves; a signal or the hourly look notices them. */
  | { readonly kind: 'unwatched'; readonly reason: string };

/** @throws Error saying which file is wrong and what to do. */
export async function readCertificate({ certFile, keyFile }: CertificateFiles): Promise<Certificate> {
  const [cert, key] = await Promise.all([readPem('tls.certFile', certFile), readPem('tls.keyFile', keyFile)]);
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(cert);
  } catch (error) {
    throw new Error(`tls.certFile: ${certFile} holds no certificate in PEM form.`, { cause: error });
  }
  let fits: boolean;
  try {
    fits = leaf.checkPrivateKey(createPrivateKey(key));
  } catch (error) {
    throw new Error(`tls.keyFile: ${keyFile} holds no key in PEM form without a password.`, { cause: error });
  }
  if (!fits) throw new Error(`tls.keyFile: ${keyFile} is not the key of the first certificate in ${certFile}.`);
  const validTo = new Date(leaf.validTo);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(`tls.certFile: ${certFile} cannot be used: ${error instanceof Error ? error.message : ''}.`, {
      cause: error,
    });
  }
  return { cert, key, validTo };
}

async function readPem(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`${setting}: ${file} cannot be read (${code}). Name a PEM file that the service's user may read.`, {
      cause: error,
    });
  }
}

export interface CertificateWatch {
  /** Reads the files now, as SIGHUP asks. */
  reload(): Promise<void>;
  close(): void;
}

/** Milliseconds after the last change before the files are read: certificate and key are written one after the other. */
const defaultSettleMs = 1000;
/** Network file systems tell no changes. */
const lookMs = 60 * 60 * 1000;

/** Watches the directories of the files, because renewals replace files and links. `use` gets each new pair that works. */
export function watchCertificate(
  files: CertificateFiles,
  inUse: Certificate,
  use: (certificate: Certificate) => void,
  tell: (news: CertificateNews) => void,
  settleMs = defaultSettleMs,
): CertificateWatch {
  let current = inUse;
  let waiting: NodeJS.Timeout | undefined;
  let reading: Promise<void> = Promise.resolve();

  const reload = (): Promise<void> => {
    reading = reading.then(async () => {
      try {
        const next = await readCertificate(files);
        if (next.cert === current.cert && next.key === current.key) return;
        use(next);
        current = next;
        tell({ kind: 'renewed', validTo: next.validTo });
      } catch (error) {
        tell({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
      }
    });
    return reading;
  };
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void reload(), settleMs);
    waiting.unref();
  };

  const watchers: FSWatcher[] = [];
  for (const directory of new Set([dirname(files.certFile), dirname(files.keyFile)])) {
    const unwatched = (error: unknown) =>
      tell({ kind: 'unwatched', reason: error instanceof Error ? error.message : String(error) });
    try {
      const watcher = watch(directory, { persistent: false }, soon);
      watcher.on('error', unwatched);
      watchers.push(watcher);
    } catch (error) {
      unwatched(error);
    }
  }
  const looks = setInterval(() => void reload(), lookMs);
  looks.unref();

  return {
    reload,
    close() {
      clearTimeout(waiting);
      clearInterval(looks);
      for (const watcher of watchers) watcher.close();
    },
  };
}
