import { type AnyDb, APP_ROLE, CURRENT_ORGANIZATION, PLATFORM_ROLE, run, tenantTable } from '../table.ts';

/** Roles, organizations, and the tables every verb writes beside its rows: audit, events, commands, idempotency. */
export async function up(db: AnyDb): Promise<void> {
  for (const role of [APP_ROLE, PLATFORM_ROLE]) {
    await run(
      db,
      `do $$ begin
         if not exists (select from pg_roles where rolname = '${role}') then
           create role ${role} nologin nosuperuser nobypassrls;
         end if;
       exception when duplicate_object or unique_violation then null; -- two migrations of one cluster at once
       end $$`,
    );
    await run(db, `grant ${role} to current_user`);
    await run(db, `grant usage on schema public to ${role}`);
  }

  await run(
    db,
    `create function touch_row() returns trigger language plpgsql as $$
     begin
       new.updated_at := now();
       new.version := old.version + 1;
       return new;
     end $$`,
  );

  await run(
    db,
    `create table organizations (
       id uuid primary key default uuidv7(),
       name text not null,
       plan text not null default 'free' check (plan in ('free', 'starter', 'pro', 'enterprise')),
       time_zone text not null default 'UTC',
       currency text not null default 'USD',
       week_start smallint not null default 1 check (week_start between 1 and 7),
       fiscal_year_start smallint not null default 1 check (fiscal_year_start between 1 and 12),
       default_phone_region text not null default 'US',
       default_attribution_model text not null default 'TIME_DECAY',
       direct_channels text[] not null default '{direct,(direct),none}',
       milestone_event_types jsonb not null default '{"lead": [], "opportunity": []}',
       intent_weights jsonb not null default '{}',
       created_at timestamptz not null default now(),
       updated_at timestamptz not null default now(),
       version integer not null default 1,
       deleted_at timestamptz
     )`,
  );
  await run(db, 'alter table organizations enable row level security');
  await run(
    db,
    `create policy organization_isolation on organizations to ${APP_ROLE}
       using (id = ${CURRENT_ORGANIZATION}) with check (id = ${CURRENT_ORGANIZATION})`,
  );
  await run(db, `create policy all_organizations on organizations to ${PLATFORM_ROLE} using (true)`);
  await run(db, `grant select, insert, update on organizations to ${APP_ROLE}`);
  await run(db, `grant select on organizations to ${PLATFORM_ROLE}`);
  await run(db, 'create trigger touch before update on organizations for each row execute function touch_row()');

  await tenantTable(
    db,
    'audit_logs',
    `actor_kind text not null,
     actor_id uuid,
     action text not null,
     entity_type text not null,
     entity_id uuid,
     before jsonb,
     after jsonb,
     request_id text`,
    { kind: 'append' },
  );
  await run(db, 'create index on audit_logs (organization_id, entity_type, entity_id)');

  await tenantTable(
    db,
    'domain_events',
    `type text not null,
     schema_version smallint not null default 1,
     entity_type text not null,
     entity_id uuid,
     position bigint,
     occurred_at timestamptz not null,
     actor_kind text not null,
     actor_id uuid,
     causation_id uuid,
     data jsonb not null`,
    { kind: 'append', platformGrants: 'select, update (position)', organizationReference: false },
  );
  await run(db, 'create index on domain_events (id) where position is null');
  await run(db, 'create unique index on domain_events (position) where position is not null');
  await run(db, 'create sequence domain_event_position');
  await run(db, `grant usage on sequence domain_event_position to ${PLATFORM_ROLE}`);

  await tenantTable(
    db,
    'reaction_runs',
    `event_id uuid not null,
     reaction text not null,
     status text not null default 'pending' check (status in ('pending', 'done', 'parked')),
     attempts integer not null default 0,
     next_attempt_at timestamptz not null default now(),
     last_error text,
     foreign key (organization_id, event_id) references domain_events (organization_id, id)`,
    {
      primaryKey: 'organization_id, event_id, reaction',
      organizationReference: false,
      platformGrants: 'select, insert',
    },
  );
  await run(db, `create index on reaction_runs (next_attempt_at) where status = 'pending'`);

  await tenantTable(
    db,
    'process_commands',
    `process text not null,
     entity_id uuid not null,
     generation integer,
     kind text not null check (kind in ('start', 'signal', 'cancel')),
     signal text,
     input jsonb not null,
     status text not null default 'pending' check (status in ('pending', 'done', 'parked')),
     outcome text,
     attempts integer not null default 0,
     next_attempt_at timestamptz not null default now(),
     claimed_until timestamptz,
     last_error text`,
    { organizationReference: false, platformGrants: 'select, update' },
  );
  await run(db, `create index on process_commands (next_attempt_at, id) where status = 'pending'`);
  await run(db, `create index on process_commands (organization_id, entity_id, process, id) where status = 'pending'`);

  await tenantTable(
    db,
    'idempotency_keys',
    `key text not null,
     fingerprint bytea not null,
     operation_id text not null,
     status smallint,
     body text,
     etag text,
     location text,
     expires_at timestamptz not null`,
    { primaryKey: 'organization_id, key', organizationReference: false, platformGrants: 'select, delete' },
  );
  await run(db, 'create index on idempotency_keys (expires_at)');
}
