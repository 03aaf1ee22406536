import { notFound } from '../../../domain/core/errors.ts';
import { type BaseLevel, DEFAULT_ROLES } from '../../../domain/platform/roles.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { readTeam, type TeamDetail, updateTeam } from '../teams/index.ts';
import { updateUser } from '../users/update-user.ts';
import type { UserView } from '../users/user-view.ts';

/** The team of the person who asks; without one the first team of the organization. @throws AppError not_found. */
async function ownTeamId(ctx: Ctx): Promise<string> {
  const userId = ctx.principal.userId ?? null;
  if (userId !== null) {
    const user = await ctx.tx.selectFrom('users').select('team_id').where('id', '=', userId).executeTakeFirst();
    if (user?.team_id) return user.team_id;
  }
  const first = await ctx.tx
    .selectFrom('teams')
    .select('id')
    .where('deleted_at', 'is', null)
    .orderBy('number')
    .executeTakeFirst();
  if (!first) throw notFound('The team', 'Create one with POST /v1/teams.');
  return first.id;
}

export const getOwnTeam = verb(
  { permission: 'teams.view' },
  async (ctx, _: undefined): Promise<TeamDetail> => readTeam(ctx, await ownTeamId(ctx)),
);

export interface UpdateOwnTeamInput {
  expectedVersion?: number | undefined;
  changes: {
    name?: string | undefined;
    description?: string | null | undefined;
    settings?: Record<string, unknown> | undefined;
  };
}

/** @throws AppError precondition_failed; forbidden `TEAM_NOT_ALLOWED`. */
export const updateOwnTeam = verb(
  { permission: 'teams.edit' },
  async (ctx, input: UpdateOwnTeamInput): Promise<TeamDetail> =>
    updateTeam(ctx, { id: await ownTeamId(ctx), ...input }),
);

/**
 * Gives somebody the default role of a level. @throws AppError not_found; forbidden; conflict `LAST_ADMIN`.
 */
export const changeMemberRole = verb(
  { permission: 'users.edit' },
  (ctx, input: { id: string; role: BaseLevel; expectedVersion?: number | undefined }): Promise<UserView> =>
    updateUser(ctx, {
      id: input.id,
      expectedVersion: input.expectedVersion,
      changes: { roleId: 1 + DEFAULT_ROLES.indexOf(input.role) },
    }),
);
