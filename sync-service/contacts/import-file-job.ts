/**
 * Importing a file of contacts as background work, from its bytes to what is told of it: 20 MB take seconds, which the main
 * thread has not (DESIGN §6), and tens of thousands of records on their way between threads would take as long there.
 */
import * as z from 'zod/mini';
import { type assumedNumberSchema, importResultSchema, listedAssumed, listedRows } from '../../shared/api/contacts';
import { columnUses, contactFileFormats } from '../../shared/contact-file';
import type { ContactFileFormat } from '../../shared/contact-file';
import type { DialPlan } from '../../shared/dial-plan';
import { dialPlanSchema } from '../../shared/dial-plan';
import { ServiceError } from '../../shared/errors';
import { defineJob, handleLongJob } from '../database/background-work';
import type { JobHandler } from '../database/background-work';
import { applyFile } from './apply-file';
import type { ApplyFileDeps } from './apply-file';
import type { NumberRules } from './contact-record';
import { ContactFileError } from './files/contact-file';
import type { FileContact } from './files/contact-file';
import { readContactFile } from './files/read-contact-file';
import type { ContactFileRequest, ReadFile } from './files/read-contact-file';
import type { ImportRow } from './import-row-store';
import { passedOver } from './passed-over';
import { rememberReadings } from './remembered-readings';

export const importFileJob = defineJob(
  'contacts.import-file',
  z.object({
    userId: z.string(),
    format: z.enum(contactFileFormats),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    charset: z.optional(z.string()),
    header: z.optional(z.boolean()),
    columns: z.optional(z.array(z.object({ index: z.number(), use: z.enum(columnUses) }))),
    dialPlan: dialPlanSchema,
    preview: z.boolean(),
    now: z.date(),
  }),
  importResultSchema,
);

/** One account per format: what a file brought is known again in the next export of the same kind. */
const accountNames: Readonly<Record<ContactFileFormat, string>> = { csv: 'CSV', vcard: 'vCard', xml: 'XML' };

/** @throws ServiceError `file-unreadable` with the reason; nothing is changed then. */
export function createImportFileHandler(deps: ApplyFileDeps): JobHandler {
  const left = new Map<string, string>();
  return handleLongJob(importFileJob, async ({ userId, format, dialPlan, preview, now, ...file }, control) => {
    const read = readOrRefuse({ format, ...file });
    const { table } = read;
    if (!preview && table?.missing !== undefined) throw columnsUnknown();
    const rules = rememberReadings(deps.rules, dialPlan);
    const { problems, assumed } = lookAtNumbers(read.contacts, dialPlan, rules);
    const outcome = await applyFile(
      { ...deps, rules, left },
      {
        userId,
        accountKey: format,
        name: accountNames[format],
        records: read.contacts,
        rows: [...read.skipped, ...problems],
        dialPlan,
        preview,
        now,
      },
      control,
    );
    const names = new Map(read.contacts.map(({ position, fields }) => [position, fields.displayName]));
    const skipped = [...read.skipped, ...passedOver(outcome, names)].sort((a, b) => a.position - b.position);
    const { added, changed, removed, unchanged, historyId } = outcome;
    const pictureProblems = [...outcome.pictureProblems].sort((a, b) => a.position - b.position);
    return {
      added,
      changed,
      removed,
      unchanged,
      skipped: skipped.slice(0, listedRows),
      skippedCount: skipped.length,
      problems: problems.slice(0, listedRows),
      problemsCount: problems.length,
      pictures: outcome.pictures,
      pictureProblems: pictureProblems.slice(0, listedRows),
      pictureProblemsCount: pictureProblems.length,
      assumed: assumed.slice(0, listedAssumed),
      assumedCount: assumed.length,
      charset: read.charset,
      ...(table === undefined ? {} : { table }),
      ...(historyId === undefined ? {} : { historyId }),
    };
  });
}

function readOrRefuse(request: ContactFileRequest): ReadFile {
  try {
    return readContactFile(request);
  } catch (error) {
    if (!(error instanceof ContactFileError)) throw error;
    throw new ServiceError('file-unreadable', error.message, { details: [{ reason: error.problem }], cause: error });
  }
}

function columnsUnknown(): ServiceError {
  return new ServiceError(
    'file-unreadable',
    'Nothing in the table says who is who: choose the columns of the names and of the numbers, with `columns`.',
    { details: [{ reason: 'header-unknown' }] },
  );
}

type Problem = Extract<ImportRow, { readonly problem: unknown }>;
type Assumed = z.infer<typeof assumedNumberSchema>;

/** Numbers that cannot be read, and those whose country is assumed. */
function lookAtNumbers(contacts: readonly FileContact[], plan: DialPlan, rules: NumberRules) {
  const problems: Problem[] = [];
  const assumed: Assumed[] = [];
  for (const { position, fields, numberFields } of contacts) {
    const name = fields.displayName;
    for (const [index, { raw }] of fields.numbers.entries()) {
      const { problem, further = [], ...first } = rules.read(raw, plan);
      if (problem !== undefined) problems.push({ position, name, field: numberFields[index] ?? '', raw, problem });
      const found = [first, ...further].find((number) => number.assumed !== undefined);
      if (found?.display !== undefined) assumed.push({ position, name, raw, display: found.display });
    }
  }
  return { problems, assumed };
}
