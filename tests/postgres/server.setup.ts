/** One server for all files of this project; each test makes databases of its own on it. */
import type { TestProject } from 'vitest/node';
import { startPostgresql } from '../fakes/postgresql-server';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Absent where the tests have no server. */
    postgresqlPort: number | undefined;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const server = await startPostgresql();
  project.provide('postgresqlPort', server.port);
  return () => server.remove();
}
