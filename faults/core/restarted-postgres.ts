import { setTimeout as sleep } from 'node:timers/promises';
import { Driver } from '../../test/kill/driver.ts';
import { differences } from '../../test/kill/facts.ts';
import { Ledger } from '../../test/kill/ledger.ts';
import type { Trial } from '../lib/trial.ts';

const RESTARTS = 5;

/** F3: Postgres ends without a checkpoint and comes back, while requests, files and runs are under way. */
export const restartedPostgres: Trial = {
  id: 'F3',
  title: `Postgres restarted at once ${RESTARTS} times under load`,
  guarantee: 'Nothing acknowledged is lost or there twice, and the pools recover without a process being restarted.',
  async run(world, { n }) {
    const { owner } = world.database;
    const { organizationId, key } = await world.createOrganization();
    const product = await world.startProduct();
    await product.up();
    const ledger = new Ledger();
    const driver = new Driver({ url: product.url, organizationId, key }, ledger);
    const load = driver.run({ callers: 8 });
    const recovery: number[] = [];
    for (let restart = 1; restart <= RESTARTS; restart++) {
      while (ledger.sent.size < (n * restart) / (RESTARTS + 1)) await sleep(50);
      await world.postgres.kill();
      await sleep(500);
      await world.postgres.start();
      const ready = performance.now();
      const before = ledger.answers;
      while (ledger.answers === before) await sleep(10);
      recovery.push(performance.now() - ready);
    }
    while (ledger.sent.size < n || ledger.ended === 0) await sleep(50);
    driver.stop();
    await load;
    const { lost, stuck } = await world.drained({
      also: async () => {
        const [row] = await owner<[{ open: number }]>`
          select (select count(*)::int from uploads where status in ('pending', 'running')) +
                 (select count(*)::int from attribution_runs where status in ('pending', 'running')) as open`;
        return row.open === 0;
      },
    });
    const found = await differences(owner, organizationId, ledger);
    const all = [...product.apis, ...product.workers];
    return {
      trials: ledger.sent.size,
      counts: {
        lost: lost + found.lost.length,
        duplicated: found.twice.length + found.toldWrongly.length,
        wrongTenant: await world.wrongTenant(),
        stuck,
        wrongAnswers: ledger.wrong.length,
        processesRestarted: all.reduce((sum, one) => sum + one.starts - 1, 0),
      },
      notes: {
        slowestRecoveryMs: Math.round(Math.max(...recovery)),
        brokenRequests: ledger.broken,
        ...(ledger.wrong.length > 0 ? { firstWrong: ledger.wrong[0]! } : {}),
      },
    };
  },
};
