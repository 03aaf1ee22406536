import { type AnyDb, APP_ROLE, run, tenantTable } from '../table.ts';

/** Corrections, spend, events and page views, merges, files, and what the web beacon needs. */
export async function up(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table organizations
       add column retention_days integer check (retention_days >= 30),
       add column beacon_origins text[] not null default '{}'`,
  );

  // A voided fact keeps its row and its external id; readers leave it out.
  for (const table of ['interactions', 'interactions_history', 'conversions', 'conversions_history']) {
    await run(db, `alter table ${table} add column voided_at timestamptz, add column void_reason text`);
  }
  await run(
    db,
    `alter table vendors
       add column cost_per_interaction_minor bigint check (cost_per_interaction_minor >= 0),
       add column cost_per_minute_minor bigint check (cost_per_minute_minor >= 0),
       add column cost_currency text,
       add column deleted_at timestamptz,
       drop constraint vendors_organization_id_code_key`,
  );
  await run(db, 'create unique index vendors_code_key on vendors (organization_id, code) where deleted_at is null');
  await run(
    db,
    `alter table agents add column vendor_id uuid,
       add foreign key (organization_id, vendor_id) references vendors (organization_id, id)`,
  );

  // Cost of a day by channel, campaign and vendor. A fact like the others: corrected, voided, with a history.
  const spend = `
    external_id text not null,
    day date not null,
    channel text not null,
    vendor_id uuid,
    campaign text,
    amount_minor bigint not null check (amount_minor between 0 and 1000000000000),
    currency text not null,
    voided_at timestamptz,
    void_reason text,
    created_xid xid8 not null default pg_current_xact_id()`;
  await tenantTable(
    db,
    'spend',
    `${spend}, unique (organization_id, external_id),
     foreign key (organization_id, vendor_id) references vendors (organization_id, id)`,
    { organizationReference: false },
  );
  await tenantTable(db, 'spend_history', `id uuid not null, ${spend}, version integer not null, ended_xid xid8`, {
    kind: 'append',
    organizationReference: false,
    primaryKey: 'organization_id, id, version',
  });
  await run(db, 'create index on spend (organization_id, day)');

  await tenantTable(
    db,
    'events',
    `external_id text,
     type text not null,
     customer_id uuid,
     session_id text,
     content_id text,
     url text,
     properties jsonb,
     occurred_at timestamptz not null,
     foreign key (organization_id, customer_id) references customers (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update, delete', organizationReference: false },
  );
  await run(db, 'create unique index on events (organization_id, external_id) where external_id is not null');
  await run(db, 'create index on events (organization_id, customer_id, occurred_at)');
  await run(db, 'create index on events (organization_id, occurred_at)');

  await tenantTable(
    db,
    'website_page_views',
    `external_id text,
     url text not null,
     path text not null,
     title text,
     referrer text,
     session_id text not null,
     customer_id uuid,
     content_id text,
     utm jsonb,
     duration_seconds integer check (duration_seconds >= 0),
     occurred_at timestamptz not null,
     foreign key (organization_id, customer_id) references customers (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update, delete', organizationReference: false },
  );
  await run(
    db,
    'create unique index on website_page_views (organization_id, external_id) where external_id is not null',
  );
  await run(db, 'create index on website_page_views (organization_id, customer_id, occurred_at)');
  await run(db, 'create index on website_page_views (organization_id, session_id, occurred_at)');
  await run(db, 'create index on website_page_views (organization_id, occurred_at)');

  await tenantTable(
    db,
    'customer_merges',
    `source_id uuid not null,
     target_id uuid not null,
     reason text,
     undone_at timestamptz,
     foreign key (organization_id, source_id) references customers (organization_id, id),
     foreign key (organization_id, target_id) references customers (organization_id, id)`,
  );
  // Records that a person has told apart: no shared identifier joins them again.
  await tenantTable(
    db,
    'identity_separations',
    `first_id uuid not null,
     second_id uuid not null,
     merge_id uuid,
     check (first_id < second_id),
     unique (organization_id, first_id, second_id),
     foreign key (organization_id, merge_id) references customer_merges (organization_id, id),
     foreign key (organization_id, first_id) references customers (organization_id, id),
     foreign key (organization_id, second_id) references customers (organization_id, id)`,
    { grants: 'select, insert, delete', kind: 'append' },
  );
  await tenantTable(
    db,
    'identity_conflicts',
    `customer_id uuid not null,
     other_id uuid not null,
     identifier_type text not null,
     rule text not null,
     fact_type text not null,
     fact_external_id text not null`,
    { kind: 'append', organizationReference: false },
  );
  await run(
    db,
    `alter table identity_links add column merge_id uuid,
       add foreign key (organization_id, merge_id) references customer_merges (organization_id, id)`,
  );

  await tenantTable(
    db,
    'use_cases',
    `name text not null,
     description text,
     config jsonb not null default '{}',
     deleted_at timestamptz`,
  );

  await tenantTable(
    db,
    'blobs',
    `media_type text not null,
     size_bytes bigint not null default 0,
     sha256 bytea,
     completed_at timestamptz`,
  );
  await tenantTable(
    db,
    'blob_chunks',
    `blob_id uuid not null,
     ordinal integer not null,
     bytes bytea not null,
     foreign key (organization_id, blob_id) references blobs (organization_id, id) on delete cascade`,
    { primaryKey: 'organization_id, blob_id, ordinal', bookkeeping: false, organizationReference: false },
  );

  await tenantTable(
    db,
    'uploads',
    `kind text not null check (kind in ('interactions', 'conversions', 'spend', 'agents', 'vendors')),
     file_name text not null,
     format text not null check (format in ('csv', 'jsonl')),
     blob_id uuid not null,
     mapping jsonb,
     status text not null default 'pending'
       check (status in ('pending', 'running', 'completed', 'failed', 'cancelled', 'undoing', 'undone')),
     generation integer not null default 0,
     rows_total integer,
     rows_done integer not null default 0,
     created integer not null default 0,
     updated integer not null default 0,
     skipped integer not null default 0,
     failed integer not null default 0,
     failure_code text,
     failure_message text,
     -- Where to go on: rows and this position are written in one transaction.
     cursor jsonb,
     started_at timestamptz,
     completed_at timestamptz,
     kept_after_undo integer,
     foreign key (organization_id, blob_id) references blobs (organization_id, id)`,
  );
  await run(db, 'create index on uploads (organization_id, created_at desc, id)');
  await tenantTable(
    db,
    'upload_errors',
    `upload_id uuid not null,
     line integer not null,
     field text,
     code text not null,
     message text not null,
     foreign key (organization_id, upload_id) references uploads (organization_id, id)`,
    { kind: 'append', organizationReference: false },
  );
  await run(db, 'create index on upload_errors (organization_id, upload_id, line)');
  // What an upload created, so that it can be taken back.
  await tenantTable(
    db,
    'upload_records',
    `upload_id uuid not null,
     record_id uuid not null,
     record_version integer not null default 1,
     foreign key (organization_id, upload_id) references uploads (organization_id, id)`,
    { primaryKey: 'organization_id, upload_id, record_id', bookkeeping: false, organizationReference: false },
  );

  await tenantTable(
    db,
    'privacy_requests',
    `kind text not null check (kind in ('export', 'erase')),
     customer_id uuid not null,
     status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed')),
     blob_id uuid,
     certificate jsonb,
     failure_code text,
     completed_at timestamptz,
     foreign key (organization_id, customer_id) references customers (organization_id, id),
     foreign key (organization_id, blob_id) references blobs (organization_id, id)`,
  );

  // Public keys of the web beacon: they may stand in a page's source and can only add page views and events.
  await tenantTable(
    db,
    'write_keys',
    `name text not null,
     key text not null unique,
     status text not null default 'active' check (status in ('active', 'revoked'))`,
  );
  await run(
    db,
    `create function find_write_key(p_key text)
     returns table (organization_id uuid, id uuid, status text, origins text[])
     language sql stable security definer set search_path = pg_catalog, public
     as $$
       select k.organization_id, k.id, k.status, o.beacon_origins
       from public.write_keys k
       join public.organizations o on o.id = k.organization_id and o.deleted_at is null
       where k.key = p_key
       limit 1
     $$`,
  );
  await run(db, 'revoke all on function find_write_key(text) from public');
  await run(db, `grant execute on function find_write_key(text) to ${APP_ROLE}`);

  // Lists of the data library; the channel rides along so that rows of others are passed over inside the index.
  await run(db, 'create index on interactions (organization_id, started_at, id, channel)');
  await run(db, 'create index on interactions (organization_id, vendor_id, started_at) where vendor_id is not null');
  await run(
    db,
    'create index on interaction_participants (organization_id, agent_id, interaction_id) where agent_id is not null',
  );
  await run(db, 'create index on spend (organization_id, vendor_id) where vendor_id is not null');
  await run(db, 'create index on events (organization_id, session_id, occurred_at) where session_id is not null');

  // Why records are one person: links are derived from it, so that taking a merge back restores what was there.
  await tenantTable(
    db,
    'identity_evidence',
    `kind text not null check (kind in ('shared', 'device', 'claim', 'merge')),
     first_id uuid not null,
     second_id uuid not null,
     claimed_at timestamptz,
     tie_key text,
     merge_id uuid,
     check (first_id <> second_id),
     check ((kind = 'claim') = (claimed_at is not null)),
     foreign key (organization_id, first_id) references customers (organization_id, id),
     foreign key (organization_id, second_id) references customers (organization_id, id),
     foreign key (organization_id, merge_id) references customer_merges (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update, delete', organizationReference: false },
  );
  await run(
    db,
    `create unique index identity_evidence_claim on identity_evidence (organization_id, first_id) where kind = 'claim'`,
  );
  await run(
    db,
    `create unique index identity_evidence_join on identity_evidence (organization_id, first_id, second_id, kind)
     where kind <> 'claim'`,
  );
  await run(db, 'create index on identity_evidence (organization_id, second_id)');
  await run(db, 'create index on identity_conflicts (organization_id, customer_id)');
  await run(db, 'create index on customer_merges (organization_id, source_id)');
  await run(db, 'create index on privacy_requests (organization_id, customer_id)');
  // Erasure takes away what was appended: identifiers, texts of ended versions, quoted values in errors of uploads.
  await run(db, `grant delete on customer_identifiers to ${APP_ROLE}`);
  for (const table of ['interactions_history', 'conversions_history', 'upload_errors']) {
    await run(db, `grant update on ${table} to ${APP_ROLE}`);
  }
}
