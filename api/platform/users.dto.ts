import { z } from 'zod';
import { CreateUserBody, UpdateUserBody } from '../../domain/platform/person.input.ts';
import { USER_STATUSES, USER_TYPES } from '../../domain/platform/roles.rules.ts';
import { UPLOAD_STATUSES } from '../../domain/platform/upload.rules.ts';
import { USER_SORTS } from '../../services/platform/users/index.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { referenceText } from './people.dto.ts';
import { flagText, mappingText, RowProblem } from './uploads.dto.ts';

/** The rules of passwords answer for the rest. */
const password = () => z.string().max(1_024, 'must have at most 1024 characters');

export const CreateUserWithPassword = CreateUserBody.extend({
  password: password().optional().describe('Without it the person signs in once they have set one'),
}).meta({ id: 'UserInput' });

export const UpdateUserWithPassword = UpdateUserBody.extend({
  password: password().optional().describe('Ends what was signed in with the old one'),
  currentPassword: password().optional().describe('To change your own password, where you have one'),
}).meta({ id: 'UserChanges' });

export const UserParams = z.strictObject({ id: id() });

const numbered = () => z.strictObject({ id: id(), number: z.int(), name: z.string() });

export const BulkFields = z.strictObject({
  mapping: mappingText(60_000).optional(),
  dryRun: flagText().optional().describe('Check every row and store none'),
});
export const BulkQuery = BulkFields.extend({
  fileName: z.string().trim().max(255).optional().describe('For a body that is the file'),
});

export const BulkUsers = z
  .strictObject({
    uploadId: id().describe('Follow it at /v1/uploads/{id}, take it back at /v1/uploads/{id}/undo'),
    status: z.enum(UPLOAD_STATUSES).describe('pending: more than 1,000 rows, a durable process works them off'),
    dryRun: z.boolean(),
    total: z.int().nullable().describe('Rows; null until they are counted'),
    created: z.int().describe('In a dry run: what would be created'),
    skipped: z.int().describe('Duplicates'),
    failed: z.int(),
    rows: z.array(
      z.strictObject({
        line: z.int().describe('Line of the file, or number of the row in a JSON array'),
        status: z.enum(['stored', 'duplicate', 'invalid']),
        id: id().nullable(),
        errors: z.array(RowProblem),
      }),
    ),
  })
  .meta({ id: 'BulkUsers' });

export const User = z
  .strictObject({
    id: id(),
    email: z.string(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    name: z.string().describe('Both names, else the e-mail'),
    phone: z.string().nullable(),
    location: z.string().nullable(),
    role: numbered().nullable(),
    baseLevel: z.enum(['admin', 'user', 'viewer']),
    team: numbered().nullable().describe('The top-level team'),
    subTeam: numbered().nullable().describe('The team inside it, where the person is in one'),
    manager: z.strictObject({ id: id(), name: z.string() }).nullable(),
    userType: z.enum(USER_TYPES),
    status: z.enum(USER_STATUSES),
    timezone: z.string().nullable().describe("null: the organization's"),
    language: z.string().nullable().describe("null: the organization's"),
    lastActiveAt: timestamp().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.int(),
  })
  .meta({ id: 'User' });

export const ListUsersQuery = z.strictObject({
  ...pageQuery,
  teamId: referenceText().optional().describe('Id or number; with the teams inside it'),
  roleId: referenceText().optional().describe('Id, number or name'),
  userType: z.enum(USER_TYPES).optional(),
  status: z.enum(USER_STATUSES).optional(),
  managerId: id().optional(),
  q: text(200).optional().describe('Part of a name or e-mail'),
  sort: z.enum(USER_SORTS).optional(),
});
