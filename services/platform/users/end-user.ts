import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { requireVersion } from '../../core/versions.ts';
import { endSessions } from '../auth/index.ts';
import { userAccessChanged, userDeleted } from '../events.ts';
import { lockPeople, requireAnotherAdmin } from '../roles/index.ts';
import { auditable, requireReach } from './update-user.ts';
import { isSelf, readUser, type UserView } from './user-view.ts';

export interface EndUserInput {
  id: string;
  expectedVersion?: number | undefined;
}

/** Holds the people and checks that this one may go. */
async function openEnd(ctx: Ctx, { id, expectedVersion }: EndUserInput): Promise<UserView> {
  await lockPeople(ctx);
  const before = await readUser(ctx, id);
  if (!isSelf(ctx, id)) await requireReach(ctx, before);
  requireVersion(before.version, expectedVersion);
  const runsIt = before.status === 'active' && before.baseLevel === 'admin' && before.userType === 'product_user';
  if (runsIt) await requireAnotherAdmin(ctx, [id]);
  return before;
}

/**
 * Ends the access for good and frees the e-mail. The row stays, so that what the person did keeps its name.
 * @throws AppError not_found; precondition_failed; forbidden; conflict `LAST_ADMIN`.
 */
export const deleteUser = verb(
  { permission: 'users.delete' },
  async (ctx, input: EndUserInput): Promise<{ id: string }> => {
    const before = await openEnd(ctx, input);
    await ctx.tx
      .updateTable('users')
      .set({ status: 'inactive', deleted_at: ctx.now })
      .where('id', '=', before.id)
      .execute();
    await endSessions(ctx, { userId: before.id }, 'revoked');
    await ctx.tx.updateTable('users').set({ manager_id: null }).where('manager_id', '=', before.id).execute();
    await audit(ctx, 'user.delete', { entityType: 'user', entityId: before.id, before: auditable(before) });
    await emit(ctx, userDeleted, { entityId: before.id, data: { userId: before.id } });
    return { id: before.id };
  },
);

/**
 * Takes somebody out: no access, no team. An admin can put them back with PUT /v1/users/{id}.
 * @throws AppError not_found; forbidden; conflict `LAST_ADMIN`.
 */
export const removeMember = verb(
  { permission: 'users.delete' },
  async (ctx, input: EndUserInput): Promise<UserView> => {
    const before = await openEnd(ctx, input);
    await ctx.tx.updateTable('users').set({ status: 'inactive', team_id: null }).where('id', '=', before.id).execute();
    await endSessions(ctx, { userId: before.id }, 'revoked');
    const after = await readUser(ctx, before.id);
    await audit(ctx, 'team.member_remove', {
      entityType: 'user',
      entityId: before.id,
      before: auditable(before),
      after: auditable(after),
    });
    await emit(ctx, userAccessChanged, { entityId: before.id, data: { userId: before.id, active: false } });
    return after;
  },
);
