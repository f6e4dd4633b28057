/** A contact as a row of hits. */
import * as z from 'zod/mini';
import type { DirectoryItem } from '../../shared/directory';
import { readJson } from '../database/database';
import { storedNumbersSchema } from './contact-record';
import type { FoundContact } from './contact-search-store';

const shownFieldsSchema = z.object({
  displayName: z.string(),
  company: z.optional(z.string()),
  emails: z.array(z.string()),
});

export function directoryItem({ id, fields, numbers, picture }: FoundContact): DirectoryItem {
  const { displayName, company, emails } = readJson(shownFieldsSchema, fields);
  return {
    id,
    directory: 'personal',
    displayName,
    numbers: readJson(storedNumbersSchema, numbers),
    emails,
    ...(company === undefined ? {} : { company }),
    ...(picture === null ? {} : { picture }),
  };
}
