/** The id by which Outlook knows an installed add-in: the same address always gives the same one. */
import { createHash } from 'node:crypto';
import type { ManifestVariant } from './manifest-xml';

/** Namespace of our ids. Never change it: every installation would be another add-in. */
const namespace = '5f2d8f0e-7c41-4a65-9b0e-3f6f0c9a2d17';

/** The id of the installation at an address, as a UUID of version 5 (RFC 9562). */
export function addInIdOf(baseUrl: string): string {
  return uuidV5(namespace, baseUrl);
}

/**
 * The id of a variant. The one with a ribbon tab is an add-in of its own, so that an administrator can give the one to some
 * people and the other to others.
 */
export function idOfVariant(id: string, variant: ManifestVariant): string {
  return variant === 'microsoft-365' ? id : uuidV5(id, variant);
}

function uuidV5(space: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(space.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
