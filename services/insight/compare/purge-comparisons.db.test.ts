import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfigInput } from '../../../domain/insight/run-config.rules.ts';
import { executeToEnd, runModels } from '../../../test/attribution/execute.ts';
import { saleInput, touchInput } from '../../../test/attribution/random.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { ingestConversion, ingestInteraction } from '../../data/index.ts';
import { compareRuns, purgeComparisons, requestComparison } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('a comparison', () => {
  it('is kept for thirty days, and computed again to the same parts when it is asked for afterwards', async () => {
    const tenant = await createTenant(database);
    const touch = (id: string, hours: number) =>
      tenant.run((ctx) => ingestInteraction(ctx, touchInput(id, hours, 'a')));
    const newRun = (config: RunConfigInput = {}) => runModels(tenant, ['LINEAR', 'LAST_TOUCH'], config);
    await touch('t', 100);
    await tenant.run((ctx) => ingestConversion(ctx, saleInput('s', 0, 'a', '10.00')));
    const baseRunId = await newRun();
    await touch('t2', 3);
    const runId = await newRun({ timeWindowHours: 168 });
    const statesOf = () => database.owner<{ id: string }[]>`
      select id from attribution_runs where comparison_id is not null and organization_id = ${tenant.organizationId}`;
    const explain = async () => {
      const { id } = await tenant.run((ctx) => requestComparison(ctx, { baseRunId, runId }));
      for (const state of await statesOf()) await executeToEnd(tenant, state.id);
      return id;
    };
    const told = async () =>
      (await tenant.run((ctx) => compareRuns(ctx, { runIds: [baseRunId, runId], dimension: 'channel', limit: 9 })))
        .difference!;
    const credits =
      () => database.owner`select run_id from attribution_credits where run_id <> all(${[baseRunId, runId]}::uuid[])
      and organization_id = ${tenant.organizationId}`;

    const id = await explain();
    const before = await told();
    expect(await tenant.run(purgeComparisons)).toBe(false);
    expect([(await credits()).length, (await statesOf()).length]).toEqual([1, 1]);

    await database.owner`update attribution_comparisons set created_at = '2020-01-01' where id = ${id}`;
    while (await tenant.run(purgeComparisons));
    expect([(await credits()).length, (await statesOf()).length, (await told()).explanation]).toEqual([0, 0, null]);

    await explain();
    expect((await told()).rows).toEqual(before.rows);
  });
});
