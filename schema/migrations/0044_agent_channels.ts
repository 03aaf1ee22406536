import { type AnyDb, run, tenantTable } from '../table.ts';

/** What a message of the agent cost and by which channel it left, and what was read about companies in the web. */
export async function up(db: AnyDb): Promise<void> {
  // Each call is charged to one message, the first that leaves after it.
  await run(db, 'alter table ai_calls add column execution_id uuid, add column approval_id uuid');
  await run(
    db,
    `create index on ai_calls (organization_id, execution_id) where execution_id is not null and approval_id is null`,
  );
  await run(
    db,
    `alter table bdr_agent_configs
       add column research_company_sites boolean not null default true,
       add column research_hosts text[] not null default '{}'`,
  );
  await run(
    db,
    `alter table bdr_approval_queue
       add column task_id uuid,
       add foreign key (organization_id, task_id) references tasks (organization_id, id) on delete set null (task_id)`,
  );
  await run(db, 'create index on bdr_approval_queue (organization_id, task_id) where task_id is not null');
  // What the agent notes about itself makes no ETag stale that somebody is editing under.
  await run(db, 'drop trigger touch on bdr_agent_configs');
  await run(
    db,
    `create trigger touch before update on bdr_agent_configs for each row
       when (new.last_discovery_at is not distinct from old.last_discovery_at
         and new.last_judged_on is not distinct from old.last_judged_on)
       execute function touch_row()`,
  );
  // What the credit of a touch goes to that a person makes by hand.
  await run(db, 'alter table tasks add column touch jsonb');
  await run(db, 'alter table bdr_context_memory add column source_url text');
  // One look at a page serves all people of a company.
  await tenantTable(
    db,
    'bdr_web_pages',
    `url text not null,
     host text not null,
     outcome text not null check (outcome in ('read', 'empty', 'not_found', 'forbidden_by_robots', 'not_allowed', 'failed')),
     reason text,
     title text,
     quotes jsonb not null default '[]',
     ai_call_id uuid,
     fetched_at timestamptz not null,
     unique (organization_id, url)`,
  );
  await run(db, 'create index on bdr_web_pages (organization_id, host)');
}
