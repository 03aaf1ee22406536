import { ALL_PERMISSIONS, type Permission } from '../../../domain/platform/permissions.rules.ts';
import { verb } from '../../core/context.ts';
import { type AccountOrganization, type AccountUser, readAccount } from './signed-in.ts';

export interface Me {
  /** Null for a key that belongs to no person. */
  readonly user: AccountUser | null;
  readonly organization: AccountOrganization;
  readonly credential: 'session' | 'api_key';
  readonly sessionId: string | null;
  readonly permissions: readonly Permission[];
}

/** Who asks, as this request's credential says, and what they may do right now. */
export const getMe = verb({ permission: null }, async (ctx): Promise<Me> => {
  const { kind, id, permissions, sessionId } = ctx.principal;
  const granted = permissions === 'all' ? ALL_PERMISSIONS : [...permissions];
  const facts = {
    credential: kind === 'user' ? ('session' as const) : ('api_key' as const),
    sessionId: sessionId ?? null,
    permissions: granted.toSorted(),
  };
  if (kind === 'user' && id !== null) return { ...(await readAccount(ctx, id)), ...facts };
  const organization = await ctx.tx
    .selectFrom('organizations')
    .select(['id', 'name', 'plan'])
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  return { user: null, organization, ...facts };
});
