/** Feeds the readers with files that are wrong in many ways: each is read or refused with a reason, soon. */
import iconv from 'iconv-lite';
import { contactFileFormats } from '../../shared/contact-file';
import type { ContactFileFormat } from '../../shared/contact-file';
import { ContactFileError } from '../../sync-service/contacts/files/contact-file';
import { readContactFile } from '../../sync-service/contacts/files/read-contact-file';
import type { ContactFileRequest } from '../../sync-service/contacts/files/read-contact-file';
import { contactFileSeeds } from '../fixtures/contact-file-seeds';
import { createChance, mutate } from './mutate-file';

export interface FuzzReport {
  readonly inputs: number;
  readonly read: number;
  readonly contacts: number;
  /** Refusals by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Milliseconds that the slowest input took. */
  readonly slowestMs: number;
}

/** Milliseconds of the processor that a small file may take; a busy machine lets it wait longer. */
const limitMs = 1000;
const processorMs = () => process.cpuUsage().user / 1000;

/** XML that names no character set is in UTF-8: whatever else is refused at once. */
const encodingsOf = (format: ContactFileFormat) =>
  format === 'xml' ? ['utf-8'] : ['utf-8', 'utf-8', 'utf-8', 'windows-1252', 'utf-16le', 'shift_jis'];

/**
 * @param inputs of each format
 * @throws Error that names the input, where one fails in another way than with a reason, or takes too long
 */
export function fuzzContactFiles(
  seed: number,
  inputs: number,
  formats: readonly ContactFileFormat[] = contactFileFormats,
): FuzzReport {
  const refused: Record<string, number> = {};
  let read = 0;
  let contacts = 0;
  let slowestMs = 0;
  for (const format of formats) {
    const seeds = contactFileSeeds[format].flatMap((text) =>
      encodingsOf(format).map((encoding) => iconv.encode(text, encoding)),
    );
    // Tables of character sets are loaded at their first use: that is no time of an input.
    for (const bytes of seeds) attempt({ format, bytes });
    for (let n = 0; n < inputs; n += 1) {
      const chance = createChance(seed + n * 7919 + format.length);
      const bytes = mutate(seeds[chance(seeds.length)] ?? new Uint8Array(), seeds, chance);
      const charset = chance(8) === 0 ? 'windows-1252' : undefined;
      const before = processorMs();
      const outcome = attempt({ format, bytes, charset });
      const ms = processorMs() - before;
      if (outcome instanceof ContactFileError) refused[outcome.problem] = (refused[outcome.problem] ?? 0) + 1;
      else if (outcome instanceof Error) {
        const written = Buffer.from(bytes).toString('base64');
        throw new Error(`Input ${n} of ${format}, seed ${seed}: ${written}`, { cause: outcome });
      } else {
        contacts += outcome;
        read += 1;
      }
      slowestMs = Math.max(slowestMs, ms);
      if (ms > limitMs) {
        throw new Error(
          `Input ${n} of ${format}, seed ${seed}, took ${Math.round(ms)} ms: ${Buffer.from(bytes).toString('base64')}`,
        );
      }
    }
  }
  return { inputs: inputs * formats.length, read, contacts, refused, slowestMs };
}

/** How many contacts were read, or why not. */
function attempt(request: ContactFileRequest): number | Error {
  try {
    return readContactFile(request).contacts.length;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
