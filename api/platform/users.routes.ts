import { z } from 'zod';
import {
  type BulkUsersView,
  bulkCreateUsers,
  createUser,
  deleteUser,
  getUser,
  listUsers,
  preparePassword,
  updateUser,
} from '../../services/platform/users/index.ts';
import { defineEndpoint, type RawRequest } from '../http/endpoint.ts';
import { id } from '../http/schemas.ts';
import {
  BulkFields,
  BulkQuery,
  BulkUsers,
  CreateUserWithPassword,
  ListUsersQuery,
  UpdateUserWithPassword,
  User,
  UserParams,
} from './users.dto.ts';

const face = 'a' as const;
const tag = 'users';

/** The header has been compared with the credential. */
const requestOf = (raw: RawRequest, userId: string | null) => ({
  organizationId: raw.header('x-tenant-id')!.toLowerCase(),
  userId: userId?.toLowerCase() ?? null,
  isSelf: userId !== null && raw.principal.userId === userId.toLowerCase(),
});

export const createUserEndpoint = defineEndpoint({
  operationId: 'createUser',
  face,
  method: 'post',
  path: '/users',
  tag,
  summary: 'Create a user',
  description:
    'Role and team by id or number; without a role it is 3 (User). Nobody gives a role that holds more than they do (403 PERMISSION_ESCALATION). An e-mail belongs to one person in the whole product (409 EMAIL_TAKEN).',
  errors: [409],
  status: 201,
  message: 'User created',
  body: CreateUserWithPassword,
  response: User,
  verb: createUser,
  prepare: async ({ body, raw }, tools) => {
    const { password, email, firstName, lastName } = body;
    const request = { ...requestOf(raw, null), password, context: [email, firstName, lastName] };
    return { value: await preparePassword(tools, request, raw.now) };
  },
  input: ({ body: { password: _, ...body } }, passwordHash) => ({ ...body, passwordHash }),
  etag: (user) => user.version,
  location: (user) => `/users/${user.id}`,
  examples: [
    {
      name: 'An agent',
      body: {
        firstName: 'John',
        lastName: 'Doe',
        email: 'user1{{unique}}@example.com',
        phone: '+1234567890',
        roleId: 2,
        teamId: 1,
        userType: 'product_user',
        location: 'USA',
        timezone: 'America/New_York',
        password: 'a harbor full of quiet lanterns',
      },
    },
  ],
});

export const bulkCreateUsersEndpoint = defineEndpoint({
  operationId: 'bulkCreateUsers',
  face,
  method: 'post',
  path: '/users/bulk',
  tag,
  summary: 'Create users from CSV',
  description:
    'The file as a form with the field `file`, as a body of text/csv with the header email,name,phone,role_id,team_id,user_type,location, or a JSON array of such objects. Up to 1,000 rows are answered at once, each with its own outcome (200); more become an import (201), to be followed at /v1/uploads/{id}. Either can be undone there.',
  errors: [413, 415],
  status: (result) => (result.status === 'pending' ? 201 : 200),
  message: ({ status, created, total }) =>
    status === 'pending' ? 'Import of users started' : `${created} of ${total} rows stored`,
  bodyKind: 'upload',
  jsonRows: true,
  query: BulkQuery,
  body: BulkFields,
  response: BulkUsers,
  verb: bulkCreateUsers,
  input: ({ query, body, raw }) => {
    const { mapping, dryRun, fileName } = { ...query, ...body };
    const file = raw.file!;
    return {
      blobId: file.id,
      fileName: file.fileName || fileName || '',
      mediaType: file.mediaType,
      mapping: mapping ?? null,
      dryRun: dryRun ?? false,
    };
  },
  output: (result: BulkUsersView) => result as z.output<typeof BulkUsers>,
  location: ({ uploadId }) => `/uploads/${uploadId}`,
  examples: [
    {
      name: 'Two agents',
      body: {},
      file: {
        name: 'users.csv',
        mediaType: 'text/csv',
        content:
          'email,name,phone,role_id,team_id,user_type,location\n' +
          'bulk1{{unique}}@example.com,John Doe,+1234567890,2,1,product_user,New York\n' +
          'bulk2{{unique}}@example.com,Jane Roe,+1234567891,2,1,product_user,Berlin\n',
      },
    },
  ],
});

export const listUsersEndpoint = defineEndpoint({
  operationId: 'listUsers',
  face,
  method: 'get',
  path: '/users',
  tag,
  summary: 'List users',
  description: 'Deleted ones are left out. A role that is limited to teams sees the people in these.',
  list: 'page',
  message: 'Users',
  query: ListUsersQuery,
  response: User,
  verb: listUsers,
  input: ({ query }) => query,
  examples: [{ name: 'Active agents', query: { roleId: '2', status: 'active' } }],
});

export const getUserEndpoint = defineEndpoint({
  operationId: 'getUser',
  face,
  method: 'get',
  path: '/users/{id}',
  tag,
  summary: 'Get a user, or your own profile',
  description: 'About yourself without any permission; about others with users.view.',
  errors: [404],
  message: 'User',
  params: UserParams,
  response: User,
  verb: getUser,
  input: ({ params }) => params,
  etag: (user) => user.version,
});

export const updateUserEndpoint = defineEndpoint({
  operationId: 'updateUser',
  face,
  method: 'put',
  path: '/users/{id}',
  tag,
  summary: 'Update a user, or your own profile (partial)',
  description:
    'People change their own name, password (with current_password), time zone and language; the rest needs users.edit, and nobody changes somebody who holds more than they do. Your own e-mail is read-only. The last active admin stays one (409 LAST_ADMIN).',
  errors: [404, 409, 412],
  message: 'User updated',
  params: UserParams,
  body: UpdateUserWithPassword,
  response: User,
  verb: updateUser,
  prepare: async ({ params, body, raw }, tools) => {
    const { password, currentPassword, email, firstName, lastName } = body;
    const request = { ...requestOf(raw, params.id), password, currentPassword, context: [email, firstName, lastName] };
    return { value: await preparePassword(tools, request, raw.now) };
  },
  input: ({ params, body: { password: _, currentPassword: __, ...changes }, raw }, passwordHash) => ({
    ...params,
    expectedVersion: raw.ifMatch,
    changes,
    passwordHash,
  }),
  etag: (user) => user.version,
  examples: [{ name: 'A new name and time zone', body: { firstName: 'Jane', timezone: 'Europe/Berlin' } }],
});

export const deleteUserEndpoint = defineEndpoint({
  operationId: 'deleteUser',
  face,
  method: 'delete',
  path: '/users/{id}',
  tag,
  summary: 'Delete a user',
  description: 'Ends the access for good and frees the e-mail; what the person did keeps its history.',
  errors: [404, 409, 412],
  message: 'User deleted',
  params: UserParams,
  response: z.strictObject({ id: id() }),
  verb: deleteUser,
  input: ({ params, raw }) => ({ ...params, expectedVersion: raw.ifMatch }),
});

export const USER_ENDPOINTS = [
  createUserEndpoint,
  bulkCreateUsersEndpoint,
  listUsersEndpoint,
  getUserEndpoint,
  updateUserEndpoint,
  deleteUserEndpoint,
];
