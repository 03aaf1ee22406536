import { sql } from 'kysely';
import type { Permission } from '../../../domain/platform/permissions.rules.ts';
import { DEFAULT_ROLES, isView, permissionsOfDefaultRole } from '../../../domain/platform/roles.rules.ts';
import type { Ctx } from '../../core/context.ts';

/** Active people whose role holds the permission: those whom a notice concerns that is nobody's own. */
export async function peopleWhoMay(ctx: Ctx, permission: Permission): Promise<string[]> {
  const holding = sql.val(DEFAULT_ROLES.filter((key) => permissionsOfDefaultRole(key).has(permission)));
  const { rows } = await sql<{ id: string }>`
    select u.id from users u
    left join roles r on r.organization_id = u.organization_id and r.id = u.role_id
    where u.organization_id = ${ctx.organizationId} and u.deleted_at is null and u.status = 'active'
      and (u.user_type <> 'observer' or ${isView(permission)})
      and case when r.id is null then u.role = any(${holding}::text[])
               when r.default_key is not null then r.default_key = any(${holding}::text[])
               else ${permission} = any(r.permissions) end
    order by u.id`.execute(ctx.tx);
  return rows.map((row) => row.id);
}
