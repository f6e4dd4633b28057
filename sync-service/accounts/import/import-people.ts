/**
 * Imports sites, users, groups and speed dials from CSV files: each file wholly or not at all. Importing the same file
 * again changes nothing; a changed file changes what differs. Nothing is ever removed by an import.
 */
import { basename } from 'node:path';
import { commandLine } from '../people-model';
import type { Outcome } from '../people-model';
import { WishesRefused } from '../people.errors';
import type { People } from '../people';
import { readCsv } from './csv-table';
import { FileRefused } from './file-refused';
import { importOrder } from './import-kinds';
import type { ImportKind } from './import-kinds';
import { hashAll, readStarts } from './start-passwords';
import { readWishes } from './read-wishes';
import type { FileWishes } from './read-wishes';

/** What came of one file. */
export interface ImportReport {
  readonly file: string;
  readonly kind: ImportKind;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** New users who cannot sign in yet, because the file gave them no password. */
  readonly withoutPassword: number;
}

export interface ImportDeps {
  readonly people: People;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Told of each file once it is imported. */
  readonly onImported?: (report: ImportReport) => void;
}

/** Imports the files in the order sites, users, groups, speed dials. Throws FileRefused; files before it stay imported. */
export async function importPeople(paths: readonly string[], deps: ImportDeps): Promise<ImportReport[]> {
  const files: { file: string; content: FileWishes }[] = [];
  for (const path of paths) {
    const file = basename(path);
    files.push({ file, content: readWishes(readCsv(await readBytes(path, deps), file), file) });
  }
  files.sort((a, b) => importOrder.indexOf(a.content.kind) - importOrder.indexOf(b.content.kind));

  const reports: ImportReport[] = [];
  for (const { file, content } of files) {
    const report = await importFile(file, content, deps);
    deps.onImported?.(report);
    reports.push(report);
  }
  return reports;
}

async function readBytes(path: string, { readFile }: ImportDeps): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new FileRefused(
      path,
      [{ reason: 'unreadable', message: 'cannot be opened; check the name and the rights' }],
      error,
    );
  }
}

async function importFile(file: string, content: FileWishes, deps: ImportDeps): Promise<ImportReport> {
  try {
    const { outcomes, withoutPassword } = await save(file, content, deps);
    const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
    return {
      file,
      kind: content.kind,
      added: count('added'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      withoutPassword,
    };
  } catch (error) {
    if (!(error instanceof WishesRefused)) throw error;
    throw new FileRefused(
      file,
      error.problems.map((problem) => content.locate(problem)),
      error,
    );
  }
}

/** Saves the wishes of one file in the order of its rows. Throws FileRefused and WishesRefused. */
async function save(
  file: string,
  content: FileWishes,
  { people, hashPassword }: ImportDeps,
): Promise<{ outcomes: Outcome[]; withoutPassword: number }> {
  const { kind, wishes } = content;
  switch (kind) {
    case 'sites':
      return { outcomes: await people.sites.saveSites(commandLine, wishes, 'save'), withoutPassword: 0 };
    case 'groups':
      return { outcomes: await people.groups.saveGroups(commandLine, wishes, 'save'), withoutPassword: 0 };
    case 'speed dials':
      return { outcomes: await people.groups.saveSpeedDials(commandLine, wishes, 'save'), withoutPassword: 0 };
    case 'users': {
      const starts = readStarts(file, content);
      const known = await people.users.knownUserNames(starts.map((start) => start.userName));
      const passwords = await hashAll(starts, known, hashPassword);
      const outcomes = await people.users.saveUsers(commandLine, wishes, 'save', passwords);
      const withoutPassword = outcomes.filter((outcome, i) => outcome === 'added' && !passwords.has(i)).length;
      return { outcomes, withoutPassword };
    }
  }
}
