import { type AnyDb, run, tenantTable } from '../table.ts';

/** Dated exchange rates, and summaries of published runs for the dashboards. */
export async function up(db: AnyDb): Promise<void> {
  // One unit of from_currency is worth `rate` units of to_currency, from that day until the next dated rate.
  await tenantTable(
    db,
    'exchange_rates',
    `from_currency text not null check (from_currency ~ '^[A-Z]{3}$'),
     to_currency text not null check (to_currency ~ '^[A-Z]{3}$'),
     effective_on date not null,
     rate numeric(30, 15) not null check (rate > 0),
     source text,
     check (from_currency <> to_currency),
     unique (organization_id, from_currency, to_currency, effective_on)`,
    { organizationReference: false },
  );
  await run(db, 'create index on exchange_rates (organization_id, to_currency, effective_on)');

  // A cell is one value of one dimension in a quarter of an hour (UTC): every zone's day can be added up from it.
  await tenantTable(
    db,
    'attribution_summaries',
    `run_id uuid not null,
     generation integer not null,
     model_code text not null,
     dimension text not null,
     bucket timestamptz not null,
     -- '' stands for credit that has no such value.
     key text not null,
     currency text not null,
     amount_minor bigint not null,
     weight bigint not null,
     conversions integer not null`,
    {
      primaryKey: 'organization_id, run_id, generation, model_code, dimension, bucket, key, currency',
      bookkeeping: false,
      organizationReference: false,
    },
  );
  // Written in the transaction of the cells: readers use the summaries of a generation only when it stands here.
  await tenantTable(
    db,
    'attribution_summary_marks',
    `run_id uuid not null,
     generation integer not null,
     model_code text not null,
     foreign key (organization_id, run_id) references attribution_runs (organization_id, id) on delete cascade`,
    { primaryKey: 'organization_id, run_id, generation, model_code', bookkeeping: false },
  );
}
