import { type AnyDb, run, tenantTable } from '../table.ts';

/** Comparisons of runs, scheduled runs, and what advertising platforms claim. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'attribution_comparisons',
    `base_run_id uuid not null,
     run_id uuid not null,
     models text[] not null,
     -- The state after each part, in the stated order: {part, changed, run_id}.
     steps jsonb not null,
     unique (organization_id, base_run_id, run_id),
     foreign key (organization_id, base_run_id) references attribution_runs (organization_id, id),
     foreign key (organization_id, run_id) references attribution_runs (organization_id, id)`,
  );
  await tenantTable(
    db,
    'attribution_schedules',
    `name text not null,
     model_code text not null,
     config jsonb not null,
     period_days integer not null check (period_days between 1 and 366),
     frequency text not null check (frequency in ('daily', 'weekly', 'monthly')),
     weekday smallint check (weekday between 1 and 7),
     month_day smallint check (month_day between 1 and 31),
     time_of_day text not null,
     time_zone text not null,
     paused boolean not null default false,
     skipped integer not null default 0,
     last_skipped_day date,
     created_by uuid,
     deleted_at timestamptz`,
  );
  // A run of a comparison is an intermediate state: lists and dashboards leave it out. It is not a foreign key, because
  // comparisons name runs: rows of the two could never be removed table by table.
  await run(
    db,
    `alter table attribution_runs
       add column comparison_id uuid,
       add column schedule_id uuid,
       add column scheduled_day date,
       add foreign key (organization_id, schedule_id) references attribution_schedules (organization_id, id)`,
  );
  await run(
    db,
    `create unique index on attribution_runs (organization_id, schedule_id, scheduled_day) where schedule_id is not null`,
  );
  await run(db, 'alter table process_commands drop constraint process_commands_kind_check');
  await run(
    db,
    `alter table process_commands add constraint process_commands_kind_check
       check (kind in ('start', 'signal', 'cancel', 'schedule'))`,
  );
  await tenantTable(
    db,
    'platform_claims',
    `channel text not null,
     platform text not null,
     start_date date not null,
     end_date date not null check (end_date >= start_date),
     conversions numeric(20, 6) not null check (conversions >= 0),
     amount_minor bigint check (amount_minor between 0 and 1000000000000000),
     currency text,
     check ((amount_minor is null) = (currency is null)),
     unique (organization_id, channel, platform, start_date, end_date)`,
  );
}
