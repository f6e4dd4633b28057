import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** The files that take minutes. Begun last, one of them would keep a whole machine waiting. */
const longest = ['pane-use.test.ts', 'main-job.test.ts'];

/** Those first; all others as Vitest orders them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.some((name) => moduleId.endsWith(`/${name}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Kinds of tests, each a project of its own: `vitest run --project unit`. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      // One worker alone, which two cores have by default, leaves one of them idle.
      { test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], environment: 'node', maxWorkers: 2 } },
      {
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'service',
          include: ['tests/service/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          environment: 'node',
          // As below: on a busy machine a page is drawn late.
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A file alone leaves two thirds of two cores idle; it mostly waits for the page.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'pbx',
          include: ['tests/pbx/**/*.test.ts'],
          environment: 'node',
          // Real phones on real time: on a busy machine a tone or a ring comes late. What fails twice is a fault.
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'postgres',
          // The whole service, too: every store is used by it.
          include: [
            'tests/postgres/**/*.test.ts',
            'tests/service/{access-ownership,administration-objects,administration-users,profile}.test.ts',
          ],
          environment: 'node',
          globalSetup: 'tests/postgres/server.setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'installation',
          include: ['tests/installation/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      { test: { name: 'soak', include: ['tests/soak/**/*.test.ts'], environment: 'node', testTimeout: 3_600_000 } },
    ],
  },
});
