import { type AnyDb, run, tenantTable } from '../table.ts';

/** What others send: installed integrations, the inbox of their webhooks, and the calls that telephony tells of. */
export async function up(db: AnyDb): Promise<void> {
  // `source` names the integration in external ids: two accounts of one provider may count their calls alike.
  await tenantTable(
    db,
    'team_integrations',
    `name text not null,
     provider text not null,
     source text not null,
     team_id uuid,
     status text not null default 'pending'
       check (status in ('pending', 'connected', 'needs_reauth', 'error', 'disabled')),
     settings jsonb not null default '{}',
     credentials bytea,
     webhook_secret bytea,
     previous_webhook_secret bytea,
     previous_webhook_secret_expires_at timestamptz,
     installed_by uuid,
     last_sync_at timestamptz,
     last_error_code text,
     last_error text,
     deleted_at timestamptz,
     check ((previous_webhook_secret is null) = (previous_webhook_secret_expires_at is null)),
     foreign key (organization_id, team_id) references teams (organization_id, id),
     foreign key (organization_id, installed_by) references users (organization_id, id)`,
  );
  await run(db, 'create unique index on team_integrations (organization_id, source) where deleted_at is null');
  await run(db, 'create index on team_integrations (organization_id, provider) where deleted_at is null');

  // Kept as it came until it is worked off; what stays is the key that keeps it from coming twice.
  await tenantTable(
    db,
    'webhook_inbox',
    `source text not null,
     event_key text not null,
     event_type text not null,
     auth text not null check (auth in ('signature', 'static', 'token')),
     payload jsonb,
     received_at timestamptz not null,
     processed_at timestamptz,
     outcome text,
     unique (organization_id, source, event_key)`,
    { organizationReference: false, bookkeeping: false, platformGrants: 'select, delete' },
  );
  await run(db, 'create index on webhook_inbox (processed_at) where processed_at is not null');
  await run(db, 'create index on webhook_inbox (organization_id, received_at) where processed_at is null');

  // A call as its events tell it. `facts` holds each field with the stamp of the event that said it last.
  await tenantTable(
    db,
    'live_calls',
    `source text not null,
     call_id text not null,
     status text not null default 'live' check (status in ('live', 'ended')),
     end_reason text check (end_reason in ('reported', 'silence')),
     direction text check (direction in ('inbound', 'outbound')),
     caller text,
     callee text,
     agent_external_id text,
     agent_name text,
     vendor_code text,
     started_at timestamptz,
     ended_at timestamptz,
     duration_seconds integer check (duration_seconds >= 0),
     primary_intent text,
     purchase_probability double precision,
     outcome text,
     facts jsonb not null default '{}',
     first_event_at timestamptz,
     last_event_at timestamptz,
     heard_at timestamptz,
     silent_since timestamptz,
     closed_at timestamptz,
     interaction_id uuid,
     projected text,
     problem text,
     check ((status = 'ended') = (end_reason is not null)),
     unique (organization_id, source, call_id)`,
    { organizationReference: false },
  );
  await run(db, `create index on live_calls (organization_id, started_at desc, id desc) where status = 'live'`);
  await run(db, 'create index on live_calls (organization_id, interaction_id) where interaction_id is not null');

  await tenantTable(
    db,
    'call_transcripts',
    `live_call_id uuid not null,
     content jsonb not null,
     said_at timestamptz not null,
     foreign key (organization_id, live_call_id) references live_calls (organization_id, id) on delete cascade`,
    { primaryKey: 'organization_id, live_call_id', organizationReference: false },
  );

  await run(db, 'alter table call_logs add column live_call_id uuid');
  await run(
    db,
    `create unique index on call_logs (organization_id, live_call_id)
       where live_call_id is not null and deleted_at is null`,
  );
  await run(
    db,
    `alter table call_logs add foreign key (organization_id, live_call_id)
       references live_calls (organization_id, id)`,
  );
}
