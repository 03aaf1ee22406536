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

/** As `ownedBy`; what is nobody's yet, neither of a team nor of a person, waits for everybody. */
export const seenOf = (owner: string, ...also: readonly string[]): string =>
  `${ownedBy(owner, ...also)} or (team_id is null and ${owner} is null)`;

/** The row is there, as far as the reader sees; false where the column names none. */
export const isVisible = (table: string, column: string): string =>
  `exists (select from ${table} r where r.organization_id = ${CURRENT_ORGANIZATION} and r.id = ${column})`;

const ANY_RECORD = ['prospect_id', 'deal_id', 'account_id'] as const;

/**
 * What happened belongs to the person and the deal that it happened to, else to the account; and to whoever did it.
 * @param records the columns of these that the table has
 */
export function happenedTo(
  table: string,
  doer: string,
  records: readonly (typeof ANY_RECORD)[number][] = ANY_RECORD,
): string {
  const named = (columns: readonly string[]) =>
    `num_nonnulls(${columns.map((one) => `${table}.${one}`).join(', ')}) > 0`;
  const own = records.filter((column) => column !== 'account_id');
  const ofAccount = records.includes('account_id')
    ? `and (${named(own)} or ${isVisible('accounts', `${table}.account_id`)})`
    : '';
  return `
  ${table}.${doer} = ${PERSON}
  or (${named(records)}
      and (${table}.prospect_id is null or ${isVisible('prospects', `${table}.prospect_id`)})
      and (${table}.deal_id is null or ${isVisible('deals', `${table}.deal_id`)})
      ${ofAccount})`;
}

/**
 * Narrows what people who are limited to teams see and write of a table; reactions and processes see everything.
 * @param command `select`: what they see alone
 */
export async function limitedToTeams(
  db: AnyDb,
  table: string,
  condition: string,
  command: 'all' | 'select' = 'all',
): Promise<void> {
  // A case, not an `or`: the planner then does not take a limited reader for granted.
  await run(
    db,
    `create policy team_visibility on ${table} as restrictive for ${command} to ${APP_ROLE}
       using (case when ${TEAMS} is null then true else ${condition} end)`,
  );
}
