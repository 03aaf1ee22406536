import { type AnyDb, run, tenantTable } from '../table.ts';

/** Webhooks to the outside: who is told, what waits to be told, and what became of it. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'webhook_endpoints',
    `url text not null,
     description text,
     events text[] not null check (cardinality(events) > 0),
     filters jsonb not null default '{}',
     active boolean not null default true,
     disabled_reason text check (disabled_reason in ('manual', 'failing', 'gone')),
     disabled_at timestamptz,
     ordered boolean not null default false,
     batch_max_events integer check (batch_max_events between 2 and 200),
     batch_max_wait_seconds integer check (batch_max_wait_seconds between 1 and 300),
     secret bytea not null,
     previous_secret bytea,
     previous_secret_expires_at timestamptz,
     check (active = (disabled_reason is null)),
     check ((batch_max_events is null) = (batch_max_wait_seconds is null)),
     check ((previous_secret is null) = (previous_secret_expires_at is null))`,
  );

  // Apart from the endpoint: it changes with every delivery, and no ETag may become stale by that.
  await tenantTable(
    db,
    'webhook_queues',
    `endpoint_id uuid not null,
     generation integer not null default 1,
     idle boolean not null default false,
     blocked_until timestamptz,
     consecutive_failures integer not null default 0,
     failing_since timestamptz,
     last_success_at timestamptz,
     last_failure_at timestamptz,
     foreign key (organization_id, endpoint_id) references webhook_endpoints (organization_id, id) on delete cascade`,
    { primaryKey: 'organization_id, endpoint_id', bookkeeping: false },
  );

  // One row per event and endpoint: what is to be told, and the log of how it went.
  await tenantTable(
    db,
    'webhook_logs',
    `endpoint_id uuid not null,
     kind text not null check (kind in ('event', 'test')),
     event_id uuid,
     event_type text not null,
     entity_type text not null,
     entity_id uuid,
     event_position bigint,
     occurred_at timestamptz not null,
     batch_id uuid,
     status text not null default 'pending' check (status in ('pending', 'delivered', 'dead')),
     attempts integer not null default 0,
     step integer not null default 0,
     next_attempt_at timestamptz,
     status_code integer,
     latency_ms integer,
     error text,
     delivered_at timestamptz,
     created_at timestamptz not null,
     check ((status = 'pending') = (next_attempt_at is not null)),
     check ((kind = 'event') = (event_id is not null)),
     unique (organization_id, endpoint_id, event_id),
     foreign key (organization_id, endpoint_id) references webhook_endpoints (organization_id, id) on delete cascade`,
    { organizationReference: false, bookkeeping: false },
  );
  await run(
    db,
    `create index on webhook_logs (organization_id, endpoint_id, next_attempt_at, id) where status = 'pending'`,
  );
  await run(
    db,
    `create index on webhook_logs (organization_id, endpoint_id, entity_id, event_position) where status = 'pending'`,
  );
  await run(db, 'create index on webhook_logs (organization_id, batch_id) where batch_id is not null');
  await run(db, 'create index on webhook_logs (organization_id, endpoint_id, created_at desc, id desc)');
  await run(db, `create index on webhook_logs (organization_id, created_at) where status <> 'pending'`);

  // By message: the id of a row of the log, or of the batch that it was sent in.
  await tenantTable(
    db,
    'webhook_attempts',
    `endpoint_id uuid not null,
     message_id uuid not null,
     number integer not null,
     attempted_at timestamptz not null,
     status_code integer,
     latency_ms integer not null,
     error text,
     response_excerpt text,
     foreign key (organization_id, endpoint_id) references webhook_endpoints (organization_id, id) on delete cascade`,
    {
      kind: 'append',
      grants: 'select, insert, delete',
      primaryKey: 'organization_id, message_id, number',
      organizationReference: false,
      bookkeeping: false,
    },
  );
  await run(db, 'create index on webhook_attempts (organization_id, endpoint_id, attempted_at desc)');
}
