import { type AnyDb, run, tenantTable } from '../table.ts';

/** Cadences, the people in them, and what each step came to. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'cadences',
    `name text not null,
     description text,
     is_active boolean not null default false,
     settings jsonb not null default '{}',
     team_id uuid,
     created_by uuid,
     deleted_at timestamptz,
     foreign key (organization_id, team_id) references teams (organization_id, id),
     foreign key (organization_id, created_by) references users (organization_id, id)`,
  );
  await run(db, 'create index on cadences (organization_id, created_at desc, id desc) where deleted_at is null');
  // A deleted step keeps its row: what was done under its name is still counted.
  await tenantTable(
    db,
    'cadence_steps',
    `cadence_id uuid not null,
     step_number integer not null check (step_number <> 0),
     type text not null check (type in ('email', 'call', 'linkedin', 'sms', 'task')),
     delay_days integer not null default 0 check (delay_days between 0 and 365),
     delay_hours integer not null default 0 check (delay_hours between 0 and 8760),
     template_id uuid,
     subject text,
     content text,
     conditions jsonb,
     variants jsonb not null default '[]',
     deleted_at timestamptz,
     foreign key (organization_id, cadence_id) references cadences (organization_id, id),
     foreign key (organization_id, template_id) references email_templates (organization_id, id)`,
  );
  await run(
    db,
    `create unique index cadence_steps_number_key on cadence_steps (organization_id, cadence_id, step_number)
       where deleted_at is null`,
  );
  await run(
    db,
    'create index on cadence_steps (organization_id, template_id) where template_id is not null and deleted_at is null',
  );
  // The process looks at its row; everything that people and other areas decide is written here.
  await tenantTable(
    db,
    'cadence_enrollments',
    `cadence_id uuid not null,
     prospect_id uuid not null,
     user_id uuid,
     status text not null default 'active' check (status in ('active', 'paused', 'completed', 'exited', 'unenrolled')),
     enrolled_by uuid,
     enrolled_at timestamptz not null,
     since timestamptz not null,
     from_number integer not null default 1,
     next_step_id uuid,
     next_step_number integer,
     next_run_at timestamptz,
     held_by text,
     waiting_task_id uuid,
     waiting_until timestamptz,
     pause_reason text check (pause_reason in ('person', 'reply', 'account_reply', 'cadence', 'out_of_office')),
     paused_at timestamptz,
     paused_until timestamptz,
     replied_at timestamptz,
     ended_at timestamptz,
     end_reason text,
     check ((status = 'paused') = (pause_reason is not null)),
     check ((status in ('active', 'paused')) = (ended_at is null)),
     foreign key (organization_id, cadence_id) references cadences (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
    { organizationReference: false },
  );
  // Nobody is in a cadence twice at a time.
  await run(
    db,
    `create unique index cadence_enrollments_open_key on cadence_enrollments (organization_id, cadence_id, prospect_id)
       where ended_at is null`,
  );
  await run(db, 'create index on cadence_enrollments (organization_id, cadence_id, enrolled_at desc, id desc)');
  await run(db, 'create index on cadence_enrollments (organization_id, prospect_id, enrolled_at desc)');
  await run(
    db,
    `create index on cadence_enrollments (organization_id, cadence_id, next_step_id) where ended_at is null`,
  );
  // Once per step and enrollment: the mark that a step is behind.
  await tenantTable(
    db,
    'cadence_step_executions',
    `enrollment_id uuid not null,
     cadence_id uuid not null,
     step_id uuid not null,
     prospect_id uuid not null,
     step_number integer not null,
     type text not null,
     variant text,
     template_id uuid,
     outcome text not null check (outcome in ('sent', 'task', 'skipped')),
     rule text,
     due_at timestamptz not null,
     executed_at timestamptz not null,
     email_id uuid,
     send_id uuid,
     task_id uuid,
     unique (organization_id, enrollment_id, step_id),
     foreign key (organization_id, enrollment_id) references cadence_enrollments (organization_id, id),
     foreign key (organization_id, cadence_id) references cadences (organization_id, id),
     foreign key (organization_id, step_id) references cadence_steps (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, email_id) references emails (organization_id, id),
     foreign key (organization_id, send_id) references sends (organization_id, id),
     foreign key (organization_id, task_id) references tasks (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update', organizationReference: false },
  );
  await run(db, 'create index on cadence_step_executions (organization_id, cadence_id, executed_at)');
  for (const column of ['email_id', 'send_id', 'task_id']) {
    await run(db, `create index on cadence_step_executions (organization_id, ${column}) where ${column} is not null`);
  }
}
