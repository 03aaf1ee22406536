import type { TestDatabase, TestTenant } from '../database.ts';

export interface Volume {
  customers: number;
  /** Per customer. */
  touches: number;
}

/**
 * One conversion per customer and a few touches before it, written by plain SQL: enough for several partitions in a
 * second or two. The same numbers give the same journeys in every organization.
 */
export async function arrangeJourneys(database: TestDatabase, tenant: TestTenant, volume: Volume): Promise<void> {
  const { owner } = database;
  const organization = tenant.organizationId;
  await owner`
    insert into customers (organization_id, id)
    select ${organization}, md5(${organization}::text || n)::uuid from generate_series(1, ${volume.customers}::integer) n`;
  await owner`
    insert into conversions (organization_id, external_id, customer_id, event_type, event_source, amount_minor, currency, occurred_at)
    select ${organization}, 'c' || n, md5(${organization}::text || n)::uuid, 'purchase', 'billing', 1000 + n * 7, 'USD',
           timestamptz '2026-06-01' + n * interval '1 minute'
    from generate_series(1, ${volume.customers}::integer) n`;
  await owner`
    insert into interactions (organization_id, external_id, customer_id, channel, started_at)
    select ${organization}, 't' || n || '-' || k, md5(${organization}::text || n)::uuid,
           (array['call', 'email', 'chat'])[1 + (n + k) % 3],
           timestamptz '2026-06-01' + n * interval '1 minute' - (k * 9 + n % 5) * interval '1 hour'
    from generate_series(1, ${volume.customers}::integer) n, generate_series(1, ${volume.touches}::integer) k`;
  await owner`analyze customers, conversions, interactions`;
}

/** What a run credited, without ids that differ between organizations and generations. */
export async function publishedCredits(database: TestDatabase, runId: string): Promise<string[]> {
  const rows = await database.owner<{ line: string }[]>`
    select concat_ws(' ', c.external_id, i.external_id, r.model_code, r.weight, r.amount_minor, r.is_primary_touch) collate "C" as line
    from attribution_results r
    join attribution_runs run on run.id = r.run_id and run.published_generation = r.generation
    join conversions c on c.id = r.conversion_id join interactions i on i.id = r.interaction_id
    where r.run_id = ${runId} order by 1`;
  return rows.map((row) => row.line);
}

/** Rows of the run in any generation, seen or not. */
export async function storedRows(database: TestDatabase, runId: string): Promise<number> {
  const [row] = await database.owner<[{ count: string }]>`
    select count(*) from attribution_results where run_id = ${runId}`;
  return Number(row.count);
}
