import { sql } from 'kysely';
import { invalidAll, notFound } from '../../../domain/core/errors.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import type { PageInput } from '../../core/page.ts';
import { lockPeople, requireTeamAllowed } from '../roles/index.ts';
import { pageOfUsers, type UserView } from '../users/user-view.ts';
import { readTeam } from './team-view.ts';

export interface ListMembersInput extends PageInput {
  id: Reference;
  includeSubTeams: boolean;
}

/** By name. @throws AppError not_found; forbidden `TEAM_NOT_ALLOWED`. */
export const listTeamMembers = verb(
  { permission: 'teams.view' },
  async (ctx, input: ListMembersInput): Promise<{ items: UserView[]; total: number }> => {
    const team = await readTeam(ctx, input.id);
    requireTeamAllowed(ctx.principal, team.id);
    const inside = input.includeSubTeams ? sql`or t.parent_team_id = ${team.id}` : sql``;
    return pageOfUsers(
      ctx,
      input,
      sql`u.organization_id = ${ctx.organizationId} and u.deleted_at is null and (t.id = ${team.id} ${inside})`,
    );
  },
);

export interface AddedMembers {
  teamId: string;
  added: { userId: string; previousTeamId: string | null }[];
  /** Those who were in the team already. */
  unchanged: string[];
}

/**
 * Puts people into a team, and so takes them out of the one they were in: everybody is in one team.
 * @throws AppError not_found; validation naming who does not exist; forbidden `TEAM_NOT_ALLOWED`.
 */
export const addTeamMembers = verb(
  { permission: 'teams.edit' },
  async (ctx, input: { id: Reference; userIds: readonly string[] }): Promise<AddedMembers> => {
    await lockPeople(ctx);
    const team = await readTeam(ctx, input.id);
    requireTeamAllowed(ctx.principal, team.id);
    const ids = [...new Set(input.userIds.map((id) => id.toLowerCase()))];
    const { rows } = await sql<{ id: string; team_id: string | null }>`
      select id, team_id from users
      where organization_id = ${ctx.organizationId} and deleted_at is null
        and id = any(${sql.val(ids)}::uuid[])`.execute(ctx.tx);
    const found = new Map(rows.map((row) => [row.id, row.team_id]));
    const issues = input.userIds.flatMap((value, index) =>
      found.has(value.toLowerCase()) ? [] : [{ field: `userIds.${index}`, message: 'names no user', value }],
    );
    if (issues.length > 0) throw invalidAll(issues);
    const moving = ids.filter((id) => found.get(id) !== team.id);
    for (const id of moving) requireTeamAllowed(ctx.principal, found.get(id) ?? null);
    if (moving.length > 0) {
      await ctx.tx.updateTable('users').set({ team_id: team.id }).where('id', 'in', moving).execute();
      const before = { members: moving.map((id) => ({ user_id: id, team_id: found.get(id) ?? null })) };
      await audit(ctx, 'team.members_add', {
        entityType: 'team',
        entityId: team.id,
        before,
        after: { user_ids: moving },
      });
    }
    return {
      teamId: team.id,
      added: moving.map((userId) => ({ userId, previousTeamId: found.get(userId) ?? null })),
      unchanged: ids.filter((id) => !moving.includes(id)),
    };
  },
);

/** Leaves the person without a team. @throws AppError not_found, also for somebody who is in another team. */
export const removeTeamMember = verb(
  { permission: 'teams.edit' },
  async (ctx, input: { id: Reference; userId: string }): Promise<{ teamId: string; userId: string }> => {
    await lockPeople(ctx);
    const team = await readTeam(ctx, input.id);
    requireTeamAllowed(ctx.principal, team.id);
    const removed = await ctx.tx
      .updateTable('users')
      .set({ team_id: null })
      .where('id', '=', input.userId)
      .where('team_id', '=', team.id)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!removed) throw notFound('The member', 'Only who is in this very team can be taken out of it.');
    await audit(ctx, 'team.member_remove', { entityType: 'team', entityId: team.id, before: { user_id: removed.id } });
    return { teamId: team.id, userId: removed.id };
  },
);
