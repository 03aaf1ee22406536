import { type AnyDb, APP_ROLE, run, tenantTable } from '../table.ts';

/** What twelve models, milestones, explanations and pages of a run's unattributed conversions need. */
export async function up(db: AnyDb): Promise<void> {
  // Milestones are read by a run's snapshot like facts are: an event that arrives later moves nobody's credit.
  await run(db, 'alter table events add column created_xid xid8 not null default pg_current_xact_id()');

  await creditsOfManyModels(db);

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

/** As they number the bits of `primary_models` and the last two digits of a result's id; later ones are appended. */
const MODELS = [
  ...['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'TIME_DECAY', 'AI_WEIGHTED', 'POSITION_BASED', 'W_SHAPED', 'FULL_PATH'],
  ...['LAST_NON_DIRECT', 'CUSTOM', 'MARKOV', 'SHAPLEY'],
];

/**
 * A row per touch and agent carries the credit of all models: twelve rows, or arrays, cost several times as much to
 * write. Readers see one row per model, as ever. One index: a credit's id begins with its conversion's.
 */
async function creditsOfManyModels(db: AnyDb): Promise<void> {
  await run(db, 'drop table attribution_results');
  const columns = MODELS.map((model) => model.toLowerCase());
  await tenantTable(
    db,
    'attribution_credits',
    `run_id uuid not null,
     generation integer not null,
     conversion_id uuid not null,
     id uuid not null,
     interaction_id uuid not null,
     agent_id uuid,
     team_id uuid,
     vendor_id uuid,
     touch_source_id uuid,
     customer_id uuid not null,
     touched_at timestamptz not null,
     converted_at timestamptz not null,
     primary_models integer not null,
     channel text not null,
     currency text not null,
     ${columns.map((model) => `weight_${model} bigint, amount_${model} bigint`).join(',\n')}`,
    {
      primaryKey: 'organization_id, run_id, generation, conversion_id, id',
      bookkeeping: false,
      organizationReference: false,
    },
  );
  const models = columns.map((model, index) => {
    const number = index.toString(16).padStart(2, '0');
    return `('${MODELS[index]}', '${number}', ${1 << index}, c.weight_${model}, c.amount_${model})`;
  });
  await run(
    db,
    `create view attribution_results with (security_invoker = true) as
     select c.organization_id, c.run_id, c.generation, c.conversion_id, (left(c.id::text, 34) || m.number)::uuid as id,
            c.interaction_id, c.agent_id, c.team_id, c.vendor_id, c.touch_source_id, c.customer_id, m.weight,
            m.amount_minor, c.touched_at, c.converted_at, m.model_code, c.channel, c.currency,
            c.primary_models & m.bit <> 0 as is_primary_touch
     from attribution_credits c
     cross join lateral (values ${models.join(', ')}) as m(model_code, number, bit, weight, amount_minor)
     where m.weight is not null`,
  );
  await run(db, `grant select on attribution_results to ${APP_ROLE}`);
}
