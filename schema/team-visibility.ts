import { type AnyDb, APP_ROLE, CURRENT_ORGANIZATION, run } from './table.ts';

/**
 * Set for people whose role is limited to teams (`services/core/team-limits.ts`); null: everything may be seen. The cast
 * stands outside: `any` would take a bare select for rows.
 */
const TEAMS = `(select nullif(current_setting('app.allowed_team_ids', true), ''))::uuid[]`;
const PERSON = `(select nullif(current_setting('app.user_id', true), '')::uuid)`;
const COLLEAGUES = `(select array(select u.id from users u
  where u.organization_id = ${CURRENT_ORGANIZATION} and u.team_id = any (${TEAMS})))::uuid[]`;

/** A record belongs to its team, else to the team of its owner; and to its owner in any case, and whoever else is named. */
export const ownedBy = (owner: string, ...also: readonly string[]): string => `
  ${[owner, ...also].map((column) => `${column} = ${PERSON}`).join(' or ')}
  or team_id = any (${TEAMS})
  or (team_id is null and ${owner} = any (${COLLEAGUES}))`;

const isVisible = (table: string, column: string): string =>
  `exists (select from ${table} r where r.organization_id = ${CURRENT_ORGANIZATION} and r.id = ${column})`;

/** What happened belongs to the person and the deal that it happened to, else to the account; and to whoever did it. */
export const happenedTo = (table: string, doer: string): string => `
  ${table}.${doer} = ${PERSON}
  or (num_nonnulls(${table}.prospect_id, ${table}.deal_id, ${table}.account_id) > 0
      and (${table}.prospect_id is null or ${isVisible('prospects', `${table}.prospect_id`)})
      and (${table}.deal_id is null or ${isVisible('deals', `${table}.deal_id`)})
      and (num_nonnulls(${table}.prospect_id, ${table}.deal_id) > 0
           or ${isVisible('accounts', `${table}.account_id`)}))`;

/** Narrows what people who are limited to teams see and write of a table; reactions and processes see everything. */
export async function limitedToTeams(db: AnyDb, table: string, condition: string): Promise<void> {
  // A case, not an `or`: the planner then does not take a limited reader for granted.
  await run(
    db,
    `create policy team_visibility on ${table} as restrictive to ${APP_ROLE}
       using (case when ${TEAMS} is null then true else ${condition} end)`,
  );
}
