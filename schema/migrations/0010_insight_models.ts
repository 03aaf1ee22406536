import { type AnyDb, run, tenantTable } from '../table.ts';

/** What twelve models, milestones, explanations and pages of a run's unattributed conversions need. */
export async function up(db: AnyDb): Promise<void> {
  // Milestones are read by a run's snapshot like facts are: an event that arrives later moves nobody's credit.
  await run(db, 'alter table events add column created_xid xid8 not null default pg_current_xact_id()');

  // One index instead of two. A result's id begins with its conversion's, so the key finds a row by its id as well.
  await run(db, 'drop index attribution_results_organization_id_conversion_id_run_id_idx');
  await run(
    db,
    `alter table attribution_results drop constraint attribution_results_pkey,
       add primary key (organization_id, run_id, generation, conversion_id, id)`,
  );

  // Refunds follow the credit of their originals; an old version of one is found by its original, too.
  await run(db, 'create index on conversions_history (organization_id, refund_of) where refund_of is not null');
  await run(db, 'alter table attribution_run_partitions add column refunds integer');

  await tenantTable(
    db,
    'attribution_unattributed',
    `run_id uuid not null,
     generation integer not null,
     conversion_id uuid not null,
     customer_id uuid not null,
     amount_minor bigint not null,
     currency text not null,
     occurred_at timestamptz not null`,
    {
      primaryKey: 'organization_id, run_id, generation, occurred_at, conversion_id',
      bookkeeping: false,
      organizationReference: false,
    },
  );

  // The quantities that a data-driven model is known by, whole; large tables stay out of lists of runs.
  await tenantTable(
    db,
    'attribution_run_models',
    `run_id uuid not null,
     generation integer not null,
     model_code text not null,
     details jsonb not null,
     foreign key (organization_id, run_id) references attribution_runs (organization_id, id) on delete cascade`,
    { primaryKey: 'organization_id, run_id, generation, model_code', bookkeeping: false },
  );
}
