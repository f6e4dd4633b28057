/**
 * Statements that are asked all the time, such as a search for each letter that is typed. Building and compiling one takes
 * longer than many of them run: each is made once, and then asked with other parameters.
 */
import { sql } from 'kysely';
import type { CompiledQuery, RawBuilder } from 'kysely';
import type { Connection } from './database';

/** Where a parameter goes in a statement that is built without knowing it. */
class Place {
  constructor(readonly index: number) {}
}

/** Stands for the parameter of that index. */
export type ParameterAt = (index: number) => RawBuilder<string>;

export interface OftenAsked {
  /**
   * @param name of the statement: the same name is the same statement, whatever the parameters are
   * @param build makes it, at the first time
   */
  ask<Row>(
    name: string,
    parameters: readonly string[],
    build: (parameter: ParameterAt) => RawBuilder<Row>,
  ): Promise<Row[]>;
}

/** Shapes of statements are few; what asks for ever new ones shall not fill the memory. */
const keptStatements = 200;

/** @param database not a transaction: what was compiled is kept as long as this is */
export function createOftenAsked(database: Connection): OftenAsked {
  const known = new Map<string, CompiledQuery>();

  function compiled<Row>(name: string, build: (parameter: ParameterAt) => RawBuilder<Row>): CompiledQuery {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size >= keptStatements) known.clear();
    const made = build(parameterAt).compile(database);
    known.set(name, made);
    return made;
  }

  return {
    async ask<Row>(
      name: string,
      parameters: readonly string[],
      build: (parameter: ParameterAt) => RawBuilder<Row>,
    ): Promise<Row[]> {
      const statement = compiled(name, build);
      const { rows } = await database.executeQuery<Row>({
        ...statement,
        parameters: statement.parameters.map((value) => (value instanceof Place ? parameters[value.index] : value)),
      });
      return rows;
    },
  };
}

/**
 * Behind a query of its own PostgreSQL does not see the value when it plans: it keeps one plan for all values, where it
 * would otherwise plan each time anew, which takes longer than the search itself. SQLite does not mind.
 */
function parameterAt(index: number): RawBuilder<string> {
  return sql<string>`(select ${sql.val(new Place(index))})`;
}
