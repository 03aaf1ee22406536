import { notFound } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import type { IssuedTokens } from './sessions.ts';

export interface AccountUser {
  readonly id: string;
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly role: string;
  readonly teamId: string | null;
}

export interface AccountOrganization {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
}

export interface Account {
  readonly user: AccountUser;
  readonly organization: AccountOrganization;
}

/** What signing in, registering and accepting an invitation answer. */
export interface SignedIn extends Account {
  readonly tokens: IssuedTokens;
}

/** A person and their organization in one statement. @throws AppError not_found. */
export async function readAccount(ctx: Ctx, userId: string): Promise<Account> {
  const row = await ctx.tx
    .selectFrom('users as u')
    .innerJoin('organizations as o', 'o.id', 'u.organization_id')
    .select(['u.id', 'u.email', 'u.first_name', 'u.last_name', 'u.role', 'u.team_id'])
    .select(['o.id as organization_id', 'o.name as organization_name', 'o.plan'])
    .where('u.id', '=', userId)
    .where('u.deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('The user');
  return {
    user: {
      id: row.id,
      email: row.email,
      firstName: row.first_name,
      lastName: row.last_name,
      role: row.role,
      teamId: row.team_id,
    },
    organization: { id: row.organization_id, name: row.organization_name, plan: row.plan },
  };
}
