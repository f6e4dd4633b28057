/** What the command line says: tables for people, one line per object. */

/** Where text goes; `process.stdout.write` and its like. */
export type Write = (line: string) => void;

/** Columns as wide as their widest cell, two blanks between them; without rows, the sentence. */
export function writeTable(
  write: Write,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
) {
  if (rows.length === 0) {
    write(none);
    return;
  }
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((cells) => [...(cells[column] ?? '')].length)));
  for (const cells of all) {
    const padded = cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length));
    write(padded.join('  ').trimEnd());
  }
}
