import { type AnyDb, APP_ROLE, run, tenantTable } from '../table.ts';

/** The sales agent: how it is set up, whom it works on, what it wrote, who decided, and what came of it. */
export async function up(db: AnyDb): Promise<void> {
  await configs(db);
  await work(db);
  await messages(db);
  await handoffs(db);
  await figures(db);
  await functions(db);
}

const TEAM = 'foreign key (organization_id, team_id) references teams (organization_id, id)';
const PROSPECT = 'foreign key (organization_id, prospect_id) references prospects (organization_id, id)';
const EXECUTION =
  'foreign key (organization_id, execution_id) references bdr_workflow_executions (organization_id, id)';

async function configs(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'bdr_agent_configs',
    `team_id uuid not null,
     agent_name text not null default 'BDR Agent',
     is_active boolean not null default false,
     auto_approve_messages boolean not null default false,
     require_human_review boolean not null default true,
     max_daily_touches integer not null default 50 check (max_daily_touches between 0 and 10000),
     max_touches_per_prospect integer not null default 5 check (max_touches_per_prospect between 1 and 50),
     min_delay_between_touches_hours integer not null default 48 check (min_delay_between_touches_hours between 1 and 2160),
     discovery_enabled boolean not null default true,
     discovery_interval_minutes integer not null default 60 check (discovery_interval_minutes between 5 and 10080),
     min_intent_score integer not null default 60 check (min_intent_score between 0 and 100),
     max_new_prospects_per_day integer not null default 20 check (max_new_prospects_per_day between 0 and 10000),
     preferred_channels text[] not null default '{email}'
       check (preferred_channels <@ '{email,linkedin,phone}' and cardinality(preferred_channels) > 0),
     qualification_framework text not null default 'BANT' check (qualification_framework in ('BANT', 'MEDDIC', 'CHAMP')),
     auto_qualify_threshold integer not null default 60 check (auto_qualify_threshold between 0 and 100),
     handoff_threshold integer not null default 80 check (handoff_threshold between 0 and 100),
     working_hours jsonb not null,
     -- Beyond what is printed: what the agent may say and link to, and who answers for it.
     offer_statements text[] not null default '{}',
     allowed_hosts text[] not null default '{}',
     manager_id uuid,
     approval_timeout_hours integer not null default 72 check (approval_timeout_hours between 1 and 720),
     create_deal_on_accept boolean not null default false,
     autonomy_level text not null default 'approve_exceptions'
       check (autonomy_level in ('draft_only', 'approve_all', 'approve_exceptions', 'autonomous')),
     paused_at timestamptz,
     paused_by uuid,
     generation integer not null default 0,
     last_discovery_at timestamptz,
     last_judged_on date,
     unique (organization_id, team_id),
     ${TEAM},
     foreign key (organization_id, manager_id) references users (organization_id, id),
     foreign key (organization_id, paused_by) references users (organization_id, id)`,
  );
  // One row is locked by every touch of a day, so that no cap is ever exceeded.
  await tenantTable(
    db,
    'bdr_daily_counters',
    `team_id uuid not null,
     day date not null,
     touches integer not null default 0,
     new_prospects integer not null default 0,
     limit_told boolean not null default false,
     ${TEAM}`,
    { primaryKey: 'organization_id, team_id, day' },
  );
}

async function work(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'bdr_workflow_executions',
    `team_id uuid not null,
     prospect_id uuid not null,
     generation integer not null default 1,
     stage text not null default 'discovery'
       check (stage in ('discovery', 'research', 'engage', 'follow_up', 'qualify', 'handoff')),
     status text not null default 'active' check (status in ('active', 'completed', 'stopped', 'failed')),
     outcome text,
     touches integer not null default 0,
     next_touch_at timestamptz,
     last_touch_at timestamptz,
     last_reply_at timestamptz,
     wake_at timestamptz,
     waits_for text,
     score integer check (score between 0 and 100),
     started_by uuid,
     started_at timestamptz not null,
     ended_at timestamptz,
     referred_by uuid,
     check ((status = 'active') = (ended_at is null)),
     ${TEAM},
     ${PROSPECT},
     foreign key (organization_id, started_by) references users (organization_id, id)`,
  );
  await run(
    db,
    `create unique index bdr_workflow_executions_active_key on bdr_workflow_executions (organization_id, prospect_id)
       where status = 'active'`,
  );
  await run(db, 'create index on bdr_workflow_executions (organization_id, team_id, started_at desc, id desc)');
  await run(db, 'create index on bdr_workflow_executions (organization_id, prospect_id)');

  await tenantTable(
    db,
    'bdr_tasks',
    `team_id uuid not null,
     prospect_id uuid not null,
     execution_id uuid not null,
     type text not null check (type in ('research', 'draft', 'approve', 'send', 'read_reply', 'qualify', 'handoff')),
     status text not null default 'pending' check (status in ('pending', 'completed', 'cancelled')),
     priority integer not null default 3 check (priority between 1 and 5),
     scheduled_at timestamptz not null,
     completed_at timestamptz,
     ${TEAM}, ${PROSPECT}, ${EXECUTION}`,
  );
  await run(
    db,
    `create unique index bdr_tasks_open_key on bdr_tasks (organization_id, execution_id) where status = 'pending'`,
  );
  await run(db, 'create index on bdr_tasks (organization_id, team_id, status, scheduled_at)');

  await tenantTable(
    db,
    'bdr_activities',
    `team_id uuid not null,
     prospect_id uuid,
     execution_id uuid,
     type text not null,
     summary text not null,
     data jsonb not null default '{}',
     occurred_at timestamptz not null,
     ${TEAM}, ${PROSPECT}, ${EXECUTION}`,
    { kind: 'append', grants: 'select, insert, update' },
  );
  await run(db, 'create index on bdr_activities (organization_id, team_id, occurred_at desc, id desc)');
  await run(db, 'create index on bdr_activities (organization_id, prospect_id)');

  // What the agent knows of somebody. Evidence in drafts names these rows.
  await tenantTable(
    db,
    'bdr_context_memory',
    `prospect_id uuid not null,
     key text not null,
     kind text not null,
     fact text not null,
     fact_values jsonb not null default '{}',
     source_type text not null,
     source_id uuid,
     confidence real not null check (confidence between 0 and 1),
     observed_at timestamptz,
     unique (organization_id, prospect_id, key),
     ${PROSPECT}`,
  );
  await tenantTable(
    db,
    'bdr_decisions',
    `team_id uuid not null,
     prospect_id uuid,
     execution_id uuid,
     type text not null,
     decision text not null,
     reasoning text not null,
     evidence jsonb not null default '[]',
     model text,
     prompt_version text,
     ai_call_id uuid,
     cost_micros bigint,
     decided_by uuid,
     outcome text,
     decided_at timestamptz not null,
     ${TEAM}, ${PROSPECT}, ${EXECUTION}`,
    { kind: 'append', grants: 'select, insert, update' },
  );
  await run(db, 'create index on bdr_decisions (organization_id, team_id, decided_at desc, id desc)');
  await run(db, 'create index on bdr_decisions (organization_id, prospect_id)');
}

async function messages(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'bdr_approval_queue',
    `team_id uuid not null,
     prospect_id uuid not null,
     execution_id uuid not null,
     channel text not null default 'email',
     kind text not null check (kind in ('first_touch', 'follow_up', 'reply')),
     touch_number integer not null,
     -- A rejected draft that is written anew has the next number.
     attempt integer not null default 1,
     recipient text not null,
     subject text not null,
     body text not null,
     sentences jsonb not null,
     grounded boolean not null,
     reasons jsonb not null default '[]',
     strategy text not null,
     language text not null,
     edits integer not null default 0,
     status text not null default 'pending'
       check (status in ('pending', 'approved', 'sent', 'rejected', 'expired', 'cancelled')),
     -- Of recipient, subject and body as they were decided upon.
     approved_hash bytea,
     decided_by uuid,
     decided_at timestamptz,
     decision_reason text,
     regenerate boolean not null default false,
     auto_approved boolean not null default false,
     link_hash bytea,
     expires_at timestamptz not null,
     escalate_at timestamptz not null,
     escalated_at timestamptz,
     in_reply_to uuid,
     send_id uuid,
     sent_at timestamptz,
     replied_at timestamptz,
     delivery text,
     ai_call_id uuid,
     prompt_version text not null,
     model text not null,
     cost_micros bigint,
     unique (organization_id, execution_id, touch_number, attempt),
     ${TEAM}, ${PROSPECT}, ${EXECUTION},
     foreign key (organization_id, decided_by) references users (organization_id, id)`,
  );
  await run(db, 'create index on bdr_approval_queue (organization_id, team_id, status, created_at)');
  await run(db, 'create index on bdr_approval_queue (organization_id, prospect_id)');
  await run(db, 'create index on bdr_approval_queue (organization_id, send_id) where send_id is not null');
  await run(
    db,
    `create unique index bdr_approval_queue_open_key on bdr_approval_queue (organization_id, execution_id)
       where status in ('pending', 'approved')`,
  );
  await run(
    db,
    'create unique index bdr_approval_queue_link_key on bdr_approval_queue (organization_id, link_hash) where link_hash is not null',
  );

  await tenantTable(
    db,
    'bdr_replies',
    `prospect_id uuid not null,
     execution_id uuid,
     external_id text not null,
     body text,
     received_at timestamptz not null,
     intent text,
     reading jsonb,
     needs_answer boolean not null default false,
     read_at timestamptz,
     unique (organization_id, external_id),
     ${PROSPECT}, ${EXECUTION}`,
  );
  await run(db, 'create index on bdr_replies (organization_id, prospect_id, received_at)');
}

async function handoffs(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'bdr_handoffs',
    `team_id uuid not null,
     prospect_id uuid not null,
     execution_id uuid not null,
     status text not null default 'pending' check (status in ('pending', 'accepted', 'rejected')),
     framework text not null,
     score integer not null check (score between 0 and 100),
     answers jsonb not null,
     summary text not null,
     next_step text not null,
     assigned_to uuid,
     decided_by uuid,
     decided_at timestamptz,
     decision_reason text,
     reminders integer not null default 0,
     remind_at timestamptz,
     deal_id uuid,
     unique (organization_id, execution_id),
     ${TEAM}, ${PROSPECT}, ${EXECUTION},
     foreign key (organization_id, assigned_to) references users (organization_id, id),
     foreign key (organization_id, decided_by) references users (organization_id, id),
     foreign key (organization_id, deal_id) references deals (organization_id, id)`,
  );
  await run(db, 'create index on bdr_handoffs (organization_id, team_id, status, created_at)');
  await run(db, 'create index on bdr_handoffs (organization_id, prospect_id)');
  await run(db, 'create index on bdr_handoffs (organization_id, deal_id) where deal_id is not null');
}

async function figures(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'bdr_performance_metrics',
    `team_id uuid not null,
     date date not null,
     prospects_contacted integer not null default 0,
     messages_sent integer not null default 0,
     replies integer not null default 0,
     positive_replies integer not null default 0,
     opt_outs integer not null default 0,
     bounces integer not null default 0,
     qualified integer not null default 0,
     meetings_booked integer not null default 0,
     handoffs_created integer not null default 0,
     handoffs_accepted integer not null default 0,
     handoffs_rejected integer not null default 0,
     model_cost_micros bigint not null default 0,
     ${TEAM}`,
    { primaryKey: 'organization_id, team_id, date' },
  );
}

/** Both run with the caller's rights, so that row-level security holds. `app.now` lets a unit of work ask at its own time. */
async function functions(db: AnyDb): Promise<void> {
  const clock = `coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now())`;
  const organization = `(select nullif(current_setting('app.organization_id', true), '')::uuid)`;
  await run(
    db,
    `create function get_pending_bdr_tasks(p_team_id uuid, p_limit integer default 10)
     returns table (task_id uuid, type text, priority integer, status text, scheduled_at timestamptz, prospect_id uuid,
                    execution_id uuid, prospect_name text, company text, stage text)
     language sql stable security invoker set search_path = pg_catalog, public
     as $$
     select t.id, t.type, t.priority, t.status, t.scheduled_at, t.prospect_id, t.execution_id,
            nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), p.company, e.stage
     from public.bdr_tasks t
     join public.prospects p on p.organization_id = t.organization_id and p.id = t.prospect_id
     join public.bdr_workflow_executions e on e.organization_id = t.organization_id and e.id = t.execution_id
     where t.organization_id = ${organization} and t.team_id = p_team_id and t.status = 'pending'
       and t.scheduled_at <= ${clock}
     order by t.priority, t.scheduled_at, t.id
     limit p_limit
     $$`,
  );
  await run(
    db,
    `create function get_bdr_dashboard_summary(p_team_id uuid)
     returns table (is_active boolean, is_paused boolean, active_prospects bigint, pending_tasks bigint,
                    pending_approvals bigint, pending_handoffs bigint, touches_today bigint, touches_left_today bigint,
                    messages_sent bigint, prospects_contacted bigint, replies bigint, positive_replies bigint,
                    qualified bigint, meetings_booked bigint, handoffs_created bigint, handoffs_accepted bigint,
                    response_rate double precision, handoff_rate double precision)
     language sql stable security invoker set search_path = pg_catalog, public
     as $$
     select c.is_active, c.paused_at is not null,
            (select count(*) from public.bdr_workflow_executions e
             where e.organization_id = c.organization_id and e.team_id = c.team_id and e.status = 'active'),
            (select count(*) from public.bdr_tasks t
             where t.organization_id = c.organization_id and t.team_id = c.team_id and t.status = 'pending'),
            (select count(*) from public.bdr_approval_queue a
             where a.organization_id = c.organization_id and a.team_id = c.team_id and a.status = 'pending'),
            (select count(*) from public.bdr_handoffs h
             where h.organization_id = c.organization_id and h.team_id = c.team_id and h.status = 'pending'),
            coalesce(d.touches, 0)::bigint, greatest(c.max_daily_touches - coalesce(d.touches, 0), 0)::bigint,
            m.sent, m.contacted, m.replies, m.positive, m.qualified, m.meetings, m.created, m.accepted,
            m.replies::double precision / nullif(m.contacted, 0), m.created::double precision / nullif(m.contacted, 0)
     from (select ${clock} as at) clock
     cross join public.bdr_agent_configs c
     cross join lateral (select (clock.at at time zone (c.working_hours ->> 'timezone'))::date as day) today
     left join public.bdr_daily_counters d
       on d.organization_id = c.organization_id and d.team_id = c.team_id and d.day = today.day
     cross join lateral (
       select coalesce(sum(messages_sent), 0)::bigint as sent, coalesce(sum(prospects_contacted), 0)::bigint as contacted,
              coalesce(sum(f.replies), 0)::bigint as replies, coalesce(sum(f.positive_replies), 0)::bigint as positive,
              coalesce(sum(f.qualified), 0)::bigint as qualified, coalesce(sum(f.meetings_booked), 0)::bigint as meetings,
              coalesce(sum(f.handoffs_created), 0)::bigint as created,
              coalesce(sum(f.handoffs_accepted), 0)::bigint as accepted
       from public.bdr_performance_metrics f
       where f.organization_id = c.organization_id and f.team_id = c.team_id
         and f.date > today.day - 30 and f.date <= today.day) m
     where c.organization_id = ${organization} and c.team_id = p_team_id
     $$`,
  );
  for (const signature of ['get_pending_bdr_tasks(uuid, integer)', 'get_bdr_dashboard_summary(uuid)']) {
    await run(db, `revoke all on function ${signature} from public`);
    await run(db, `grant execute on function ${signature} to ${APP_ROLE}`);
  }
}
