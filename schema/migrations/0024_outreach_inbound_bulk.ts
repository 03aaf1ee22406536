import { type AnyDb, run, tenantTable } from '../table.ts';

/** What comes back: events of providers, answers of people; bulk jobs; and whom a touch of outreach is credited to. */
export async function up(db: AnyDb): Promise<void> {
  // Cadence, step, template, variant, sender: dimensions that cost no column in facts.
  await run(db, 'alter table touch_sources add column outreach jsonb');
  // Kept as it came until it is worked off; the key that stays keeps it from coming twice.
  await tenantTable(
    db,
    'outreach_inbox',
    `source text not null check (source in ('sendgrid', 'mail', 'twilio')),
     event_key text not null,
     sender_id uuid,
     payload jsonb,
     received_at timestamptz not null,
     attempts integer not null default 0,
     next_attempt_at timestamptz not null,
     processed_at timestamptz,
     outcome text,
     unique (organization_id, source, event_key),
     foreign key (organization_id, sender_id) references senders (organization_id, id)`,
    {
      organizationReference: false,
      bookkeeping: false,
      platformGrants: 'select (organization_id, id, next_attempt_at, processed_at)',
    },
  );
  await run(db, 'create index on outreach_inbox (next_attempt_at) where processed_at is null');
  await run(db, 'create index on outreach_inbox (organization_id, received_at) where processed_at is null');
  await tenantTable(
    db,
    'inbound_messages',
    `channel text not null check (channel in ('email', 'sms')),
     from_address text not null,
     from_name text,
     to_address text not null,
     subject text,
     text text not null,
     message_id text,
     kind text not null check (kind in ('reply', 'out_of_office', 'auto_reply', 'bounce', 'referral', 'unsubscribe')),
     rule text not null,
     email_id uuid,
     thread_id uuid,
     prospect_id uuid,
     returns_on date,
     referred_to text,
     received_at timestamptz not null,
     foreign key (organization_id, email_id) references emails (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update', organizationReference: false },
  );
  await run(
    db,
    'create index on inbound_messages (organization_id, thread_id, received_at) where thread_id is not null',
  );
  await run(
    db,
    'create index on inbound_messages (organization_id, prospect_id, received_at desc) where prospect_id is not null',
  );
  await run(db, 'create index on inbound_messages (organization_id, email_id) where email_id is not null');
  await bulkJobs(db);
}

/** A job and its people, each with an outcome of its own. */
async function bulkJobs(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'bulk_email_jobs',
    `name text,
     status text not null check (status in ('scheduled', 'running', 'paused', 'completed', 'cancelled', 'failed')),
     generation integer not null default 1,
     content jsonb not null,
     audience jsonb not null,
     sender_id uuid,
     template_id uuid,
     user_id uuid,
     scheduled_at timestamptz,
     started_at timestamptz,
     completed_at timestamptz,
     -- Messages an hour, and to one receiving domain an hour; null is without a limit.
     hourly_limit integer check (hourly_limit > 0),
     domain_hourly_limit integer check (domain_hourly_limit > 0),
     collected boolean not null default false,
     error_code text,
     total integer not null default 0,
     foreign key (organization_id, sender_id) references senders (organization_id, id),
     foreign key (organization_id, template_id) references email_templates (organization_id, id),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await run(db, 'create index on bulk_email_jobs (organization_id, created_at desc, id desc)');
  await tenantTable(
    db,
    'bulk_email_recipients',
    `job_id uuid not null,
     address text not null check (address = lower(address)),
     name text,
     prospect_id uuid,
     variables jsonb,
     ordinal integer not null,
     state text not null default 'waiting' check (state in ('waiting', 'planned', 'skipped', 'failed')),
     reason text,
     email_id uuid,
     planned_at timestamptz,
     foreign key (organization_id, job_id) references bulk_email_jobs (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, email_id) references emails (organization_id, id)`,
    { primaryKey: 'organization_id, job_id, address', bookkeeping: false, organizationReference: false },
  );
  await run(db, `create index on bulk_email_recipients (organization_id, job_id, ordinal) where state = 'waiting'`);
  await run(
    db,
    'create index on bulk_email_recipients (organization_id, job_id, planned_at) where planned_at is not null',
  );
  await run(db, 'create index on bulk_email_recipients (organization_id, prospect_id) where prospect_id is not null');
}
