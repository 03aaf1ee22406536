import { forbidden } from '../../../domain/core/errors.ts';
import { beyond } from '../../../domain/platform/access.rules.ts';
import { permissionsOfDefaultRole } from '../../../domain/platform/roles.rules.ts';
import type { Ctx } from '../../core/context.ts';

/** Nobody invites somebody to more than they hold themselves. @throws AppError forbidden `ROLE_BEYOND_OWN`. */
export function requireGrantableLevel(ctx: Ctx, role: 'admin' | 'user' | 'viewer'): void {
  const missing = beyond(ctx.principal.permissions, permissionsOfDefaultRole(role));
  if (missing.length === 0) return;
  throw forbidden('ROLE_BEYOND_OWN', 'This role may do more than you.', {
    hint: 'Ask an administrator to send the invitation.',
    details: { permissions: missing.slice(0, 10) },
  });
}
