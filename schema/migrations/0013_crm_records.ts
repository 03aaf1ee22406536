import { type AnyDb, run, tenantTable } from '../table.ts';

/**
 * The customer record: accounts, prospects, deals and what happens around them. `team_id` is the team that owns a record
 * (visibility, boards, forecasts); a prospect's `customer_id` points into the identity spine, which alone knows who is one person.
 */
const OWNER = `
  owner_id uuid,
  team_id uuid,`;
const OWNER_KEYS = `
  foreign key (organization_id, owner_id) references users (organization_id, id),
  foreign key (organization_id, team_id) references teams (organization_id, id)`;
const SOFT = `
  custom jsonb not null default '{}',
  deleted_at timestamptz,`;

export async function up(db: AnyDb): Promise<void> {
  // Fuzzy search over names; a trusted extension, so the owner of the database may create it.
  await run(db, 'create extension if not exists pg_trgm');

  await tenantTable(
    db,
    'custom_fields',
    `entity text not null check (entity in ('prospect', 'account', 'deal', 'ticket')),
     key text not null check (key ~ '^[a-z][a-zA-Z0-9_]{0,62}$'),
     label text not null,
     type text not null check (type in ('text', 'number', 'boolean', 'date', 'timestamp', 'enum', 'multi_enum')),
     options text[] not null default '{}',
     required boolean not null default false,
     unique (organization_id, entity, key)`,
  );

  await tenantTable(
    db,
    'accounts',
    `name text not null,
     domain text,
     industry text,
     employee_count integer check (employee_count >= 0),
     annual_revenue numeric(18, 2) check (annual_revenue >= 0),
     location text,
     phone text,
     website text,
     description text,
     parent_account_id uuid,
     lifecycle_stage text check (lifecycle_stage in ('MQL', 'SQL', 'Opportunity', 'Customer')),
     is_target boolean not null default false,
     engagement_score integer check (engagement_score between 0 and 100),
     lead_score integer check (lead_score between 0 and 100),
     health_score integer check (health_score between 0 and 100),
     health_factors jsonb,
     health_computed_at timestamptz,
     customer_id uuid,
     source text,
     merged_into_id uuid,
     ${OWNER}
     ${SOFT}
     check (parent_account_id <> id),
     foreign key (organization_id, parent_account_id) references accounts (organization_id, id),
     foreign key (organization_id, merged_into_id) references accounts (organization_id, id),
     foreign key (organization_id, customer_id) references customers (organization_id, id),
     ${OWNER_KEYS}`,
  );
  await run(
    db,
    `create unique index accounts_domain_key on accounts (organization_id, lower(domain))
       where deleted_at is null and domain is not null`,
  );
  await run(db, 'create index on accounts (organization_id, parent_account_id) where parent_account_id is not null');
  await run(db, 'create index on accounts (organization_id, owner_id) where deleted_at is null');
  await run(db, 'create index on accounts (organization_id, created_at desc, id desc) where deleted_at is null');
  await run(db, 'create index accounts_name_search on accounts using gin (name gin_trgm_ops)');

  await tenantTable(
    db,
    'company_profiles',
    `account_id uuid not null,
     summary text,
     facts jsonb not null default '{}',
     source text,
     researched_at timestamptz,
     unique (organization_id, account_id),
     foreign key (organization_id, account_id) references accounts (organization_id, id)`,
  );

  await tenantTable(
    db,
    'prospects',
    `email text,
     phone text,
     linkedin_url text,
     first_name text,
     last_name text,
     title text,
     company text,
     account_id uuid,
     customer_id uuid,
     status text not null default 'new'
       check (status in ('new', 'contacted', 'engaged', 'qualified', 'unqualified', 'customer', 'do_not_contact')),
     relationship_stage text not null default 'cold'
       check (relationship_stage in ('cold', 'aware', 'engaged', 'opportunity', 'customer', 'former_customer')),
     priority_score integer check (priority_score between 0 and 100),
     intent_score numeric(6, 2) check (intent_score between 0 and 100),
     intent_tier text,
     qualification_score integer check (qualification_score between 0 and 100),
     bdr_assigned boolean not null default false,
     enrichment_data jsonb not null default '{}',
     enrichment_status text check (enrichment_status in ('pending', 'running', 'completed', 'skipped', 'failed')),
     enrichment_reason text,
     ai_insights jsonb not null default '{}',
     time_zone text,
     language text,
     country text,
     source text,
     -- Normalised as the identity spine does it, so that records and customers find each other.
     email_key text,
     phone_key text,
     last_activity_at timestamptz,
     merged_into_id uuid,
     search text not null generated always as (
       lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, '') || ' ' ||
             coalesce(company, '') || ' ' || coalesce(title, ''))) stored,
     ${OWNER}
     ${SOFT}
     check (email is not null or phone is not null or linkedin_url is not null or last_name is not null
            or first_name is not null),
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     foreign key (organization_id, customer_id) references customers (organization_id, id),
     foreign key (organization_id, merged_into_id) references prospects (organization_id, id),
     ${OWNER_KEYS}`,
  );
  await run(
    db,
    `create unique index prospects_email_key on prospects (organization_id, lower(email))
       where deleted_at is null and email is not null`,
  );
  await run(db, 'create index on prospects (organization_id, created_at desc, id desc) where deleted_at is null');
  await run(db, 'create index on prospects (organization_id, account_id) where account_id is not null');
  await run(db, 'create index on prospects (organization_id, customer_id) where customer_id is not null');
  await run(db, 'create index on prospects (organization_id, owner_id, created_at desc) where deleted_at is null');
  await run(db, 'create index on prospects (organization_id, email_key) where email_key is not null');
  await run(db, 'create index on prospects (organization_id, phone_key) where phone_key is not null');
  await run(db, 'create index prospects_search on prospects using gin (search gin_trgm_ops)');
  // A sign of life is no edit: it must not make the ETag stale that somebody is editing under.
  await run(db, 'drop trigger touch on prospects');
  await run(
    db,
    `create trigger touch before update on prospects for each row
       when (new.last_activity_at is not distinct from old.last_activity_at) execute function touch_row()`,
  );

  await tenantTable(
    db,
    'deals',
    `name text not null,
     amount numeric(18, 3) check (amount >= 0),
     currency text not null default 'USD',
     probability integer not null default 10 check (probability between 0 and 100),
     forecast_category text generated always as (case
       when stage = 'closed_won' then 'closed'
       when stage = 'closed_lost' then null
       when probability < 25 then 'pipeline'
       when probability < 75 then 'best_case'
       when probability < 90 then 'commit'
       else 'closed' end) stored,
     stage text not null default 'discovery'
       check (stage in ('discovery', 'qualification', 'proposal', 'negotiation', 'closed_won', 'closed_lost')),
     position double precision not null default 0,
     close_date date,
     risk_score integer check (risk_score between 0 and 100),
     ai_analysis jsonb not null default '{}',
     metadata jsonb not null default '{}',
     account_id uuid,
     win_loss_reason text,
     win_loss_notes text,
     stage_changed_at timestamptz not null default now(),
     closed_at timestamptz,
     wins integer not null default 0,
     ${OWNER}
     ${SOFT}
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     ${OWNER_KEYS}`,
  );
  await run(db, 'create index on deals (organization_id, stage, position) where deleted_at is null');
  await run(db, 'create index on deals (organization_id, account_id) where account_id is not null');
  await run(db, 'create index on deals (organization_id, owner_id) where deleted_at is null');
  await run(db, 'create index on deals (organization_id, close_date) where deleted_at is null');
  await run(db, 'create index deals_name_search on deals using gin (name gin_trgm_ops)');

  await tenantTable(
    db,
    'deal_contacts',
    `deal_id uuid not null,
     prospect_id uuid not null,
     role text,
     foreign key (organization_id, deal_id) references deals (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id)`,
    { primaryKey: 'organization_id, deal_id, prospect_id', kind: 'append', grants: 'select, insert, update, delete' },
  );
  await run(db, 'create index on deal_contacts (organization_id, prospect_id)');

  // One row per change of what a pipeline is made of, so that it can be read as of any time.
  await tenantTable(
    db,
    'deal_stage_history',
    `deal_id uuid not null,
     changed_at timestamptz not null,
     from_stage text,
     stage text not null,
     probability integer not null,
     amount numeric(18, 3),
     currency text not null,
     close_date date,
     owner_id uuid,
     team_id uuid,
     deleted boolean not null default false,
     actor_kind text not null,
     actor_id uuid,
     foreign key (organization_id, deal_id) references deals (organization_id, id)`,
    { kind: 'append' },
  );
  await run(db, 'create index on deal_stage_history (organization_id, deal_id, changed_at desc, id desc)');

  await tenantTable(
    db,
    'forecast_snapshots',
    `taken_on date not null,
     period text not null check (period in ('month', 'quarter', 'year')),
     period_start date not null,
     team_id uuid,
     owner_id uuid,
     category text not null check (category in ('pipeline', 'best_case', 'commit', 'closed')),
     currency text not null,
     deals integer not null,
     amount numeric(18, 3) not null,
     weighted numeric(20, 5) not null`,
    { kind: 'append', grants: 'select, insert, delete' },
  );
  await run(
    db,
    `create unique index forecast_snapshots_key on forecast_snapshots
       (organization_id, taken_on, period, period_start, team_id, owner_id, category, currency) nulls not distinct`,
  );

  await tenantTable(
    db,
    'activities',
    `type text not null check (type in ('email_sent', 'email_received', 'call_made', 'call_received',
       'meeting_scheduled', 'meeting_completed', 'linkedin_interaction', 'note_added', 'status_changed',
       'task_completed', 'deal_stage_changed', 'record_changed')),
     subject text,
     notes text,
     occurred_at timestamptz not null,
     prospect_id uuid,
     account_id uuid,
     deal_id uuid,
     user_id uuid,
     source_type text,
     source_id uuid,
     data jsonb not null default '{}',
     deleted_at timestamptz,
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     foreign key (organization_id, deal_id) references deals (organization_id, id),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
    { organizationReference: false },
  );
  for (const owner of ['prospect_id', 'account_id', 'deal_id', 'user_id']) {
    await run(
      db,
      `create index on activities (organization_id, ${owner}, occurred_at desc, id desc) where ${owner} is not null`,
    );
  }
  await run(db, 'create index on activities (organization_id, occurred_at desc, id desc)');
  // What happened to one source row (a call, a meeting, a send) stands in the timeline once per kind.
  await run(
    db,
    `create unique index activities_source_key on activities (organization_id, source_type, source_id, type)
       where source_id is not null`,
  );

  await tenantTable(
    db,
    'call_logs',
    `prospect_id uuid,
     account_id uuid,
     deal_id uuid,
     user_id uuid,
     interaction_id uuid,
     direction text not null default 'outbound' check (direction in ('inbound', 'outbound')),
     duration_seconds integer check (duration_seconds >= 0),
     disposition text check (disposition in ('answered', 'voicemail', 'no_answer', 'busy')),
     phone text,
     notes text,
     outcome text,
     cost_minor bigint check (cost_minor >= 0),
     cost_currency text,
     occurred_at timestamptz not null,
     deleted_at timestamptz,
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     foreign key (organization_id, deal_id) references deals (organization_id, id),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await run(db, 'create index on call_logs (organization_id, occurred_at desc, id desc) where deleted_at is null');
  await run(db, 'create index on call_logs (organization_id, prospect_id, occurred_at desc)');

  await tenantTable(
    db,
    'meetings',
    `title text not null,
     prospect_id uuid,
     account_id uuid,
     deal_id uuid,
     owner_id uuid,
     starts_at timestamptz not null,
     ends_at timestamptz not null,
     time_zone text not null default 'UTC',
     location text,
     link text,
     notes text,
     outcome text,
     attendees jsonb not null default '[]',
     status text not null default 'scheduled' check (status in ('scheduled', 'completed', 'cancelled', 'no_show')),
     sequence integer not null default 0,
     generation integer not null default 1,
     reminder_minutes integer not null default 15 check (reminder_minutes between 0 and 10080),
     reminded_at timestamptz,
     cost_minor bigint check (cost_minor >= 0),
     cost_currency text,
     check (ends_at > starts_at),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     foreign key (organization_id, deal_id) references deals (organization_id, id),
     foreign key (organization_id, owner_id) references users (organization_id, id)`,
  );
  await run(db, 'create index on meetings (organization_id, starts_at, id)');
  await run(db, 'create index on meetings (organization_id, prospect_id, starts_at)');

  await tenantTable(
    db,
    'tasks',
    `title text not null,
     type text not null default 'other' check (type in ('call', 'email', 'linkedin', 'sms', 'meeting', 'follow_up', 'other')),
     notes text,
     prospect_id uuid,
     account_id uuid,
     deal_id uuid,
     assignee_id uuid,
     team_id uuid,
     created_by uuid,
     priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
     status text not null default 'open' check (status in ('open', 'completed', 'cancelled')),
     due_at timestamptz,
     generation integer not null default 1,
     due_soon_notified_at timestamptz,
     overdue_notified_at timestamptz,
     completed_at timestamptz,
     completed_by uuid,
     outcome text,
     source_type text,
     source_id uuid,
     deleted_at timestamptz,
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     foreign key (organization_id, deal_id) references deals (organization_id, id),
     foreign key (organization_id, assignee_id) references users (organization_id, id),
     foreign key (organization_id, team_id) references teams (organization_id, id)`,
  );
  await run(db, `create index on tasks (organization_id, assignee_id, due_at) where status = 'open'`);
  await run(db, 'create index on tasks (organization_id, prospect_id)');
  await run(
    db,
    `create unique index tasks_source_key on tasks (organization_id, source_type, source_id) where source_id is not null`,
  );

  await tenantTable(
    db,
    'contact_segments',
    `name text not null,
     description text,
     criteria jsonb not null,
     member_count integer,
     counted_at timestamptz,
     created_by uuid,
     deleted_at timestamptz`,
  );
  await run(
    db,
    'create unique index contact_segments_name_key on contact_segments (organization_id, lower(name)) where deleted_at is null',
  );
  await tenantTable(
    db,
    'contact_lists',
    `name text not null,
     description text,
     type text not null check (type in ('static', 'dynamic')),
     segment_id uuid,
     member_count integer not null default 0,
     generation integer not null default 0,
     refresh_status text check (refresh_status in ('pending', 'running', 'completed', 'failed')),
     refreshed_at timestamptz,
     created_by uuid,
     deleted_at timestamptz,
     check ((type = 'dynamic') = (segment_id is not null)),
     foreign key (organization_id, segment_id) references contact_segments (organization_id, id)`,
  );
  await run(
    db,
    'create unique index contact_lists_name_key on contact_lists (organization_id, lower(name)) where deleted_at is null',
  );
  await tenantTable(
    db,
    'contact_list_members',
    `list_id uuid not null,
     prospect_id uuid not null,
     added_by uuid,
     foreign key (organization_id, list_id) references contact_lists (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id)`,
    {
      primaryKey: 'organization_id, list_id, prospect_id',
      kind: 'append',
      grants: 'select, insert, delete',
      organizationReference: false,
    },
  );
  await run(db, 'create index on contact_list_members (organization_id, prospect_id)');

  // What a merge moved and what it overwrote, so that undoing it can put exactly that back.
  for (const entity of ['prospect', 'account'] as const) {
    await tenantTable(
      db,
      `${entity}_merges`,
      `source_id uuid not null,
       target_id uuid not null,
       moved jsonb not null,
       overwritten jsonb not null,
       undone_at timestamptz,
       foreign key (organization_id, source_id) references ${entity}s (organization_id, id),
       foreign key (organization_id, target_id) references ${entity}s (organization_id, id)`,
    );
  }

  await tenantTable(
    db,
    'notifications',
    `user_id uuid not null,
     event text not null,
     priority text not null default 'medium' check (priority in ('low', 'medium', 'high', 'urgent')),
     title text not null,
     body text,
     entity_type text,
     entity_id uuid,
     dedupe_key text,
     read_at timestamptz,
     archived_at timestamptz,
     snoozed_until timestamptz,
     expires_at timestamptz,
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await run(
    db,
    `create unique index notifications_dedupe_key on notifications (organization_id, user_id, dedupe_key)
       where dedupe_key is not null`,
  );
  await run(db, 'create index on notifications (organization_id, user_id, created_at desc, id desc)');
}
