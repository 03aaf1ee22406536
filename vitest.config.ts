import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const OUTSIDE = ['node_modules/**', '.data/**', '.cache/**', 'test-results/**'];
const DB = '**/*.db.test.ts';
const TEMPORAL = '**/*.temporal.test.ts';
const SERVERS = { globalSetup: ['./test/global-setup.ts'], hookTimeout: 60_000 };

/** The slowest, which a first run cannot know: what begins last should be over soon. */
const SLOWEST = [
  'attribution-run.temporal.test.ts',
  'kill-under-load.temporal.test.ts',
  'webhook-delivery.temporal.test.ts',
  'privacy-request.temporal.test.ts',
  'ticket-sla.temporal.test.ts',
  'import-upload.temporal.test.ts',
  'tickets-under-kills.temporal.test.ts',
  'invitation.temporal.test.ts',
  'conversation-analysis.temporal.test.ts',
  'outages.temporal.test.ts',
  'endpoints.db.test.ts',
  'input.db.test.ts',
  'new-area.db.test.ts',
];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = SLOWEST.indexOf(basename(moduleId));
      return place === -1 ? SLOWEST.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    // Forks, not threads: the Temporal SDK loads a native library.
    pool: 'forks',
    // One more than there are cores: each waits for PostgreSQL a third of its time.
    maxWorkers: 3,
    // The product is loaded once per worker, not once per file: no module holds anything of a database.
    isolate: false,
    sequence: { sequencer: SlowestFirst },
    projects: [
      { extends: true, test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...OUTSIDE, DB, TEMPORAL] } },
      {
        extends: true,
        test: {
          name: 'db',
          include: [DB],
          exclude: OUTSIDE,
          testTimeout: 30_000,
          ...SERVERS,
        },
      },
      {
        extends: true,
        // After the others: servers and worker processes want the cores. Each file has a namespace of its own, and most
        // wait for time-outs of the product, so more of them run side by side than there are cores.
        test: {
          name: 'temporal',
          include: [TEMPORAL],
          exclude: OUTSIDE,
          testTimeout: 90_000,
          maxWorkers: 5,
          isolate: true,
          sequence: { groupOrder: 1 },
          ...SERVERS,
        },
      },
    ],
  },
});
