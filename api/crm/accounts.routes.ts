import { z } from 'zod';
import { domainName, phoneNumber, webAddress } from '../../domain/crm/record.input.ts';
import {
  createAccount,
  deleteAccount,
  getAccount,
  getAccountHierarchy,
  LIFECYCLE_STAGES,
  listAccounts,
  restoreAccount,
  updateAccount,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'accounts';
const params = z.strictObject({ id: id() });

const fields = {
  domain: domainName().nullish(),
  industry: text(100).nullish(),
  employeeCount: z.number().int('must be a whole number').min(0, 'must be 0 or more').max(10_000_000).nullish(),
  annualRevenue: z.number().min(0, 'must be 0 or more').max(1e15).nullish(),
  location: text(200).nullish(),
  phone: phoneNumber().nullish(),
  website: webAddress().nullish(),
  description: text(5_000).nullish(),
  parentAccountId: id().nullish(),
  lifecycleStage: z.enum(LIFECYCLE_STAGES).nullish(),
  isTarget: z.boolean().optional(),
  source: text(100).nullish(),
  ownerId: id().nullish(),
  teamId: id().nullish(),
  custom: freeForm().optional().describe('Custom fields of the organization, by key; null takes one away'),
};
const CreateAccountBody = z.strictObject({ name: text(200), ...fields }).meta({ id: 'AccountInput' });
const UpdateAccountBody = z.strictObject({ name: text(200).optional(), ...fields }).meta({ id: 'AccountChanges' });

const accountFields = {
  id: id(),
  name: z.string(),
  domain: z.string().nullable(),
  industry: z.string().nullable(),
  employeeCount: z.number().nullable(),
  annualRevenue: z.number().nullable(),
  location: z.string().nullable(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  description: z.string().nullable(),
  parentAccountId: id().nullable(),
  lifecycleStage: z.enum(LIFECYCLE_STAGES).nullable(),
  isTarget: z.boolean(),
  engagementScore: z.number().nullable(),
  leadScore: z.number().nullable(),
  healthScore: z.number().nullable(),
  customerId: id().nullable(),
  source: z.string().nullable(),
  ownerId: id().nullable(),
  teamId: id().nullable(),
  custom: freeForm(),
  mergedIntoId: id().nullable(),
  deletedAt: timestamp().nullable(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
export const Account = z.strictObject(accountFields).meta({ id: 'Account' });
export const AccountWithProfile = z
  .strictObject({
    ...accountFields,
    profile: z
      .strictObject({
        summary: z.string().nullable(),
        facts: freeForm(),
        source: z.string().nullable(),
        researchedAt: timestamp().nullable(),
      })
      .nullable()
      .describe('What research found out about the company'),
  })
  .meta({ id: 'AccountDetail' });

export const listAccountsEndpoint = defineEndpoint({
  operationId: 'listAccounts',
  face,
  method: 'get',
  path: '/accounts',
  tag,
  summary: 'List accounts by name',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    ownerId: id().optional(),
    teamId: id().optional(),
    industry: text(100).optional(),
    lifecycleStage: z.enum(LIFECYCLE_STAGES).optional(),
    isTarget: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional(),
    q: text(200).optional(),
  }),
  response: Account,
  verb: listAccounts,
  input: ({ query }) => query,
});

export const createAccountEndpoint = defineEndpoint({
  operationId: 'createAccount',
  face,
  method: 'post',
  path: '/accounts',
  tag,
  summary: 'Create an account',
  errors: [409],
  status: 201,
  body: CreateAccountBody,
  response: AccountWithProfile,
  verb: createAccount,
  input: ({ body }) => body,
  etag: (account) => account.version,
  location: (account) => `/accounts/${account.id}`,
  examples: [
    {
      name: 'A company',
      body: {
        name: 'Globex',
        domain: 'globex.example',
        industry: 'Software',
        employeeCount: 250,
        annualRevenue: 12000000,
      },
    },
    { name: 'Another company', body: { name: 'Globex Services' } },
  ],
});

export const getAccountEndpoint = defineEndpoint({
  operationId: 'getAccount',
  face,
  method: 'get',
  path: '/accounts/{id}',
  tag,
  summary: 'Get an account with its company profile',
  errors: [404],
  params,
  response: AccountWithProfile,
  verb: getAccount,
  input: ({ params: given }) => given,
  etag: (account) => account.version,
});

export const updateAccountEndpoint = defineEndpoint({
  operationId: 'updateAccount',
  face,
  method: 'put',
  path: '/accounts/{id}',
  tag,
  summary: 'Update an account (partial)',
  description: 'Absent fields stay as they are, null takes a value away. A parent below the account itself is refused.',
  errors: [404, 409, 412],
  params,
  body: UpdateAccountBody,
  response: AccountWithProfile,
  verb: updateAccount,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (account) => account.version,
  examples: [{ name: 'A new size', body: { employeeCount: 300, lifecycleStage: 'Opportunity' } }],
});

export const deleteAccountEndpoint = defineEndpoint({
  operationId: 'deleteAccount',
  face,
  method: 'delete',
  path: '/accounts/{id}',
  tag,
  summary: 'Delete an account (it can be restored)',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteAccount,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});

export const restoreAccountEndpoint = defineEndpoint({
  operationId: 'restoreAccount',
  face,
  method: 'post',
  path: '/accounts/{id}/restore',
  tag,
  summary: 'Restore a deleted account',
  errors: [404, 409],
  params,
  response: AccountWithProfile,
  verb: restoreAccount,
  input: ({ params: given }) => given,
  etag: (account) => account.version,
  examples: [{ name: 'After a mistake', after: ['deleteAccount'] }],
});

export const getAccountHierarchyEndpoint = defineEndpoint({
  operationId: 'getAccountHierarchy',
  face,
  method: 'get',
  path: '/accounts/{id}/hierarchy',
  tag,
  summary: 'Get the tree around an account',
  description: 'Ancestors have a negative depth, the account itself 0, descendants a positive one.',
  errors: [404],
  params,
  response: z.strictObject({
    id: id(),
    nodes: z.array(z.strictObject({ id: id(), name: z.string(), parentAccountId: id().nullable(), depth: z.number() })),
  }),
  verb: getAccountHierarchy,
  input: ({ params: given }) => given,
});
