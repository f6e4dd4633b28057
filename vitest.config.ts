import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** The longest files of each project. Begun last, one of them would keep a whole machine waiting. */
const longest = [
  'browser/pane-use.test.ts',
  'browser/main-job.test.ts',
  'contacts/sync-law.test.ts',
  'contract/database-killed.test.ts',
  'contract/migrations.test.ts',
  'service/manage.test.ts',
];

/**
 * On two workers, as one alone leaves one of two cores idle. The files of a worker share their modules, which takes half of
 * the time: to load them for each file anew costs as much as the tests, and no module has a state of its own.
 */
const shared = { environment: 'node', maxWorkers: 2, isolate: false } as const;

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
      // Thousands of generated inputs take seconds where other stages have the processors.
      { test: { ...shared, name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 60_000 } },
      { test: { ...shared, name: 'contract', include: ['tests/contract/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          ...shared,
          name: 'service',
          include: ['tests/service/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/chromium.ts'],
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
