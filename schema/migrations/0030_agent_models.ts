import { type AnyDb, run, tenantTable } from '../table.ts';

/** Calls to models: what they cost, what they were told and what they answered. Amounts are millionths of a dollar. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(db, 'ai_settings', 'monthly_limit_micros bigint not null check (monthly_limit_micros >= 0)', {
    primaryKey: 'organization_id',
  });
  // What is reserved and what is spent together never pass the limit; a call that was lost stays reserved.
  await tenantTable(
    db,
    'ai_budgets',
    `month date not null,
     limit_micros bigint not null check (limit_micros >= 0),
     reserved_micros bigint not null default 0 check (reserved_micros >= 0),
     spent_micros bigint not null default 0 check (spent_micros >= 0)`,
    { primaryKey: 'organization_id, month' },
  );
  // Every version of a prompt that was ever used here, word by word.
  await tenantTable(
    db,
    'ai_prompts',
    `name text not null,
     prompt_version integer not null,
     purpose text not null,
     system_text text not null,
     unique (organization_id, name, prompt_version)`,
    { kind: 'append' },
  );
  await tenantTable(
    db,
    'ai_calls',
    `purpose text not null,
     prompt text not null,
     provider text not null,
     model text not null,
     status text not null default 'pending' check (status in ('pending', 'succeeded', 'failed')),
     failure text,
     user_id uuid,
     prospect_id uuid,
     month date not null,
     reserved_micros bigint not null,
     counted_micros bigint,
     cost_micros bigint,
     price_id text,
     input_tokens integer,
     output_tokens integer,
     cached_tokens integer,
     latency_ms integer,
     request jsonb,
     answer text,
     redacted_at timestamptz,
     asked_at timestamptz not null,
     settled_at timestamptz`,
  );
  await run(db, 'create index on ai_calls (organization_id, month, model)');
  await run(db, 'create index on ai_calls (organization_id, prospect_id) where prospect_id is not null');
}
