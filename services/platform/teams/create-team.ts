import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';

export interface CreateTeamInput {
  name: string;
  parentTeamId?: string | null;
}

/** Adds a team, inside another one if that is named. For setup code: no endpoint leads here, so it checks no permission. */
export async function createTeam(ctx: Ctx, input: CreateTeamInput): Promise<{ id: string }> {
  const { id } = await ctx.tx
    .insertInto('teams')
    .values({ name: input.name, parent_team_id: input.parentTeamId ?? null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(ctx, 'team.create', { entityType: 'team', entityId: id, after: { ...input } });
  return { id };
}
