import { sql } from 'kysely';
import { conflict, invalid } from '../../../domain/core/errors.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { requireVersion } from '../../core/versions.ts';
import { teamDeleted } from '../events.ts';
import { type FoundTeam, lockPeople, requireTeam, requireTeamAllowed } from '../roles/index.ts';
import { auditableTeam } from './change-team.ts';
import { readTeam, type TeamDetail } from './team-view.ts';

export interface DeleteTeamInput {
  id: Reference;
  expectedVersion?: number | undefined;
  /** Where members and the teams inside it go. */
  transferTo?: Reference | undefined;
}

export interface DeletedTeam {
  id: string;
  transferredTo: string | null;
  membersMoved: number;
  agentsMoved: number;
  subTeamsMoved: number;
}

/**
 * Members, agents and the teams inside it move in the same transaction, so nobody is ever left in a team that is gone.
 * @throws AppError not_found; precondition_failed; validation; conflict `TEAM_NOT_EMPTY`; forbidden `TEAM_NOT_ALLOWED`.
 */
export const deleteTeam = verb(
  { permission: 'teams.delete' },
  async (ctx, { id, expectedVersion, transferTo }: DeleteTeamInput): Promise<DeletedTeam> => {
    await lockPeople(ctx);
    const before = await readTeam(ctx, id);
    requireTeamAllowed(ctx.principal, before.id);
    requireVersion(before.version, expectedVersion);
    const target = transferTo === undefined ? null : await requireTarget(ctx, before, transferTo);
    const agents = await countAgents(ctx, before.id);
    if (!target && (before.members > 0 || agents > 0 || before.subTeams.length > 0)) {
      throw conflict('TEAM_NOT_EMPTY', `${before.name} still has members, agents or teams inside it.`, {
        details: { members: before.members, agents, subTeams: before.subTeams.length },
        hint: 'Name the team that takes them: ?transfer_to=<id or number>.',
      });
    }
    if (target) await transfer(ctx, before, target);
    await sql`
      update roles set allowed_team_ids = array_remove(allowed_team_ids, ${before.id}::uuid)
      where organization_id = ${ctx.organizationId} and ${before.id}::uuid = any(allowed_team_ids)`.execute(ctx.tx);
    await ctx.tx
      .updateTable('team_invitations')
      .set({ team_id: target?.id ?? null })
      .where('team_id', '=', before.id)
      .where('status', 'in', ['pending', 'expired'])
      .execute();
    await ctx.tx.updateTable('teams').set({ deleted_at: ctx.now }).where('id', '=', before.id).execute();
    const deleted = {
      id: before.id,
      transferredTo: target?.id ?? null,
      membersMoved: before.members,
      agentsMoved: agents,
      subTeamsMoved: before.subTeams.length,
    };
    await audit(ctx, 'team.delete', {
      entityType: 'team',
      entityId: before.id,
      before: auditableTeam(before),
      after: {
        transferred_to: deleted.transferredTo,
        members: before.members,
        agents,
        sub_teams: before.subTeams.length,
      },
    });
    await emit(ctx, teamDeleted, {
      entityId: before.id,
      data: { teamId: before.id, transferredTo: deleted.transferredTo },
    });
    return deleted;
  },
);

async function requireTarget(ctx: Ctx, team: TeamDetail, reference: Reference): Promise<FoundTeam> {
  const target = await requireTeam(ctx, reference, 'transferTo');
  const refuse = (message: string) => invalid('transferTo', message, reference);
  if (target.id === team.id) throw refuse('is the team itself');
  if (target.parentTeamId === team.id) throw refuse('is inside the team that is deleted');
  if (target.parentTeamId && team.subTeams.length > 0) {
    throw refuse('must be a top-level team, because the team has teams inside it');
  }
  requireTeamAllowed(ctx.principal, target.id);
  return target;
}

async function countAgents(ctx: Ctx, teamId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from agents
    where organization_id = ${ctx.organizationId} and team_id = ${teamId}`.execute(ctx.tx);
  return rows[0]!.count;
}

async function transfer(ctx: Ctx, team: TeamDetail, target: FoundTeam): Promise<void> {
  const move = { team_id: target.id };
  await ctx.tx.updateTable('users').set(move).where('team_id', '=', team.id).where('deleted_at', 'is', null).execute();
  await ctx.tx.updateTable('agents').set(move).where('team_id', '=', team.id).execute();
  await ctx.tx
    .updateTable('teams')
    .set({ parent_team_id: target.id })
    .where('parent_team_id', '=', team.id)
    .where('deleted_at', 'is', null)
    .execute();
}
