import { type AnyDb, APP_ROLE, run, tenantTable } from '../table.ts';

/** Work of the day: the daily list, reminders that are no edits, calendar feeds, and who wants to be told of what. */
export async function up(db: AnyDb): Promise<void> {
  await createDailyTasks(db);
  await run(db, 'create index on tasks (organization_id, due_at) where deleted_at is null');
  await run(db, 'create index on meetings (organization_id, owner_id, starts_at)');
  // A reminder is no edit: it must not make the ETag stale that somebody is editing under. A new date raises the generation.
  for (const [table, marks] of [
    ['tasks', ['due_soon_notified_at', 'overdue_notified_at']],
    ['meetings', ['reminded_at']],
  ] as const) {
    const unmarked = marks.map((mark) => `new.${mark} is not distinct from old.${mark}`).join(' and ');
    await run(db, `drop trigger touch on ${table}`);
    await run(
      db,
      `create trigger touch before update on ${table} for each row
         when (new.generation <> old.generation or (${unmarked})) execute function touch_row()`,
    );
  }
  // The address of a feed names its organization, so the hash needs to be found in that organization alone.
  await tenantTable(
    db,
    'calendar_feeds',
    `user_id uuid not null,
     hash bytea not null,
     unique (organization_id, user_id),
     unique (organization_id, hash),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await tenantTable(
    db,
    'notification_preferences',
    `user_id uuid not null,
     channels jsonb not null default '{}',
     event_types jsonb not null default '{}',
     unique (organization_id, user_id),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
}

/**
 * `get_daily_tasks`: what a person has to do on a day of that person's own time zone, and, today, what is overdue. Runs with
 * the caller's rights, so that row-level security holds. `app.now` lets a unit of work ask at its own time.
 */
async function createDailyTasks(db: AnyDb): Promise<void> {
  await run(
    db,
    `create function get_daily_tasks(p_team_id uuid, p_user_id uuid default null, p_date date default current_date)
     returns table (task_id uuid, title text, type text, notes text, priority text, status text, due_at timestamptz,
                    is_overdue boolean, assignee_id uuid, team_id uuid, prospect_id uuid, account_id uuid, deal_id uuid)
     language sql stable security invoker set search_path = pg_catalog, public
     as $$
     select t.id, t.title, t.type, t.notes, t.priority, t.status, t.due_at, t.status = 'open' and t.due_at < clock.at,
            t.assignee_id, t.team_id, t.prospect_id, t.account_id, t.deal_id
     from (select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) as at) clock
     cross join public.tasks t
     join public.organizations o on o.id = t.organization_id
     left join public.users u on u.organization_id = t.organization_id and u.id = t.assignee_id
     cross join lateral (
       select p_date::timestamp at time zone coalesce(u.timezone, o.time_zone) as begins,
              (p_date + 1)::timestamp at time zone coalesce(u.timezone, o.time_zone) as ends) day
     where t.organization_id = (select nullif(current_setting('app.organization_id', true), '')::uuid)
       and t.deleted_at is null and t.status <> 'cancelled'
       and (p_user_id is null or t.assignee_id = p_user_id)
       and (p_team_id is null or coalesce(t.team_id, u.team_id) = p_team_id)
       -- No zone is further than this from UTC: the index finds the rows, the zone decides.
       and t.due_at < (p_date + 2)::timestamp at time zone 'UTC'
       and t.due_at < day.ends
       and (t.due_at >= day.begins or (t.status = 'open' and clock.at >= day.begins and clock.at < day.ends))
     order by array_position(array['urgent', 'high', 'normal', 'low'], t.priority), t.due_at, t.id
     $$`,
  );
  await run(db, 'revoke all on function get_daily_tasks(uuid, uuid, date) from public');
  await run(db, `grant execute on function get_daily_tasks(uuid, uuid, date) to ${APP_ROLE}`);
}
