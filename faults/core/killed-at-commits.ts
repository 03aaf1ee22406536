import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { ROOT } from '../../dev/host.ts';
import { PlanError } from '../../test/walk/plan.ts';
import { openApp } from '../abuse/app.ts';
import { compareRowsWithWorkflows } from '../lib/agreement.ts';
import { inParallel } from '../lib/caller.ts';
import { integrationEnv, startEmptyProviders } from '../lib/integrations.ts';
import type { Trial } from '../lib/trial.ts';

const PRELOAD = new URL('../lib/commit-points.ts', import.meta.url).href;
/** So many organizations are driven in vain before a kind of commit counts as not met again. */
const MOST_ROUNDS = 3;

/** A worker dies after each kind of commit in turn, while every endpoint of the product is driven by its examples. */
export const killedAtCommits: Trial = {
  id: 'R1',
  title: 'worker killed after each kind of commit; rows against workflows',
  guarantee: 'Once all is drained, each row that stands for a process has it running exactly when it says so.',
  async run(world, { n }) {
    const folder = join(ROOT, 'test-results', 'faults');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'commit-points.txt');
    rmSync(file, { force: true });
    const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
    let next: string | undefined;
    const providers = await startEmptyProviders();
    world.cleanUp(() => providers.close());
    const product = await world.startProduct({
      apis: 0,
      workers: 1,
      env: () => ({
        ...integrationEnv(providers.url),
        WEBHOOK_ALLOW_LOOPBACK: 'true',
        NODE_OPTIONS: `--import ${PRELOAD}`,
        FAULTS_COMMITS: file,
        ...(next === undefined ? {} : { FAULTS_KILL_AFTER: next }),
      }),
    });
    await product.up();
    const [worker] = product.workers;
    const client = await world.temporalClient();
    const app = openApp(world.database);
    const writing = ENDPOINTS.filter(({ transaction }) => transaction !== 'read');
    let organizations = 0;
    /** Everything that one organization can ask for, a few at a time; stops early when told to. */
    const driveAll = async (enough: () => boolean): Promise<void> => {
      const session = await app.session();
      organizations += 1;
      await inParallel(writing.length, { atOnce: 6 }, async (index) => {
        if (enough()) return;
        const endpoint = writing[index]!;
        try {
          await session.drive(endpoint.operationId, endpoint);
        } catch (error) {
          // What needs a worker's answer that is late is asked for by the next organization.
          if (!(error instanceof PlanError)) throw error;
        }
      });
    };
    // Two organizations in peace show which kinds of commits there are.
    await driveAll(() => false);
    await driveAll(() => false);
    await world.drained({ seconds: 60 });
    const kinds = [...new Set(lines())];
    const chosen = spread(kinds, Math.max(5, Math.round(n / 20)));
    let [killed, notMet] = [0, 0];
    for (const kind of chosen) {
      next = kind;
      const before = worker!.starts;
      worker!.kill();
      while (worker!.starts === before) await sleep(10);
      await worker!.up('/live');
      const starts = worker!.starts;
      const isDead = () => worker!.starts > starts;
      for (let round = 0; round < MOST_ROUNDS && !isDead(); round++) {
        await driveAll(isDead);
        for (let wait = 0; wait < 20 && !isDead(); wait++) await sleep(100);
      }
      if (isDead()) killed += 1;
      else notMet += 1;
      // One that comes up again dies once more only after another kind.
      next = undefined;
    }
    worker!.kill();
    await worker!.up();
    const { lost, stuck } = await world.drained({ seconds: 120 });
    let agreement = await compareRowsWithWorkflows(world.database.owner, client);
    // A search answers a moment late.
    for (let look = 0; look < 40 && agreement.disagreements.length > 0; look++) {
      await sleep(500);
      agreement = await compareRowsWithWorkflows(world.database.owner, client);
    }
    return {
      trials: killed,
      counts: {
        lost,
        stuck,
        wrongTenant: await world.wrongTenant(),
        disagreements: agreement.disagreements.length,
      },
      notes: {
        kindsOfCommits: kinds.length,
        chosen: chosen.length,
        notMetAgain: notMet,
        organizations,
        rows: agreement.rows,
        processes: Object.entries(agreement.byProcess)
          .map(([process, count]) => `${process} ${count}`)
          .join(' '),
        ...(agreement.disagreements[0] ? { first: agreement.disagreements.slice(0, 8).join(' | ') } : {}),
      },
    };
  },
};

/** So many of them, from the whole length of the list. */
const spread = <T>(all: readonly T[], most: number): T[] =>
  all.filter(
    (_, index) =>
      all.length <= most || Math.floor((index * most) / all.length) !== Math.floor(((index - 1) * most) / all.length),
  );
