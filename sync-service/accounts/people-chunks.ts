/** A statement binds fewer than 900 parameters, so long lists go in pieces. */
const maxParameters = 800;

/** Pieces of a list whose items bind `parametersEach` parameters. */
export function inChunks<T>(items: readonly T[], parametersEach: number): T[][] {
  const size = Math.max(1, Math.floor(maxParameters / parametersEach));
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
