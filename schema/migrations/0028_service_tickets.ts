import { type AnyDb, run, tenantTable } from '../table.ts';

/** Tickets with their conversation, and the clock of what was promised about them. */
export async function up(db: AnyDb): Promise<void> {
  await policies(db);
  await tickets(db);
  await conversation(db);
  await slaClock(db);
  await mailAndSurveys(db);
}

const TARGETS = `
  targets jsonb not null,
  calendar jsonb,
  warn_at_percent integer not null default 80 check (warn_at_percent between 1 and 100),
  warn_before_minutes integer check (warn_before_minutes > 0),
  escalations jsonb not null default '[]',`;

async function policies(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'slas',
    `name text not null,
     description text,
     is_default boolean not null default false,
     -- Lower is asked first; the default comes last.
     position integer not null default 100,
     filter jsonb,
     segment_id uuid,
     ${TARGETS}
     number integer not null default 1,
     deleted_at timestamptz,
     foreign key (organization_id, segment_id) references contact_segments (organization_id, id)`,
  );
  await run(db, 'create unique index slas_name on slas (organization_id, lower(name)) where deleted_at is null');
  await run(db, 'create unique index slas_default on slas (organization_id) where is_default and deleted_at is null');
  // What a policy promised at a time: the past of a ticket keeps its own.
  await tenantTable(
    db,
    'sla_versions',
    `sla_id uuid not null,
     number integer not null,
     effective_at timestamptz not null,
     ${TARGETS}
     unique (organization_id, sla_id, number),
     foreign key (organization_id, sla_id) references slas (organization_id, id)`,
    { kind: 'append' },
  );
  await tenantTable(
    db,
    'ticket_routing_rules',
    `name text not null,
     description text,
     position integer not null default 100,
     is_active boolean not null default true,
     filter jsonb,
     strategy text not null check (strategy in ('assignee', 'team', 'round_robin', 'least_loaded', 'skill', 'language')),
     assignee_id uuid,
     team_id uuid,
     -- [{userId, skills, languages, maxOpen}]
     members jsonb not null default '[]',
     last_assigned_id uuid,
     deleted_at timestamptz,
     foreign key (organization_id, assignee_id) references users (organization_id, id),
     foreign key (organization_id, team_id) references teams (organization_id, id)`,
  );
  // Whose turn it is changes with every ticket and is no edit of the rule.
  await run(db, 'drop trigger touch on ticket_routing_rules');
  await run(
    db,
    `create trigger touch before update on ticket_routing_rules for each row
       when (new.last_assigned_id is not distinct from old.last_assigned_id) execute function touch_row()`,
  );
  await tenantTable(
    db,
    'canned_responses',
    `title text not null,
     body text not null,
     shortcut text,
     language text,
     team_id uuid,
     used_count integer not null default 0,
     created_by uuid,
     deleted_at timestamptz,
     foreign key (organization_id, team_id) references teams (organization_id, id),
     foreign key (organization_id, created_by) references users (organization_id, id)`,
  );
  await run(
    db,
    `create unique index canned_responses_shortcut on canned_responses (organization_id, lower(shortcut))
       where deleted_at is null and shortcut is not null`,
  );
  await run(db, 'drop trigger touch on canned_responses');
  await run(
    db,
    `create trigger touch before update on canned_responses for each row
       when (new.used_count = old.used_count) execute function touch_row()`,
  );
}

/** Columns that people change; the clock's own are no edits and must not make an ETag stale. */
const EDITED = `subject description status priority channel requester_email requester_name prospect_id account_id
  assignee_id team_id tags language custom sla_id sla_pinned merged_into_id deleted_at`.split(/\s+/);

async function tickets(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'tickets',
    `number integer not null default 0 check (number > 0),
     subject text not null,
     description text,
     status text not null default 'new' check (status in ('new', 'open', 'pending', 'resolved', 'closed')),
     priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
     channel text not null default 'api',
     requester_email text,
     requester_name text,
     prospect_id uuid,
     account_id uuid,
     assignee_id uuid,
     team_id uuid,
     tags text[] not null default '{}',
     language text,
     custom jsonb not null default '{}',
     sla_id uuid,
     -- Named by a person: no other policy takes its place.
     sla_pinned boolean not null default false,
     created_by uuid,
     opened_at timestamptz not null,
     last_reply_at timestamptz,
     first_responded_at timestamptz,
     -- The oldest word of the customer that nobody has answered, and how many such waits there were.
     awaiting_since timestamptz,
     waits integer not null default 0,
     resolved_at timestamptz,
     closed_at timestamptz,
     reopened_count integer not null default 0,
     first_response_due_at timestamptz,
     next_response_due_at timestamptz,
     resolution_due_at timestamptz,
     first_response_breached_at timestamptz,
     next_response_breached_at timestamptz,
     resolution_breached_at timestamptz,
     sla_state text not null default 'none'
       check (sla_state in ('none', 'running', 'paused', 'warned', 'breached', 'met')),
     sla_look_at timestamptz,
     generation integer not null default 1,
     satisfaction_score integer check (satisfaction_score between 1 and 5),
     merged_into_id uuid,
     split_from_id uuid,
     search text not null generated always as (
       lower(subject || ' ' || coalesce(requester_email, '') || ' ' || coalesce(requester_name, ''))) stored,
     deleted_at timestamptz,
     unique (organization_id, number),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     foreign key (organization_id, assignee_id) references users (organization_id, id),
     foreign key (organization_id, team_id) references teams (organization_id, id),
     foreign key (organization_id, sla_id) references slas (organization_id, id),
     foreign key (organization_id, created_by) references users (organization_id, id),
     foreign key (organization_id, merged_into_id) references tickets (organization_id, id),
     foreign key (organization_id, split_from_id) references tickets (organization_id, id)`,
  );
  await run(db, 'create trigger number before insert on tickets for each row execute function number_row()');
  await run(db, 'drop trigger touch on tickets');
  const changed = (row: string) => `(${EDITED.map((column) => `${row}.${column}`).join(', ')})`;
  await run(
    db,
    `create trigger touch before update on tickets for each row
       when (${changed('new')} is distinct from ${changed('old')}) execute function touch_row()`,
  );
  const live = 'where deleted_at is null';
  await run(db, `create index on tickets (organization_id, opened_at desc, id) ${live}`);
  await run(db, `create index on tickets (organization_id, status, opened_at desc) ${live}`);
  await run(db, `create index on tickets (organization_id, assignee_id, status) ${live}`);
  await run(db, `create index on tickets (organization_id, prospect_id) ${live} and prospect_id is not null`);
  await run(db, `create index on tickets (organization_id, account_id) ${live} and account_id is not null`);
  await run(db, `create index on tickets (organization_id, lower(requester_email)) ${live}`);
  await run(db, `create index on tickets (organization_id, sla_id) ${live} and status in ('new', 'open', 'pending')`);
  await run(
    db,
    `create index on tickets (organization_id, resolution_due_at) ${live} and resolution_due_at is not null`,
  );
  await run(db, 'create index tickets_search on tickets using gin (search gin_trgm_ops)');
  for (const [table, column, target] of [
    ['ticket_watchers', 'user_id', 'users'],
    ['ticket_deals', 'deal_id', 'deals'],
    ['ticket_prospects', 'prospect_id', 'prospects'],
  ] as const) {
    await tenantTable(
      db,
      table,
      `ticket_id uuid not null,
       ${column} uuid not null,
       foreign key (organization_id, ticket_id) references tickets (organization_id, id),
       foreign key (organization_id, ${column}) references ${target} (organization_id, id)`,
      { kind: 'append', primaryKey: `organization_id, ticket_id, ${column}`, grants: 'select, insert, update, delete' },
    );
    await run(db, `create index on ${table} (organization_id, ${column})`);
  }
}

async function conversation(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'ticket_replies',
    `ticket_id uuid not null,
     written_at timestamptz not null,
     author_kind text not null check (author_kind in ('agent', 'customer', 'system')),
     author_id uuid,
     author_email text,
     author_name text,
     body text not null,
     is_internal boolean not null default false,
     canned_response_id uuid,
     channel text not null default 'api',
     -- RFC 5322 id of the mail that it came or went by.
     message_id text,
     send_id uuid,
     foreign key (organization_id, ticket_id) references tickets (organization_id, id),
     foreign key (organization_id, author_id) references users (organization_id, id),
     foreign key (organization_id, canned_response_id) references canned_responses (organization_id, id),
     foreign key (organization_id, send_id) references sends (organization_id, id)`,
  );
  await run(db, 'create index on ticket_replies (organization_id, ticket_id, written_at, id)');
  await run(
    db,
    `create unique index ticket_replies_message on ticket_replies (organization_id, message_id)
       where message_id is not null`,
  );
  await tenantTable(
    db,
    'ticket_attachments',
    `ticket_id uuid not null,
     reply_id uuid,
     blob_id uuid not null,
     file_name text not null,
     media_type text not null,
     size_bytes bigint not null,
     foreign key (organization_id, ticket_id) references tickets (organization_id, id),
     foreign key (organization_id, reply_id) references ticket_replies (organization_id, id),
     foreign key (organization_id, blob_id) references blobs (organization_id, id)`,
  );
  await run(db, 'create index on ticket_attachments (organization_id, ticket_id)');
  await tenantTable(
    db,
    'ticket_merges',
    `source_id uuid not null,
     target_id uuid not null,
     -- What moved and what the source was like: an undo puts back exactly that.
     moved jsonb not null,
     merged_by uuid,
     undone_at timestamptz,
     foreign key (organization_id, source_id) references tickets (organization_id, id),
     foreign key (organization_id, target_id) references tickets (organization_id, id)`,
  );
  await run(db, 'create index on ticket_merges (organization_id, target_id)');
  await run(db, 'create index on ticket_merges (organization_id, source_id)');
}

async function slaClock(db: AnyDb): Promise<void> {
  // One row per change of what a clock depends on; the whole of a ticket's clock can be told from them.
  await tenantTable(
    db,
    'ticket_sla_periods',
    `ticket_id uuid not null,
     ordinal integer not null,
     from_at timestamptz not null,
     status text not null,
     priority text not null,
     sla_id uuid,
     sla_number integer,
     cause text not null,
     foreign key (organization_id, ticket_id) references tickets (organization_id, id)`,
    { kind: 'append', primaryKey: 'organization_id, ticket_id, ordinal' },
  );
  // What has been told of a clock: each warning, breach and step of an escalation once.
  await tenantTable(
    db,
    'ticket_sla_events',
    `ticket_id uuid not null,
     metric text not null check (metric in ('first_response', 'next_response', 'resolution')),
     wait integer not null,
     kind text not null check (kind in ('warning', 'breach', 'escalation')),
     step integer not null,
     due_at timestamptz not null,
     sla_id uuid,
     foreign key (organization_id, ticket_id) references tickets (organization_id, id)`,
    { kind: 'append', primaryKey: 'organization_id, ticket_id, metric, wait, kind, step' },
  );
  await run(db, 'create index on ticket_sla_events (organization_id, due_at)');
}

async function mailAndSurveys(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'ticket_inbox',
    `message_key text not null,
     received_at timestamptz not null,
     from_email text,
     subject text,
     outcome text not null check (outcome in ('ticket', 'reply', 'refused')),
     reason text,
     ticket_id uuid,
     reply_id uuid,
     unique (organization_id, message_key),
     foreign key (organization_id, ticket_id) references tickets (organization_id, id)`,
    { kind: 'append' },
  );
  await run(db, 'create index on ticket_inbox (organization_id, lower(from_email), received_at)');
  await tenantTable(
    db,
    'ticket_surveys',
    `ticket_id uuid not null,
     generation integer not null default 1,
     status text not null default 'planned' check (status in ('planned', 'sent', 'answered', 'expired', 'cancelled')),
     send_at timestamptz not null,
     remind_at timestamptz not null,
     expires_at timestamptz not null,
     sent_at timestamptz,
     reminded_at timestamptz,
     answered_at timestamptz,
     score integer check (score between 1 and 5),
     comment text,
     unique (organization_id, ticket_id, generation),
     foreign key (organization_id, ticket_id) references tickets (organization_id, id)`,
  );
}
