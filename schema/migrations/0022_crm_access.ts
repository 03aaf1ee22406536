import { type AnyDb, APP_ROLE, CURRENT_ORGANIZATION, run } from '../table.ts';

/** Set for people whose role is limited to teams (`services/core/team-limits.ts`); null: everything may be seen. */
// The cast stands outside: `any` would take a bare select for rows.
const TEAMS = `(select nullif(current_setting('app.allowed_team_ids', true), ''))::uuid[]`;
const PERSON = `(select nullif(current_setting('app.user_id', true), '')::uuid)`;
const COLLEAGUES = `(select array(select u.id from users u
  where u.organization_id = ${CURRENT_ORGANIZATION} and u.team_id = any (${TEAMS})))::uuid[]`;

/** A record belongs to its team, else to the team of its owner; and to its owner in any case. */
const owned = (owner: string): string => `
  ${owner} = ${PERSON}
  or team_id = any (${TEAMS})
  or (team_id is null and ${owner} = any (${COLLEAGUES}))`;

const isVisible = (table: string, column: string): string =>
  `exists (select from ${table} r where r.organization_id = ${CURRENT_ORGANIZATION} and r.id = ${column})`;

/** What happened belongs to the person and the deal that it happened to, else to the account; and to whoever did it. */
const linked =
  (person: string) =>
  (table: string): string =>
    `
  ${table}.${person} = ${PERSON}
  or (num_nonnulls(${table}.prospect_id, ${table}.deal_id, ${table}.account_id) > 0
      and (${table}.prospect_id is null or ${isVisible('prospects', `${table}.prospect_id`)})
      and (${table}.deal_id is null or ${isVisible('deals', `${table}.deal_id`)})
      and (num_nonnulls(${table}.prospect_id, ${table}.deal_id) > 0
           or ${isVisible('accounts', `${table}.account_id`)}))`;

/** What loads and imports fill: a plan made for an empty table does not end in time on a full one. */
const FILLED_IN_BULK = [
  'customers',
  'customer_identifiers',
  'identity_links',
  'identity_evidence',
  'interactions',
  'interaction_participants',
  'conversions',
  'events',
  'website_page_views',
  'spend',
  'attribution_results',
  'accounts',
  'prospects',
  'deals',
  'deal_contacts',
  'deal_stage_history',
  'activities',
  'call_logs',
  'meetings',
  'tasks',
  'contact_list_members',
];

/** Who sees which record, and that the statistics of large tables can be kept by those who fill them. */
export async function up(db: AnyDb): Promise<void> {
  for (const [table, condition] of [
    ['accounts', owned('owner_id')],
    ['prospects', owned('owner_id')],
    ['deals', owned('owner_id')],
    ['forecast_snapshots', owned('owner_id')],
    ['tasks', `${owned('assignee_id')} or created_by = ${PERSON}`],
    ['activities', linked('user_id')('activities')],
    ['call_logs', linked('user_id')('call_logs')],
    ['meetings', linked('owner_id')('meetings')],
  ] as const) {
    // A case, not an `or`: the planner then does not take a limited reader for granted.
    await run(
      db,
      `create policy team_visibility on ${table} as restrictive to ${APP_ROLE}
         using (case when ${TEAMS} is null then true else ${condition} end)`,
    );
  }
  // A judgement is no edit: it must not make the ETag stale that somebody is editing under.
  await run(db, 'drop trigger touch on accounts');
  await run(
    db,
    `create trigger touch before update on accounts for each row
       when (new.health_computed_at is not distinct from old.health_computed_at) execute function touch_row()`,
  );
  await run(db, `grant maintain on ${FILLED_IN_BULK.join(', ')} to ${APP_ROLE}`);
}
