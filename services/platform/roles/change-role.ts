import { conflict, invalidAll } from '../../../domain/core/errors.ts';
import { PERMISSIONS } from '../../../domain/platform/permissions.rules.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';
import { baseLevelOf } from '../../../domain/platform/roles.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { lockPeople, requireGrantable, requireTeamsWithin } from './guards.ts';
import { findTeams, pick } from './references.ts';
import { type RoleView, readRole } from './role-view.ts';

export interface RoleChanges {
  name?: string | undefined;
  description?: string | null | undefined;
  permissions?: readonly string[] | undefined;
  allowedTeamIds?: readonly Reference[] | null | undefined;
  canBeEdited?: boolean | undefined;
  isDefault?: boolean | undefined;
}

export interface CreateRoleInput extends RoleChanges {
  name: string;
  permissions: readonly string[];
}

/**
 * A custom role is never above its creator.
 * @throws AppError validation; forbidden `PERMISSION_ESCALATION`; conflict `DUPLICATE_ROLE`.
 */
export const createRole = verb(
  { permission: 'roles.create' },
  async (ctx, input: CreateRoleInput): Promise<RoleView> => {
    await lockPeople(ctx);
    const permissions = requireKnown(input.permissions);
    requireGrantable(ctx.principal, permissions);
    const allowedTeamIds = await teamIdsOf(ctx, input.allowedTeamIds ?? null);
    requireTeamsWithin(ctx.principal, allowedTeamIds);
    await requireFreeName(ctx, input.name);
    const values = {
      name: input.name,
      description: input.description ?? null,
      permissions,
      allowed_team_ids: allowedTeamIds,
      base_level: baseLevelOf(permissions),
      can_be_edited: input.canBeEdited ?? true,
      is_default: input.isDefault ?? false,
    };
    const { id } = await ctx.tx.insertInto('roles').values(values).returning('id').executeTakeFirstOrThrow();
    await audit(ctx, 'role.create', { entityType: 'role', entityId: id, after: values });
    return readRole(ctx, id);
  },
);

export interface UpdateRoleInput {
  id: Reference;
  expectedVersion?: number | undefined;
  changes: RoleChanges;
}

/**
 * Partial. What is added must be held by who adds it; what is taken away needs nothing more.
 * @throws AppError not_found; precondition_failed; conflict `ROLE_NOT_EDITABLE`, `DUPLICATE_ROLE`; forbidden.
 */
export const updateRole = verb(
  { permission: 'roles.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateRoleInput): Promise<RoleView> => {
    await lockPeople(ctx);
    const before = await readRole(ctx, id);
    requireVersion(before.version, expectedVersion);
    if (!before.canBeEdited) throw notEditable(before);
    const permissions = changes.permissions === undefined ? before.permissions : requireKnown(changes.permissions);
    const added = permissions.filter((name) => !before.permissions.includes(name));
    requireGrantable(ctx.principal, added);
    const allowedTeamIds =
      changes.allowedTeamIds === undefined ? before.allowedTeamIds : await teamIdsOf(ctx, changes.allowedTeamIds);
    if (added.length > 0 || changes.allowedTeamIds !== undefined) requireTeamsWithin(ctx.principal, allowedTeamIds);
    if (changes.name !== undefined) await requireFreeName(ctx, changes.name, before.id);
    const after = {
      name: changes.name ?? before.name,
      description: changes.description === undefined ? before.description : changes.description,
      permissions,
      allowed_team_ids: allowedTeamIds,
      base_level: baseLevelOf(permissions),
      can_be_edited: changes.canBeEdited ?? before.canBeEdited,
      is_default: changes.isDefault ?? before.isDefault,
    };
    await ctx.tx.updateTable('roles').set(after).where('id', '=', before.id).execute();
    // The text beside each user follows their role.
    await ctx.tx
      .updateTable('users')
      .set({ role: after.base_level })
      .where('role_id', '=', before.id)
      .where('role', '<>', after.base_level)
      .execute();
    await audit(ctx, 'role.update', { entityType: 'role', entityId: before.id, before: auditable(before), after });
    return readRole(ctx, before.id);
  },
);

export interface DeleteRoleInput {
  id: Reference;
  expectedVersion?: number | undefined;
}

/** @throws AppError not_found; precondition_failed; conflict `ROLE_NOT_DELETABLE`, `ROLE_IN_USE`. */
export const deleteRole = verb(
  { permission: 'roles.delete' },
  async (ctx, { id, expectedVersion }: DeleteRoleInput): Promise<{ id: string }> => {
    await lockPeople(ctx);
    const before = await readRole(ctx, id);
    requireVersion(before.version, expectedVersion);
    if (before.isDefault) {
      throw conflict('ROLE_NOT_DELETABLE', `${before.name} is a default role and cannot be deleted.`, {
        hint: 'Only roles that are not default ones can be deleted.',
      });
    }
    if (before.users > 0) {
      throw conflict('ROLE_IN_USE', `${before.name} is still the role of ${before.users} people.`, {
        details: { users: before.users },
        hint: 'Give them another role first: GET /v1/users?role_id= lists them.',
      });
    }
    await ctx.tx.updateTable('roles').set({ deleted_at: ctx.now }).where('id', '=', before.id).execute();
    await audit(ctx, 'role.delete', { entityType: 'role', entityId: before.id, before: auditable(before) });
    return { id: before.id };
  },
);

const auditable = ({ name, description, permissions, allowedTeamIds, canBeEdited, isDefault }: RoleView) => ({
  name,
  description,
  permissions,
  allowed_team_ids: allowedTeamIds,
  can_be_edited: canBeEdited,
  is_default: isDefault,
});

const notEditable = (role: RoleView) =>
  conflict('ROLE_NOT_EDITABLE', `${role.name} cannot be edited.`, {
    hint: 'Create a role of your own with the permissions that you need.',
  });

function requireKnown(permissions: readonly string[]): string[] {
  const issues = permissions.flatMap((name, index) =>
    Object.hasOwn(PERMISSIONS, name)
      ? []
      : [{ field: `permissions.${index}`, message: 'is not a permission', value: name }],
  );
  if (issues.length > 0) throw invalidAll(issues, 'GET /v1/permissions lists every code name.');
  return [...new Set(permissions)].sort();
}

async function teamIdsOf(ctx: Ctx, references: readonly Reference[] | null): Promise<string[] | null> {
  if (references === null) return null;
  const teams = await findTeams(ctx, references);
  const found = references.map((reference) => pick(teams, reference));
  const issues = references.flatMap((value, index) =>
    found[index] ? [] : [{ field: `allowedTeamIds.${index}`, message: 'names no team', value }],
  );
  if (issues.length > 0) throw invalidAll(issues, 'GET /v1/teams lists ids and numbers.');
  return [...new Set(found.map((team) => team!.id))];
}

async function requireFreeName(ctx: Ctx, name: string, except?: string): Promise<void> {
  const existing = await ctx.tx
    .selectFrom('roles')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!existing || existing.id === except) return;
  throw conflict('DUPLICATE_ROLE', `A role named ${name} exists already.`, {
    issues: [{ field: 'name', message: 'exists already', value: name }],
    details: { existingId: existing.id },
    hint: 'Choose another name, or change the existing role with PUT.',
  });
}
