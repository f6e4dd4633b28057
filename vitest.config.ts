import { defineConfig } from 'vitest/config';

/** Kinds of tests, each a project of its own: `vitest run --project unit`. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], environment: 'node' } },
      {
        test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], environment: 'node', testTimeout: 30_000 },
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
