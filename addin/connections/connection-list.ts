/** What becomes of the list of connections. Each address is in it once; the pane's own installation is always there. */
import { maxConnections, type Connection } from './connection';

/** The list with the pane's own installation in it, first where nothing was kept about it. */
export function withOwn(list: readonly Connection[], here: string): readonly Connection[] {
  if (list.some(({ address }) => address === here)) return list;
  return [{ name: '', address: here, userName: '', confirmed: true }, ...list].slice(0, maxConnections);
}

/**
 * The list after arriving with another one. What is known stays as it is: nobody's address can take the place of a kept
 * one. New ones are taken as long as there is room, unconfirmed.
 */
export function withCarried(
  list: readonly Connection[],
  carried: readonly Omit<Connection, 'confirmed'>[],
  here: string,
): readonly Connection[] {
  const own = carried.find(({ address }) => address === here);
  const base = withOwn(list, here).map((connection) =>
    own !== undefined && connection.address === here
      ? { ...connection, name: connection.name || own.name, userName: connection.userName || own.userName }
      : connection,
  );
  const added = carried
    .filter(({ address }) => base.every((known) => known.address !== address))
    .filter(({ address }, index, all) => all.findIndex((other) => other.address === address) === index)
    .map((connection) => ({ ...connection, confirmed: false }));
  return [...base, ...added].slice(0, maxConnections);
}

export type SaveProblem = 'already-there' | 'full';

/** The list with a connection added, or written in the place of the one at `instead`. */
export function withSaved(
  list: readonly Connection[],
  connection: Connection,
  instead: string | undefined,
): readonly Connection[] | SaveProblem {
  if (list.some(({ address }) => address === connection.address && address !== instead)) return 'already-there';
  if (list.some(({ address }) => address === instead))
    return list.map((known) => (known.address === instead ? connection : known));
  return list.length >= maxConnections ? 'full' : [...list, connection];
}
