import { type AnyDb, run, tenantTable } from '../table.ts';

/** Looking people and companies up at providers: how each is set up, what was asked for, and what every one answered. */
export async function up(db: AnyDb): Promise<void> {
  // A provider without a row is as its catalogue says: enabled, in the printed order, without credentials.
  await tenantTable(
    db,
    'enrichment_providers',
    `provider text not null check (provider in ('clearbit', 'zoominfo', 'apollo', 'hunter', 'people_data_labs')),
     enabled boolean not null default true,
     priority integer not null check (priority between 1 and 100),
     credentials bytea,
     monthly_cap integer check (monthly_cap >= 0),
     unique (organization_id, provider)`,
  );
  await tenantTable(
    db,
    'enrichment_requests',
    `status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'skipped', 'failed')),
     reason text,
     source text not null check (source in ('prospect_created', 'prospect', 'account', 'api')),
     fields text[] not null,
     requested_by uuid,
     started_at timestamptz,
     ended_at timestamptz`,
  );
  await run(db, 'create index on enrichment_requests (organization_id, created_at desc, id desc)');
  await tenantTable(
    db,
    'enrichment_targets',
    `request_id uuid not null,
     prospect_id uuid,
     account_id uuid,
     status text not null default 'pending' check (status in ('pending', 'completed', 'not_found', 'skipped', 'failed')),
     reason text,
     check (num_nonnulls(prospect_id, account_id) = 1),
     foreign key (organization_id, request_id) references enrichment_requests (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id)`,
  );
  await run(db, 'create index on enrichment_targets (organization_id, request_id)');
  await run(db, 'create index on enrichment_targets (organization_id, prospect_id) where prospect_id is not null');
  await run(db, 'create index on enrichment_targets (organization_id, account_id) where account_id is not null');
  // Names of fields alone: what was found stands in the record, so that erasing the record erases it.
  await tenantTable(
    db,
    'enrichment_lookups',
    `target_id uuid not null,
     provider text not null,
     status text not null check (status in ('calling', 'found', 'not_found', 'capped', 'failed')),
     calls integer not null default 1,
     filled text[] not null default '{}',
     cost_minor bigint check (cost_minor >= 0),
     cost_currency text,
     error text,
     called_at timestamptz not null,
     unique (organization_id, target_id, provider),
     foreign key (organization_id, target_id) references enrichment_targets (organization_id, id)`,
  );
  await run(db, 'create index on enrichment_lookups (organization_id, provider, called_at)');
  // How far a look-up is is no edit either: it must not make the ETag stale that somebody is editing under.
  await run(db, 'drop trigger touch on prospects');
  await run(
    db,
    `create trigger touch before update on prospects for each row
       when (new.last_activity_at is not distinct from old.last_activity_at
         and new.enrichment_status is not distinct from old.enrichment_status)
       execute function touch_row()`,
  );
}
