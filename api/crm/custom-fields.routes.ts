import { z } from 'zod';
import { CUSTOM_FIELD_TYPES } from '../../domain/crm/custom-field.rules.ts';
import { createCustomField, deleteCustomField, listCustomFields } from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'custom-fields';
const entity = z.enum(['prospect', 'account', 'deal', 'ticket']);
const key = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_]{0,62}$/, 'must begin with a small letter and hold letters, digits and underscores');

const CustomField = z
  .strictObject({
    id: id(),
    entity,
    key: z.string(),
    label: z.string(),
    type: z.enum(CUSTOM_FIELD_TYPES),
    options: z.array(z.string()),
    required: z.boolean(),
    createdAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'CustomField' });

export const listCustomFieldsEndpoint = defineEndpoint({
  operationId: 'listCustomFields',
  face,
  method: 'get',
  path: '/custom-fields',
  tag,
  summary: 'List the custom fields of records',
  list: 'page',
  query: z.strictObject({ ...pageQuery, entity: entity.optional() }),
  response: CustomField,
  verb: listCustomFields,
  input: ({ query }) => query,
});

export const createCustomFieldEndpoint = defineEndpoint({
  operationId: 'createCustomField',
  face,
  method: 'post',
  path: '/custom-fields',
  tag,
  summary: 'Define a custom field',
  errors: [409],
  status: 201,
  body: z
    .strictObject({
      entity,
      key,
      label: text(100).optional(),
      type: z.enum(CUSTOM_FIELD_TYPES),
      options: z.array(text(100)).max(200, 'must have at most 200 options').optional(),
      required: z.boolean().optional(),
    })
    .meta({ id: 'CustomFieldInput' }),
  response: CustomField,
  verb: createCustomField,
  input: ({ body }) => body,
  examples: [
    {
      name: 'A choice',
      body: { entity: 'prospect', key: 'plan_interest', type: 'enum', options: ['basic', 'team'], label: 'Interest' },
    },
  ],
});

export const deleteCustomFieldEndpoint = defineEndpoint({
  operationId: 'deleteCustomField',
  face,
  method: 'delete',
  path: '/custom-fields/{id}',
  tag,
  summary: 'Take a custom field away',
  description: 'Values that records hold stay, unseen by checks, until the field is defined again.',
  errors: [404],
  params: z.strictObject({ id: id() }),
  response: z.strictObject({ id: id() }),
  verb: deleteCustomField,
  input: ({ params }) => params,
});
