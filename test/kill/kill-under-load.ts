import { setTimeout as sleep } from 'node:timers/promises';
import { moments } from '../../faults/lib/caller.ts';
import type { TestDatabase } from '../database.ts';
import type { TestOrganization } from '../http/harness.ts';
import type { ProductProcess } from '../processes/product-process.ts';
import { Driver, type Load } from './driver.ts';
import { type Differences, differences } from './facts.ts';
import { Ledger } from './ledger.ts';

export interface KilledUnderLoad extends Differences {
  readonly ledger: Ledger;
  /** Answers, files and runs that are not as they should be, in words; must be empty. */
  readonly wrong: string[];
}

const MOST_WAIT_MS = 60_000;

/** Kills the API and the worker `kills` times each while callers send facts, arrays, refunds, events, files and runs. */
export async function killUnderLoad(
  { owner }: TestDatabase,
  { organizationId, key }: TestOrganization,
  { api, worker, url }: { readonly api: ProductProcess; readonly worker: ProductProcess; readonly url: string },
  { kills, ...load }: Load & { readonly kills: number },
): Promise<KilledUnderLoad> {
  await Promise.all([api.up(), worker.up()]);
  const ledger = new Ledger();
  const driver = new Driver({ url, organizationId, key }, ledger);
  const running = driver.run(load);

  const killApi = async () => {
    for (const moment of moments(kills)) {
      await api.up('/live');
      // It has worked again before it dies again.
      const { answers } = ledger;
      await until(() => ledger.answers > answers + 10);
      await sleep(moment * 300);
      api.kill();
    }
  };
  const killWorker = async () => {
    for (const [index, moment] of moments(kills).entries()) {
      // Some die while they are still coming up, and some only once a file or a run has come to its end.
      await worker.up(index % 3 === 0 ? '/live' : '/ready');
      const { ended } = ledger;
      if (index % 5 === 4) await until(() => ledger.ended > ended);
      else await sleep(moment * 700);
      worker.kill();
    }
  };
  await Promise.all([killApi(), killWorker()]);
  await Promise.all([api.up(), worker.up()]);
  driver.stop();
  await running;

  await until(async () => {
    const [left] = await owner<[{ count: number }]>`
      select (select count(*)::int from uploads where organization_id = ${organizationId}
                and status in ('pending', 'running'))
           + (select count(*)::int from attribution_runs where organization_id = ${organizationId}
                and status in ('pending', 'running'))
           + (select count(*)::int from process_commands where organization_id = ${organizationId}
                and status = 'pending')
           + (select count(*)::int from domain_events where organization_id = ${organizationId}
                and position is null) as count`;
    return left.count === 0;
  });
  const unfinished = await unlike(owner, organizationId, ledger);
  return { ledger, ...(await differences(owner, organizationId, ledger)), wrong: [...ledger.wrong, ...unfinished] };
}

/** Files and runs that are not as they would be if nobody had been killed. */
async function unlike(owner: TestDatabase['owner'], organizationId: string, ledger: Ledger): Promise<string[]> {
  const runs = await owner<{ id: string }[]>`
    select id from attribution_runs where organization_id = ${organizationId}
      and status = 'completed' and generation = 1 and published_generation = 1`;
  const uploads = await owner<{ id: string; created: number }[]>`
    select u.id, u.created from uploads u
    where u.organization_id = ${organizationId} and u.status = 'completed' and u.failed = 0 and u.skipped = 0
      and (select count(*) from domain_events e where e.organization_id = u.organization_id
             and e.type = 'upload.completed' and e.entity_id = u.id) = 1`;
  const isWhole = ({ id, rows }: { id: string; rows: number }) =>
    uploads.some((one) => one.id === id && one.created === rows);
  return [
    ...ledger.runs.filter((id) => !runs.some((one) => one.id === id)).map((id) => `run ${id}`),
    ...ledger.uploads.filter((one) => !isWhole(one)).map(({ id }) => `upload ${id}`),
  ];
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + MOST_WAIT_MS; !(await holds()); await sleep(5)) {
    if (performance.now() > end) throw new Error(`It does not come to an end within ${MOST_WAIT_MS / 1_000} s`);
  }
}
