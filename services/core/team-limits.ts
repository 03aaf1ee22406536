import { sql } from 'kysely';
import { AppError, forbidden } from '../../domain/core/errors.ts';
import type { Ctx, Principal } from './context.ts';

/**
 * A principal whose role is limited to teams sees and writes the customer record of these teams and their own, in whatever
 * statement: row-level security decides by two settings of the transaction (`schema/team-visibility.ts`). Without them all is visible.
 */
const TEAMS = 'app.allowed_team_ids';
const PERSON = 'app.user_id';
const UUID = /^[0-9a-f-]{36}$/i;

/** The settings of a transaction, as name and text; none for a principal who is not limited. */
export function teamLimits({ allowedTeamIds, userId }: Principal): [name: string, value: string][] {
  if (!allowedTeamIds) return [];
  const ids = [...allowedTeamIds, ...(userId ? [userId] : [])];
  if (!ids.every((id) => UUID.test(id))) throw new Error('Teams and people are named by their ids.');
  return [
    [TEAMS, `{${allowedTeamIds.join(',')}}`],
    [PERSON, userId ?? ''],
  ];
}

/** For work that acts on behalf of somebody: the transaction is limited from here on as theirs would be. */
export async function limitToTeams(ctx: Ctx, principal: Principal): Promise<void> {
  for (const [name, value] of teamLimits(principal)) {
    await sql`select set_config(${name}, ${value}, true)`.execute(ctx.tx);
  }
}

/** For what must hold in the whole organization: free addresses, limits of the plan, circles. Its answer tells no record. */
export async function acrossTeams<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  const limits = teamLimits(ctx.principal);
  if (limits.length === 0) return work();
  await sql`select set_config(${TEAMS}, '', true)`.execute(ctx.tx);
  // No `finally`: whoever throws ends the transaction, and the settings with it.
  const value = await work();
  await limitToTeams(ctx, ctx.principal);
  return value;
}

/** The error of a row that would go out of the sight of its writer; undefined for any other error. */
export function teamRefusal(error: unknown): AppError | undefined {
  if (error instanceof AppError || !(error instanceof Error)) return undefined;
  if (!error.message.includes('row-level security policy "team_visibility"')) return undefined;
  return forbidden('TEAM_NOT_ALLOWED', 'Your role is limited to other teams.', {
    hint: 'Name a team of your role, or yourself as the owner.',
  });
}
