import { type AnyDb, run, tenantTable } from '../table.ts';

/** Attribution runs, their partitions (the unit of work and of progress) and their results. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'attribution_runs',
    `name text not null,
     model_code text not null,
     models text[] not null,
     config jsonb not null,
     status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed')),
     generation integer not null default 0,
     published_generation integer,
     snapshot pg_snapshot,
     as_of timestamptz,
     inputs jsonb,
     started_at timestamptz,
     completed_at timestamptz,
     failure_code text,
     failure_message text,
     conversions_total integer,
     conversions_processed integer,
     conversions_attributed integer,
     conversions_unattributed integer,
     model_details jsonb,
     created_by uuid`,
  );
  await run(db, 'create index on attribution_runs (organization_id, created_at desc, id)');

  // Half-open ranges of customer ids; null is the open end. Neighbouring customers lie on neighbouring pages.
  await tenantTable(
    db,
    'attribution_run_partitions',
    `run_id uuid not null,
     generation integer not null,
     ordinal integer not null,
     customer_from uuid,
     customer_to uuid,
     conversions integer not null,
     attributed integer,
     ai_fallbacks integer,
     completed_at timestamptz,
     foreign key (organization_id, run_id) references attribution_runs (organization_id, id) on delete cascade`,
    { primaryKey: 'organization_id, run_id, generation, ordinal', bookkeeping: false },
  );

  await tenantTable(
    db,
    'attribution_results',
    `run_id uuid not null,
     generation integer not null,
     conversion_id uuid not null,
     interaction_id uuid not null,
     agent_id uuid,
     team_id uuid,
     vendor_id uuid,
     touch_source_id uuid,
     customer_id uuid not null,
     weight bigint not null,
     amount_minor bigint not null,
     touched_at timestamptz not null,
     converted_at timestamptz not null,
     model_code text not null,
     channel text not null,
     currency text not null,
     is_primary_touch boolean not null,
     id uuid not null`,
    {
      primaryKey: 'organization_id, run_id, generation, id',
      bookkeeping: false,
      organizationReference: false,
    },
  );
  await run(db, 'create index on attribution_results (organization_id, conversion_id, run_id)');
}
