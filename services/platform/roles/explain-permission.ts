import { notFound } from '../../../domain/core/errors.ts';
import { type AccessCode, type Actor, decideAccess } from '../../../domain/platform/access.rules.ts';
import { ALL_PERMISSIONS, type Permission, permissionsOfScopes } from '../../../domain/platform/permissions.rules.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';
import { type Ctx, requirePermission, verb } from '../../core/context.ts';
import { loadUserAccess, type UserAccess } from './load-user-access.query.ts';
import { requireTeam } from './references.ts';

export interface ExplainInput {
  permission: Permission;
  /** A user or a key; absent: who asks. */
  actorId?: string | undefined;
  /** The team whose data it is about. */
  teamId?: Reference | undefined;
}

export interface Explanation {
  actor: { kind: 'user' | 'api_key' | 'system'; id: string | null; userId: string | null; roleName: string | null };
  permission: string;
  teamId: string | null;
  allowed: boolean;
  code: AccessCode;
  reason: string;
  /** null: all teams. */
  allowedTeamIds: string[] | null;
}

/**
 * Why somebody may or may not do something, by the same function that decides it.
 * @throws AppError forbidden without users.view, when it is about somebody else; not_found.
 */
export const explainPermission = verb({ permission: null }, async (ctx, input: ExplainInput): Promise<Explanation> => {
  const self = [ctx.principal.id, ctx.principal.userId ?? null];
  if (input.actorId !== undefined && !self.includes(input.actorId)) requirePermission(ctx.principal, 'users.view');
  const { actor, person, who } = await readActor(ctx, input.actorId);
  const team = input.teamId === undefined ? null : await requireTeam(ctx, input.teamId);
  const decision = decideAccess(actor, input.permission, team ? { teamId: team.id } : {});
  return {
    actor: { ...who, userId: person?.userId ?? null, roleName: person?.role?.name ?? null },
    permission: input.permission,
    teamId: team?.id ?? null,
    ...decision,
    allowedTeamIds: person?.allowedTeamIds ? [...person.allowedTeamIds] : null,
  };
});

async function readActor(
  ctx: Ctx,
  actorId: string | undefined,
): Promise<{ actor: Actor; person: UserAccess | null; who: Pick<Explanation['actor'], 'kind' | 'id'> }> {
  const id = actorId ?? ctx.principal.id;
  if (id === null) {
    const actor = { person: null, scopes: new Set(ALL_PERMISSIONS) };
    return { actor, person: null, who: { kind: 'system', id } };
  }
  const person = await loadUserAccess(ctx.tx, ctx.organizationId, id);
  if (person) return { actor: { person, scopes: null }, person, who: { kind: 'user', id } };
  const key = await ctx.tx
    .selectFrom('api_keys')
    .select(['scopes', 'user_id', 'status'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!key) throw notFound('The user or key');
  const owner = key.user_id ? await loadUserAccess(ctx.tx, ctx.organizationId, key.user_id) : null;
  const scopes = permissionsOfScopes(key.status === 'active' ? key.scopes : []);
  return { actor: { person: owner, scopes }, person: owner, who: { kind: 'api_key', id } };
}
