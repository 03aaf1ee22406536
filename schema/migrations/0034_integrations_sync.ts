import { type AnyDb, run, tenantTable } from '../table.ts';

const INTEGRATION = `foreign key (organization_id, integration_id)
  references team_integrations (organization_id, id) on delete cascade`;

/** Integrations that converge: grants, budgets, syncs with their cursors, what belongs to what, and what it costs. */
export async function up(db: AnyDb): Promise<void> {
  await grants(db);
  await syncs(db);
  await reviews(db);
  await usage(db);
}

async function grants(db: AnyDb): Promise<void> {
  // That it was synced is no edit: it must not make the ETag stale that somebody is editing under.
  await run(db, 'drop trigger touch on team_integrations');
  await run(
    db,
    `create trigger touch before update on team_integrations for each row
       when (new.last_sync_at is not distinct from old.last_sync_at) execute function touch_row()`,
  );
  // Apart from the integration: tokens change by themselves, and no ETag may become stale by that.
  await tenantTable(
    db,
    'integration_tokens',
    `integration_id uuid not null,
     access_token bytea,
     refresh_token bytea,
     -- A code that came back from the provider and has not been exchanged yet, with its verifier.
     pending_grant bytea,
     issued_at timestamptz,
     expires_at timestamptz,
     instance_url text,
     scope text,
     rotations integer not null default 0,
     -- Whoever renews the grant: one at a time, because some providers take a refresh token only once.
     claim uuid,
     claimed_until timestamptz,
     ${INTEGRATION}`,
    { primaryKey: 'organization_id, integration_id', bookkeeping: false },
  );
  await tenantTable(
    db,
    'integration_oauth_states',
    `integration_id uuid not null,
     hash bytea not null,
     verifier bytea not null,
     redirect_uri text not null,
     expires_at timestamptz not null,
     used_at timestamptz,
     ${INTEGRATION}`,
    { kind: 'append', grants: 'select, insert, update, delete' },
  );
  await run(db, 'create unique index on integration_oauth_states (organization_id, hash)');
  // A bucket per connection that all workers share: how many calls are left, and since when.
  await tenantTable(
    db,
    'integration_budgets',
    `integration_id uuid not null,
     tokens double precision not null,
     counted_at timestamptz not null,
     blocked_until timestamptz,
     ${INTEGRATION}`,
    { primaryKey: 'organization_id, integration_id', bookkeeping: false },
  );
}

async function syncs(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'integration_syncs',
    `integration_id uuid not null,
     number integer not null,
     trigger text not null check (trigger in ('manual', 'schedule', 'webhook', 'connect', 'change')),
     mode text not null check (mode in ('incremental', 'full')),
     dry_run boolean not null default false,
     streams text[] not null,
     status text not null default 'pending'
       check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
     cancel_requested boolean not null default false,
     -- Where it stands: stream, phase, cursor of a dry run.
     position jsonb not null default '{}',
     counts jsonb not null default '{}',
     report jsonb not null default '[]',
     execution text,
     error_code text,
     error_message text,
     requested_by uuid,
     started_at timestamptz,
     completed_at timestamptz,
     unique (organization_id, integration_id, number),
     ${INTEGRATION}`,
  );
  await run(
    db,
    `create unique index integration_syncs_open_key on integration_syncs (organization_id, integration_id)
       where status in ('pending', 'running')`,
  );
  await run(db, `create unique index on integration_syncs (organization_id, execution) where execution is not null`);
  await run(db, 'create index on integration_syncs (organization_id, integration_id, created_at desc, id desc)');

  // Who may write: an attempt that was taken for dead has an older fence and writes nothing any more.
  await tenantTable(
    db,
    'integration_sync_states',
    `integration_id uuid not null,
     fence bigint not null default 0,
     last_number integer not null default 0,
     wanted_again boolean not null default false,
     last_completed_at timestamptz,
     last_failed_at timestamptz,
     consecutive_failures integer not null default 0,
     health_score integer,
     health_told_at timestamptz,
     ${INTEGRATION}`,
    { primaryKey: 'organization_id, integration_id', bookkeeping: false },
  );
  await tenantTable(
    db,
    'integration_cursors',
    `integration_id uuid not null,
     stream text not null,
     cursor text not null,
     moved_at timestamptz not null,
     completed_at timestamptz,
     full_at timestamptz,
     ${INTEGRATION}`,
    { primaryKey: 'organization_id, integration_id, stream', bookkeeping: false },
  );
  // What belongs to what. Of values only marks are kept, so that nothing of a person is stored a second time.
  await tenantTable(
    db,
    'integration_records',
    `integration_id uuid not null,
     stream text not null,
     external_id text not null,
     local_id uuid not null,
     local_version integer not null,
     agreement jsonb not null,
     dirty boolean not null default false,
     seen_in integer not null,
     remote_changed_at timestamptz,
     ${INTEGRATION}`,
    { primaryKey: 'organization_id, integration_id, stream, external_id', bookkeeping: false },
  );
  await run(db, 'create unique index on integration_records (organization_id, integration_id, stream, local_id)');
  await run(db, 'create index on integration_records (organization_id, integration_id, stream) where dirty');
  // Records that could not be taken over: they are asked for again, nothing of their content is kept.
  await tenantTable(
    db,
    'integration_quarantine',
    `integration_id uuid not null,
     stream text not null,
     direction text not null check (direction in ('in', 'out')),
     record_key text not null,
     code text not null,
     message text not null,
     attempts integer not null default 1,
     first_failed_at timestamptz not null,
     last_failed_at timestamptz not null,
     next_attempt_at timestamptz not null,
     ${INTEGRATION}`,
    { primaryKey: 'organization_id, integration_id, stream, direction, record_key', bookkeeping: false },
  );
}

async function reviews(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'integration_reviews',
    `provider text not null,
     user_id uuid not null,
     rating integer not null check (rating between 1 and 5),
     title text,
     body text,
     unique (organization_id, provider, user_id),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
}

async function usage(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'integration_usage_analytics',
    `integration_id uuid not null,
     team_id uuid,
     day date not null,
     api_calls bigint not null default 0,
     successful_calls bigint not null default 0,
     failed_calls bigint not null default 0,
     rate_limited_calls bigint not null default 0,
     total_latency_ms bigint not null default 0,
     max_latency_ms integer not null default 0,
     cost_usd numeric(18, 6) not null default 0,
     errors jsonb not null default '{}',
     ${INTEGRATION}`,
    { primaryKey: 'organization_id, integration_id, day', bookkeeping: false },
  );
  // The parameters that are not printed have defaults, so that the printed call works as it stands.
  await run(
    db,
    `create function track_api_call(p_team_id uuid, p_integration_id uuid, p_success boolean, p_latency_ms integer,
                                    p_cost_usd numeric default 0, p_error_code text default null,
                                    p_at timestamptz default now())
     returns void language sql security invoker set search_path = pg_catalog, public
     as $$
     insert into public.integration_usage_analytics as u
       (organization_id, integration_id, team_id, day, api_calls, successful_calls, failed_calls, rate_limited_calls,
        total_latency_ms, max_latency_ms, cost_usd, errors)
     select i.organization_id, i.id, coalesce(p_team_id, i.team_id), (p_at at time zone 'UTC')::date, 1,
            p_success::integer, (not p_success)::integer, (p_error_code is not distinct from 'RATE_LIMITED')::integer,
            greatest(coalesce(p_latency_ms, 0), 0), greatest(coalesce(p_latency_ms, 0), 0),
            greatest(coalesce(p_cost_usd, 0), 0),
            case when p_error_code is null then '{}'::jsonb else jsonb_build_object(p_error_code, 1) end
     from public.team_integrations i
     where i.id = p_integration_id and i.deleted_at is null
     on conflict (organization_id, integration_id, day) do update set
       api_calls = u.api_calls + 1,
       successful_calls = u.successful_calls + excluded.successful_calls,
       failed_calls = u.failed_calls + excluded.failed_calls,
       rate_limited_calls = u.rate_limited_calls + excluded.rate_limited_calls,
       total_latency_ms = u.total_latency_ms + excluded.total_latency_ms,
       max_latency_ms = greatest(u.max_latency_ms, excluded.max_latency_ms),
       cost_usd = u.cost_usd + excluded.cost_usd,
       errors = case when p_error_code is null then u.errors
         else u.errors || jsonb_build_object(p_error_code, coalesce((u.errors ->> p_error_code)::bigint, 0) + 1) end
     $$`,
  );
  // 50 points for calls of the last seven days that worked, 30 for the last ten syncs, 20 for records that came through;
  // what has not happened yet costs nothing. A grant that is gone is worth nothing whatever was before.
  await run(
    db,
    `create function calculate_integration_health_score(p_integration_id uuid)
     returns integer language sql stable security invoker set search_path = pg_catalog, public
     as $$
     with clock as (
       select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) as at
     )
     select case when i.status in ('needs_reauth', 'disconnected') then 0 else round(
       50 * coalesce(calls.share, 1) + 30 * coalesce(syncs.share, 1) + 20 / (1 + q.records / 10.0))::integer end
     from public.team_integrations i
     cross join clock
     cross join lateral (
       select sum(u.successful_calls) / nullif(sum(u.api_calls), 0) as share
       from public.integration_usage_analytics u
       where u.organization_id = i.organization_id and u.integration_id = i.id
         and u.day > (clock.at at time zone 'UTC')::date - 7) calls
     cross join lateral (
       select avg((s.status = 'completed')::integer) as share
       from (select status from public.integration_syncs
             where organization_id = i.organization_id and integration_id = i.id and status in ('completed', 'failed')
             order by number desc limit 10) s) syncs
     cross join lateral (
       select count(*) as records from public.integration_quarantine
       where organization_id = i.organization_id and integration_id = i.id) q
     where i.id = p_integration_id and i.deleted_at is null
     $$`,
  );
  await run(db, 'grant execute on function track_api_call to revloop_app');
  await run(db, 'grant execute on function calculate_integration_health_score to revloop_app');
}
