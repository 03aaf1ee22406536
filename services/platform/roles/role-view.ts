import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { PERMISSION_GROUPS } from '../../../domain/platform/permissions.rules.ts';
import { type Reference, readReference } from '../../../domain/platform/reference.rules.ts';
import type { BaseLevel, DefaultRole } from '../../../domain/platform/roles.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { permissionsOfRole } from './guards.ts';

export interface RoleView {
  id: string;
  /** Counted per organization. */
  number: number;
  name: string;
  description: string | null;
  /** Code names. */
  permissions: string[];
  /** null: all teams. */
  allowedTeamIds: string[] | null;
  baseLevel: BaseLevel;
  canBeEdited: boolean;
  isDefault: boolean;
  /** People who have it. */
  users: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

type Row = RoleView & { defaultKey: DefaultRole | null };

const COLUMNS = sql`
  r.id, r.number, r.name, r.description, r.permissions, r.default_key as "defaultKey",
  r.allowed_team_ids as "allowedTeamIds", r.base_level as "baseLevel", r.can_be_edited as "canBeEdited",
  r.is_default as "isDefault", r.created_at as "createdAt", r.updated_at as "updatedAt", r.version,
  (select count(*)::integer from users u
   where u.organization_id = r.organization_id and u.deleted_at is null
     and (u.role_id = r.id or (u.role_id is null and u.role = r.default_key))) as users`;

const toView = ({ defaultKey, ...role }: Row): RoleView => ({
  ...role,
  permissions: [...permissionsOfRole({ defaultKey, permissions: role.permissions })].sort(),
});

/** @throws AppError not_found. */
export async function readRole(ctx: Ctx, reference: Reference): Promise<RoleView> {
  const read = readReference(reference);
  const condition = 'id' in read ? sql`r.id = ${read.id}` : sql`r.number = ${'number' in read ? read.number : 0}`;
  const { rows } = await sql<Row>`
    select ${COLUMNS} from roles r
    where r.organization_id = ${ctx.organizationId} and r.deleted_at is null and ${condition}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The role');
  return toView(rows[0]);
}

/** @throws AppError not_found. */
export const getRole = verb(
  { permission: 'roles.view' },
  (ctx, input: { id: Reference }): Promise<RoleView> => readRole(ctx, input.id),
);

export interface ListRolesInput extends PageInput {
  isDefault?: boolean | undefined;
}

/** By number: the four default roles first. */
export const listRoles = verb(
  { permission: 'roles.view' },
  async (ctx, input: ListRolesInput): Promise<{ items: RoleView[]; total: number }> => {
    const isDefault = input.isDefault ?? null;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from roles r
        where r.organization_id = ${ctx.organizationId} and r.deleted_at is null
          and (${isDefault}::boolean is null or r.is_default = ${isDefault}::boolean)
        order by r.number limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row as Row)), total };
  },
);

export interface PermissionGroupView {
  group: string;
  permissions: { codeName: string; description: string }[];
}

/** The catalogue, in its groups. */
export const listPermissions = verb({ permission: 'roles.view' }, async (_ctx, _: undefined) =>
  Object.entries(PERMISSION_GROUPS).map(
    ([group, permissions]): PermissionGroupView => ({
      group,
      permissions: Object.entries(permissions).map(([codeName, description]) => ({ codeName, description })),
    }),
  ),
);
