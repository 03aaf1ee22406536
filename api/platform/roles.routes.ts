import { z } from 'zod';
import { ALL_PERMISSIONS, type Permission } from '../../domain/platform/permissions.rules.ts';
import {
  createRole,
  deleteRole,
  explainPermission,
  getRole,
  listPermissions,
  listRoles,
  updateRole,
} from '../../services/platform/roles/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery } from '../http/schemas.ts';
import {
  CreateRoleBody,
  Explanation,
  PermissionGroup,
  Role,
  RoleParams,
  referenceText,
  UpdateRoleBody,
} from './people.dto.ts';

const face = 'a' as const;
const tag = 'roles';

export const listRolesEndpoint = defineEndpoint({
  operationId: 'listRoles',
  face,
  method: 'get',
  path: '/roles',
  tag,
  summary: 'List roles by number: the default ones Admin, Agent, User, Viewer first',
  list: 'page',
  message: 'Roles',
  query: z.strictObject({
    ...pageQuery,
    isDefault: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional(),
  }),
  response: Role,
  verb: listRoles,
  input: ({ query }) => query,
});

export const createRoleEndpoint = defineEndpoint({
  operationId: 'createRole',
  face,
  method: 'post',
  path: '/roles',
  tag,
  summary: 'Create a role',
  description: 'A role may hold only permissions that its creator holds, else 403 PERMISSION_ESCALATION.',
  errors: [409],
  status: 201,
  message: 'Role created',
  body: CreateRoleBody,
  response: Role,
  verb: createRole,
  input: ({ body }) => body,
  etag: (role) => role.version,
  location: (role) => `/roles/${role.id}`,
  examples: [
    {
      name: 'Team leads',
      body: {
        name: 'Team lead',
        description: 'Sees what the team earned and who is in it',
        permissions: ['analytics.agents.view', 'users.view', 'teams.view', 'teams.edit'],
      },
    },
  ],
});

export const getRoleEndpoint = defineEndpoint({
  operationId: 'getRole',
  face,
  method: 'get',
  path: '/roles/{id}',
  tag,
  summary: 'Get a role with its permissions',
  errors: [404],
  message: 'Role',
  params: RoleParams,
  response: Role,
  verb: getRole,
  input: ({ params }) => params,
  etag: (role) => role.version,
  examples: [{ name: 'The default role Agent, by its number', params: { id: '2' } }],
});

export const updateRoleEndpoint = defineEndpoint({
  operationId: 'updateRole',
  face,
  method: 'put',
  path: '/roles/{id}',
  tag,
  summary: 'Update a role (partial)',
  description:
    'Takes effect for everybody who has it within a second or two. Default roles cannot be edited (409). The example needs a role of your own.',
  errors: [404, 409, 412],
  message: 'Role updated',
  params: RoleParams,
  body: UpdateRoleBody,
  response: Role,
  verb: updateRole,
  input: ({ params, body, raw }) => ({ ...params, expectedVersion: raw.ifMatch, changes: body }),
  etag: (role) => role.version,
  examples: [{ name: 'Other permissions', body: { permissions: ['analytics.agents.view', 'teams.view'] } }],
});

export const deleteRoleEndpoint = defineEndpoint({
  operationId: 'deleteRole',
  face,
  method: 'delete',
  path: '/roles/{id}',
  tag,
  summary: 'Delete a role that nobody has',
  description: 'Default roles stay (409), and so does a role that somebody still has (409).',
  errors: [404, 409, 412],
  message: 'Role deleted',
  params: RoleParams,
  response: z.strictObject({ id: id() }),
  verb: deleteRole,
  input: ({ params, raw }) => ({ ...params, expectedVersion: raw.ifMatch }),
});

export const listPermissionsEndpoint = defineEndpoint({
  operationId: 'listPermissions',
  face,
  method: 'get',
  path: '/permissions',
  tag,
  summary: 'List all permissions in their groups',
  message: 'Permissions',
  response: z.array(PermissionGroup),
  verb: listPermissions,
  input: () => undefined,
});

export const explainPermissionEndpoint = defineEndpoint({
  operationId: 'explainPermission',
  face,
  method: 'get',
  path: '/permissions/explain',
  tag,
  summary: 'Why somebody may or may not do something',
  description: 'About yourself everybody may ask; about another user or key it needs users.view.',
  errors: [404],
  message: 'Explanation',
  query: z.strictObject({
    permission: z
      .string()
      .refine(
        (name) => (ALL_PERMISSIONS as string[]).includes(name),
        'is not a permission; GET /v1/permissions lists them',
      )
      .describe('Code name'),
    actorId: id().optional().describe('A user or an API key; absent: yourself'),
    teamId: referenceText().optional().describe('The team whose data it is about'),
  }),
  response: Explanation,
  verb: explainPermission,
  input: ({ query }) => ({ ...query, permission: query.permission as Permission }),
  examples: [{ name: 'May I add people?', query: { permission: 'users.create' } }],
});

export const ROLE_ENDPOINTS = [
  listRolesEndpoint,
  createRoleEndpoint,
  getRoleEndpoint,
  updateRoleEndpoint,
  deleteRoleEndpoint,
  listPermissionsEndpoint,
  explainPermissionEndpoint,
];
