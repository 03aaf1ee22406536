import { z } from 'zod';
import { reference } from '../../domain/platform/person.input.ts';
import { id, text, timestamp } from '../http/schemas.ts';

/** In a path or a query string everything is text. */
export const referenceText = () => text(100).describe('Id or number');

export const RoleParams = z.strictObject({ id: referenceText() });

const permissionList = () => z.array(z.string().max(100)).max(500);

const roleFields = {
  description: text(1_000).nullable().optional(),
  allowedTeamIds: z
    .array(reference())
    .max(500)
    .nullable()
    .optional()
    .describe('Ids or numbers of teams, with the teams inside them; null: all teams'),
  canBeEdited: z.boolean().optional().describe('false freezes the role for good'),
  isDefault: z.boolean().optional().describe('true keeps the role from being deleted'),
};

export const CreateRoleBody = z
  .strictObject({ name: text(100), permissions: permissionList().describe('Code names'), ...roleFields })
  .meta({ id: 'RoleInput' });

export const UpdateRoleBody = z
  .strictObject({ name: text(100).optional(), permissions: permissionList().optional(), ...roleFields })
  .meta({ id: 'RoleChanges' });

export const Role = z
  .strictObject({
    id: id(),
    number: z.int(),
    name: z.string(),
    description: z.string().nullable(),
    permissions: z.array(z.string()),
    allowedTeamIds: z.array(id()).nullable().describe('null: all teams'),
    baseLevel: z.enum(['admin', 'user', 'viewer']),
    canBeEdited: z.boolean(),
    isDefault: z.boolean(),
    users: z.int().describe('How many people have it'),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.int(),
  })
  .meta({ id: 'Role' });

export const PermissionGroup = z
  .strictObject({
    group: z.string(),
    permissions: z.array(z.strictObject({ codeName: z.string(), description: z.string() })),
  })
  .meta({ id: 'PermissionGroup' });

export const Explanation = z
  .strictObject({
    actor: z.strictObject({
      kind: z.enum(['user', 'api_key', 'system']),
      id: id().nullable(),
      userId: id().nullable().describe('The person, or the owner of the key'),
      roleName: z.string().nullable(),
    }),
    permission: z.string(),
    teamId: id().nullable(),
    allowed: z.boolean(),
    code: z.enum([
      'GRANTED',
      'NO_CREDENTIAL',
      'USER_INACTIVE',
      'USER_DELETED',
      'OBSERVER',
      'ROLE_LACKS',
      'SCOPE_LACKS',
      'TEAM_NOT_ALLOWED',
    ]),
    reason: z.string(),
    allowedTeamIds: z.array(id()).nullable().describe('null: all teams'),
  })
  .meta({ id: 'PermissionExplanation' });
