import { sql } from 'kysely';
import { type FieldIssue, invalid, invalidAll } from '../../../domain/core/errors.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type FoundTeam, findTeams, pick } from '../roles/index.ts';

export interface TeamChoice {
  teamId?: Reference | null | undefined;
  subTeamId?: Reference | null | undefined;
}

/** Where a person belongs: undefined when nothing was said. A team inside must be inside the team that is named. */
export function chooseTeam(
  teams: readonly FoundTeam[],
  { teamId, subTeamId }: TeamChoice,
): { team: FoundTeam | null | undefined } | { issue: FieldIssue } {
  const missing = (field: string, value: unknown) => ({ issue: { field, message: 'names no team', value } });
  const team = teamId == null ? null : pick(teams, teamId);
  if (team === undefined) return missing('teamId', teamId);
  if (subTeamId == null) return { team: teamId === undefined && subTeamId === undefined ? undefined : team };
  const inner = pick(teams, subTeamId);
  if (!inner) return missing('subTeamId', subTeamId);
  if (!inner.parentTeamId) return { issue: { field: 'subTeamId', message: 'is not inside a team', value: subTeamId } };
  if (team && team.id !== inner.parentTeamId) {
    return { issue: { field: 'subTeamId', message: 'is not inside the team that is given', value: subTeamId } };
  }
  return { team: inner };
}

/** @throws AppError validation. */
export async function requireTeamChoice(ctx: Ctx, choice: TeamChoice): Promise<FoundTeam | null | undefined> {
  const named = [choice.teamId, choice.subTeamId].filter((one) => one != null);
  const chosen = chooseTeam(await findTeams(ctx, named), choice);
  if ('issue' in chosen) throw invalidAll([chosen.issue], 'GET /v1/teams lists ids and numbers.');
  return chosen.team;
}

/** @throws AppError validation when nobody is it, or when it would make a circle of managers. */
export async function requireManager(ctx: Ctx, managerId: string, userId: string | null): Promise<void> {
  const { rows } = await sql<{ found: boolean; circle: boolean }>`
    with recursive above(id, manager_id) as (
      select id, manager_id from users
      where organization_id = ${ctx.organizationId} and id = ${managerId} and deleted_at is null
      union
      select u.id, u.manager_id from users u
      join above a on u.id = a.manager_id where u.organization_id = ${ctx.organizationId})
    select exists (select from above) as found,
           coalesce(bool_or(id = ${userId}::uuid), false) as circle from above`.execute(ctx.tx);
  const { found, circle } = rows[0]!;
  if (!found) throw invalid('managerId', 'names no user', managerId);
  if (circle) throw invalid('managerId', 'would make a circle of managers', managerId);
}
