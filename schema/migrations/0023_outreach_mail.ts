import { type AnyDb, run, tenantTable } from '../table.ts';

/** Messages to people: senders and their domains, templates with versions, e-mails, what came of them, and who wants none. */
export async function up(db: AnyDb): Promise<void> {
  await widenLedger(db);
  await senders(db);
  await templates(db);
  await emails(db);
  await stops(db);
  // Signs links in messages. An organization's own, so that links outlive every change of the installation's keys.
  await tenantTable(db, 'outreach_keys', 'key_sealed bytea not null', { primaryKey: 'organization_id' });
}

/** What guards ask of a send, and what its touch is credited to. */
async function widenLedger(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table sends
       add column prospect_id uuid,
       add column account_id uuid,
       add column sender_id uuid,
       add column user_id uuid,
       -- Cadence, step, template, variant, sender, campaign: dimensions of the interaction that it becomes.
       add column touch jsonb,
       add column held_by text,
       -- The day on which it was counted against the caps of its sender.
       add column counted_on date,
       add column dispatched_at timestamptz,
       -- When the provider first told of it.
       add column reported_at timestamptz,
       add column delivery text check (delivery in ('queued', 'sent', 'delivered', 'undelivered', 'failed')),
       add foreign key (organization_id, prospect_id) references prospects (organization_id, id),
       add foreign key (organization_id, account_id) references accounts (organization_id, id),
       add foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await run(db, 'create index on sends (organization_id, prospect_id, settled_at) where prospect_id is not null');
  await run(db, 'create index on sends (organization_id, account_id, settled_at) where account_id is not null');
  await run(db, 'create index on sends (organization_id, provider_id) where provider_id is not null');
  await run(db, `create index on sends (organization_id, lower(to_address)) where state = 'dispatching'`);
}

async function senders(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'sending_domains',
    `domain text not null,
     dkim_selectors text[] not null default '{}',
     spf text not null check (spf in ('pass', 'fail', 'missing', 'unknown')),
     dkim text not null check (dkim in ('pass', 'fail', 'missing', 'unknown')),
     dmarc text not null check (dmarc in ('pass', 'fail', 'missing', 'unknown')),
     findings jsonb not null default '[]',
     checked_at timestamptz not null,
     unique (organization_id, domain)`,
  );
  await tenantTable(
    db,
    'senders',
    `name text not null,
     email text not null,
     reply_to text,
     domain text not null,
     user_id uuid,
     signature_html text,
     postal_address text,
     is_default boolean not null default false,
     status text not null default 'active' check (status in ('active', 'paused')),
     paused_by text check (paused_by in ('person', 'breaker')),
     paused_reason text,
     paused_at timestamptz,
     -- What was before does not count against it again.
     resumed_at timestamptz,
     daily_cap integer check (daily_cap > 0),
     hourly_cap integer check (hourly_cap > 0),
     warmup_started_on date,
     warmup_start integer check (warmup_start > 0),
     warmup_increment integer check (warmup_increment >= 0),
     warmup_target integer check (warmup_target > 0),
     -- What signs the provider's events about this sender.
     event_public_key text,
     deleted_at timestamptz,
     check ((status = 'paused') = (paused_by is not null)),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await run(
    db,
    'create unique index senders_email_key on senders (organization_id, lower(email)) where deleted_at is null',
  );
  await run(
    db,
    'create unique index senders_default_key on senders (organization_id) where is_default and deleted_at is null',
  );
  await run(
    db,
    'alter table sends add foreign key (organization_id, sender_id) references senders (organization_id, id)',
  );
  // How much of its caps a sender has used: one row is locked by every claim, so that no cap is ever exceeded.
  await tenantTable(
    db,
    'sender_usage',
    `sender_id uuid not null,
     period text not null check (period in ('day', 'hour')),
     starts_at timestamptz not null,
     taken integer not null default 0,
     foreign key (organization_id, sender_id) references senders (organization_id, id)`,
    { primaryKey: 'organization_id, sender_id, period, starts_at' },
  );
}

async function templates(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'email_templates',
    `name text not null,
     description text,
     subject text not null,
     html text not null,
     text text,
     variables jsonb not null default '[]',
     missing_variables text not null default 'refuse' check (missing_variables in ('refuse', 'blank', 'keep')),
     category text not null default 'marketing' check (category in ('marketing', 'one_to_one', 'transactional')),
     number integer not null default 1,
     created_by uuid,
     deleted_at timestamptz,
     foreign key (organization_id, created_by) references users (organization_id, id)`,
  );
  await run(
    db,
    'create unique index email_templates_name_key on email_templates (organization_id, lower(name)) where deleted_at is null',
  );
  // What was sent is found again, whatever the template says today.
  await tenantTable(
    db,
    'email_template_versions',
    `template_id uuid not null,
     number integer not null,
     subject text not null,
     html text not null,
     text text,
     variables jsonb not null,
     created_by uuid,
     unique (organization_id, template_id, number),
     foreign key (organization_id, template_id) references email_templates (organization_id, id)`,
    { kind: 'append' },
  );
}

async function emails(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'emails',
    `user_id uuid,
     "to" jsonb not null,
     cc jsonb not null default '[]',
     bcc jsonb not null default '[]',
     subject text not null,
     html text not null,
     text text not null,
     status text not null check (status in ('scheduled', 'queued', 'sent', 'delivered', 'bounced', 'failed', 'suppressed',
                                            'unknown', 'cancelled')),
     opened boolean not null default false,
     clicked boolean not null default false,
     bounced boolean not null default false,
     sendgrid_message_id text,
     prospect_id uuid,
     deal_id uuid,
     campaign_id uuid,
     sent_at timestamptz,
     delivered_at timestamptz,
     category text not null check (category in ('transactional', 'marketing', 'one_to_one', 'sequence')),
     address text not null,
     from_address text not null,
     sender_id uuid,
     template_id uuid,
     template_number integer,
     message_id text not null,
     thread_id uuid not null,
     in_reply_to uuid,
     reply_to text,
     dedupe_key text not null,
     touch jsonb not null default '{}',
     attachments jsonb not null default '[]',
     -- Where the signed links lead; a token names a place in this list and no address.
     links jsonb not null default '[]',
     -- As it leaves: with signed links, footer and pixel.
     sent_html text not null,
     sent_text text not null,
     headers jsonb not null default '{}',
     track_opens boolean not null default false,
     track_clicks boolean not null default false,
     scheduled_at timestamptz,
     generation integer not null default 1,
     send_id uuid,
     transport text,
     suppressed_by text,
     error_code text,
     is_test boolean not null default false,
     bulk_job_id uuid,
     open_count integer not null default 0,
     click_count integer not null default 0,
     machine_count integer not null default 0,
     opened_at timestamptz,
     clicked_at timestamptz,
     replied_at timestamptz,
     soft_bounces integer not null default 0,
     unique (organization_id, dedupe_key),
     foreign key (organization_id, user_id) references users (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, deal_id) references deals (organization_id, id),
     foreign key (organization_id, sender_id) references senders (organization_id, id),
     foreign key (organization_id, template_id) references email_templates (organization_id, id),
     foreign key (organization_id, in_reply_to) references emails (organization_id, id),
     foreign key (organization_id, send_id) references sends (organization_id, id)`,
    { organizationReference: false },
  );
  await run(db, 'create index on emails (organization_id, created_at desc, id desc)');
  await run(db, 'create index on emails (organization_id, prospect_id, created_at desc) where prospect_id is not null');
  await run(db, 'create index on emails (organization_id, deal_id) where deal_id is not null');
  await run(db, 'create index on emails (organization_id, campaign_id) where campaign_id is not null');
  await run(db, 'create index on emails (organization_id, template_id) where template_id is not null');
  await run(db, 'create index on emails (organization_id, sender_id, sent_at) where sent_at is not null');
  await run(db, 'create index on emails (organization_id, lower(address), created_at desc)');
  await run(db, 'create index on emails (organization_id, thread_id)');
  await run(db, 'create index on emails (organization_id, message_id)');
  await run(db, 'create index on emails (organization_id, bulk_job_id) where bulk_job_id is not null');
  await run(db, 'create index on emails (organization_id, send_id) where send_id is not null');
  await tenantTable(
    db,
    'email_tracking_events',
    `email_id uuid not null,
     type text not null check (type in ('sent', 'delivered', 'deferred', 'dropped', 'open', 'click', 'bounce', 'unsubscribe',
                                        'spam', 'reply', 'auto_reply')),
     occurred_at timestamptz not null,
     -- The provider's own id: what is told twice stands here once.
     event_key text not null,
     ip_address text,
     user_agent text,
     url text,
     link integer,
     -- Why it was no person; null: it was one, or the kind of event has no such question.
     machine_reason text,
     data jsonb not null default '{}',
     unique (organization_id, email_id, event_key),
     foreign key (organization_id, email_id) references emails (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update', organizationReference: false },
  );
  await run(db, 'create index on email_tracking_events (organization_id, email_id, occurred_at)');
}

/** Who is not written to any more, and why. Addresses in lower case. */
async function stops(db: AnyDb): Promise<void> {
  const email = `foreign key (organization_id, email_id) references emails (organization_id, id)`;
  await tenantTable(
    db,
    'email_unsubscribes',
    `email text not null check (email = lower(email)),
     prospect_id uuid,
     email_id uuid,
     source text not null check (source in ('link', 'one_click', 'reply', 'provider', 'manual')),
     reason text,
     unique (organization_id, email),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     ${email}`,
    { kind: 'append', grants: 'select, insert, update, delete' },
  );
  await tenantTable(
    db,
    'email_blacklist',
    `email text not null check (email = lower(email)),
     reason text not null check (reason in ('hard_bounce', 'complaint', 'manual', 'invalid')),
     notes text,
     email_id uuid,
     created_by uuid,
     unique (organization_id, email),
     foreign key (organization_id, created_by) references users (organization_id, id),
     ${email}`,
  );
  await tenantTable(
    db,
    'email_bounces',
    `email_id uuid,
     address text not null check (address = lower(address)),
     type text not null check (type in ('hard', 'soft', 'complaint')),
     status_code text,
     reason text,
     occurred_at timestamptz not null,
     event_key text not null,
     prospect_id uuid,
     unique (organization_id, event_key),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     ${email}`,
    { kind: 'append', grants: 'select, insert, update' },
  );
  await run(db, 'create index on email_bounces (organization_id, occurred_at desc, id desc)');
  await run(db, 'create index on email_bounces (organization_id, address)');
  await tenantTable(
    db,
    'sms_opt_outs',
    `phone text not null,
     prospect_id uuid,
     keyword text,
     opted_out_at timestamptz not null,
     opted_in_at timestamptz,
     unique (organization_id, phone),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id)`,
  );
}
