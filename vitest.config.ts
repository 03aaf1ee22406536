import { defineConfig } from 'vitest/config';

const OUTSIDE = ['node_modules/**', '.data/**', '.cache/**', 'test-results/**'];
const DB = '**/*.db.test.ts';
const TEMPORAL = '**/*.temporal.test.ts';
const SERVERS = { globalSetup: ['./test/global-setup.ts'], hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Forks, not threads: the Temporal SDK loads a native library.
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...OUTSIDE, DB, TEMPORAL] } },
      { extends: true, test: { name: 'db', include: [DB], exclude: OUTSIDE, testTimeout: 30_000, ...SERVERS } },
      {
        extends: true,
        // After the others: servers and worker processes want the cores. Each file has a namespace of its own.
        test: {
          name: 'temporal',
          include: [TEMPORAL],
          exclude: OUTSIDE,
          testTimeout: 90_000,
          sequence: { groupOrder: 1 },
          ...SERVERS,
        },
      },
    ],
  },
});
