/** A file of an administrator was not imported, and nothing of it was. */

export interface FileProblem {
  /** As a spreadsheet counts: the header is row 1. Absent when it concerns the whole file. */
  readonly row?: number;
  readonly column?: string;
  /** A stable word for what is wrong, such as `taken`. */
  readonly reason: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** So many problems are named; further ones are counted. */
const named = 20;

export class FileRefused extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly FileProblem[],
    cause?: unknown,
  ) {
    const lines = problems.slice(0, named).map((problem) => `  ${describe(problem)}`);
    const more = problems.length > named ? [`  and ${problems.length - named} more`] : [];
    super([`${file} was not imported; nothing of it was changed:`, ...lines, ...more].join('\n'), { cause });
    this.name = 'FileRefused';
  }
}

function describe({ row, column, message }: FileProblem): string {
  const place = [row === undefined ? [] : `row ${row}`, column === undefined ? [] : `column ${column}`].flat();
  return place.length === 0 ? message : `${place.join(', ')}: ${message}`;
}
