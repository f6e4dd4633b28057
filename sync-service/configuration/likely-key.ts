/** Which setting somebody meant who wrote a key that does not exist. */
import type { Settings } from './setting';

/**
 * The nearest known key, or section; undefined when none is near. Knows also the name of an environment variable written
 * as a key, another way of writing words together (`base_url`), and a setting that stands in another section.
 */
export function likelyKey(
  written: string,
  keys: readonly string[],
  sections: readonly string[],
  settings: Settings,
): string | undefined {
  const section = written.includes('.') ? (written.split('.')[0] ?? '') : '';
  const name = lastPart(written);
  const byVariable = keys.find((key) => settings[key]?.variable === name.toUpperCase());
  if (byVariable !== undefined) return byVariable;

  let best: { key: string; cost: number } | undefined;
  for (const key of [...keys, ...sections]) {
    const sameSection = (key.includes('.') ? key.split('.')[0] : '') === section;
    const distance = editDistance(plain(name), plain(lastPart(key)));
    // What is read as the same but for a typing error or two; a key of another section has to fit exactly.
    if (distance > (sameSection ? Math.max(1, Math.floor(plain(name).length / 3)) : 0)) continue;
    const cost = distance + (sameSection ? 0 : 0.5);
    if (best === undefined || cost < best.cost) best = { key, cost };
  }
  return best?.key;
}

function lastPart(key: string): string {
  return key.split('.').at(-1) ?? key;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours from one text to the other. */
export function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    rows.push(line);
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      let cost = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, at(row - 2, column - 2) + 1);
      line.push(cost);
    }
  }
  return at(from.length, to.length);
}
