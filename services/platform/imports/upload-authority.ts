import { KIND_PERMISSION, type UploadKind } from '../../../domain/platform/upload.rules.ts';
import { type Ctx, type Principal, requirePermission } from '../../core/context.ts';

/** The principal as it is kept with an upload. */
export type KeptAuthority = Omit<Principal, 'permissions'> & { readonly permissions: readonly string[] | 'all' };

/** For an import whose uploader is not known: it may do nothing. */
export const NOBODY: Principal = { kind: 'system', id: null, permissions: new Set() };

/**
 * What an upload of this kind has to carry; null for kinds that give no rights away, unless the uploader is limited to teams.
 * @throws AppError forbidden without the permission of the kind.
 */
export function authorityFor(ctx: Ctx, kind: UploadKind): KeptAuthority | null {
  const permission = KIND_PERMISSION[kind];
  if (!permission && !ctx.principal.allowedTeamIds) return null;
  requirePermission(ctx.principal, permission ?? null);
  const { permissions, ...who } = ctx.principal;
  return { ...who, permissions: permissions === 'all' ? 'all' : [...permissions] };
}
