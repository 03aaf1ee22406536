import { z } from 'zod';
import { MISSING_POLICIES } from '../../domain/outreach/template.rules.ts';
import {
  createTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  previewTemplate,
  TEMPLATE_CATEGORIES,
  TEMPLATE_SORTS,
  updateTemplate,
} from '../../services/outreach/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { searchQuery } from '../http/filter-query.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'email-templates';
const params = z.strictObject({ id: id() });
const rate = z.number().nullable();

const Variable = z.strictObject({
  name: z.string().regex(/^[\p{L}_][\p{L}\p{N}_.-]{0,99}$/u, 'must be a name like firstName or deal.close_date'),
  description: text(500).optional(),
  default: z.string().max(500).optional().describe('Taken where a message has no value'),
});

const fields = {
  name: text(200),
  description: text(2_000).nullish(),
  subject: text(998).describe('With places: {{firstName}}, {{deal.close_date | default: "soon"}}'),
  html: z.string().min(1, 'must not be empty').max(500_000),
  text: z.string().max(200_000).nullish().describe('The plain part; made from the HTML when absent'),
  variables: z.array(Variable).max(100).optional(),
  missingVariables: z
    .enum(MISSING_POLICIES)
    .optional()
    .describe(
      'What happens to a place without value and default: refuse (default), blank, or keep it as it is written',
    ),
  category: z.enum(TEMPLATE_CATEGORIES).optional().describe('Default: marketing'),
};

const Template = z
  .strictObject({
    id: id(),
    name: z.string(),
    description: z.string().nullable(),
    subject: z.string(),
    html: z.string(),
    text: z.string().nullable(),
    variables: z.array(Variable),
    missingVariables: z.enum(MISSING_POLICIES),
    category: z.enum(TEMPLATE_CATEGORIES),
    number: z.number().describe('Counts the contents it has had; messages say which one they were written with'),
    createdBy: id().nullable(),
    performance: z.strictObject({
      sent: z.number(),
      delivered: z.number(),
      opened: z.number(),
      clicked: z.number(),
      replied: z.number(),
      bounced: z.number(),
      openRate: rate,
      clickRate: rate,
      replyRate: rate,
      lastUsedAt: timestamp().nullable(),
    }),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'EmailTemplate' });

export const listTemplatesEndpoint = defineEndpoint({
  operationId: 'listEmailTemplates',
  face,
  method: 'get',
  path: '/email-templates',
  tag,
  summary: 'List templates with how they perform',
  description: 'Opens and clicks of machines are not counted.',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    q: searchQuery().describe('Part of name or subject'),
    search: searchQuery().describe('The same as q'),
    category: z.enum(TEMPLATE_CATEGORIES).optional(),
    sort: z.enum(TEMPLATE_SORTS).default('-updatedAt'),
  }),
  response: Template,
  verb: listTemplates,
  input: ({ query: { q, search, ...query } }) => ({ ...query, q: q ?? search }),
});

export const createTemplateEndpoint = defineEndpoint({
  operationId: 'createEmailTemplate',
  face,
  method: 'post',
  path: '/email-templates',
  tag,
  summary: 'Create a template',
  description:
    'Places take values of the prospect (`{{firstName}}`, `{{company}}`), `{{deal.close_date}}`, `{{account.name}}`, `{{sender.firstName}}`, custom fields (`{{custom.key}}`) and whatever is given with the message, in either casing.',
  errors: [409],
  status: 201,
  body: z.strictObject(fields).meta({ id: 'EmailTemplateInput' }),
  response: Template,
  verb: createTemplate,
  input: ({ body }) => body,
  etag: (template) => template.version,
  location: (template) => `/email-templates/${template.id}`,
  examples: [
    {
      name: 'An introduction',
      body: {
        name: 'Introduction',
        subject: 'Quick question about {{company | default: "your team"}}',
        html: '<p>Hi {{firstName | default: "there"}},</p><p>Shall we <a href="{{meetingLink | default: "https://acme.example/meet"}}">talk</a>?</p>',
        variables: [{ name: 'meetingLink', description: 'Where to book', default: 'https://acme.example/meet' }],
      },
    },
  ],
});

export const getTemplateEndpoint = defineEndpoint({
  operationId: 'getEmailTemplate',
  face,
  method: 'get',
  path: '/email-templates/{id}',
  tag,
  summary: 'Get a template with how it performs',
  errors: [404],
  params,
  response: Template,
  verb: getTemplate,
  input: ({ params: given }) => given,
  etag: (template) => template.version,
});

export const updateTemplateEndpoint = defineEndpoint({
  operationId: 'updateEmailTemplate',
  face,
  method: 'put',
  path: '/email-templates/{id}',
  tag,
  summary: 'Update a template (partial)',
  description: 'New content raises `number`; messages that were written before keep theirs.',
  errors: [404, 409, 412],
  params,
  body: z.strictObject(fields).partial().meta({ id: 'EmailTemplateChanges' }),
  response: Template,
  verb: updateTemplate,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (template) => template.version,
  examples: [{ name: 'Another subject', body: { subject: '{{firstName | default: "Hello"}}, a question' } }],
});

export const deleteTemplateEndpoint = defineEndpoint({
  operationId: 'deleteEmailTemplate',
  face,
  method: 'delete',
  path: '/email-templates/{id}',
  tag,
  summary: 'Delete a template that nothing sends with any more',
  errors: [404, 409, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteTemplate,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});

const Preview = z
  .strictObject({
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    missing: z.array(z.string()).describe('Places without a value and without a default'),
    defaulted: z.array(z.string()),
    check: z.strictObject({
      score: z.number().describe('0 is harmless; 5 and more is often taken for spam'),
      findings: z.array(z.strictObject({ code: z.string(), message: z.string(), weight: z.number() })),
      links: z.array(z.strictObject({ url: z.string(), problem: z.string().nullable() })),
    }),
  })
  .meta({ id: 'EmailTemplatePreview' });

export const previewTemplateEndpoint = defineEndpoint({
  operationId: 'previewEmailTemplate',
  face,
  method: 'post',
  path: '/email-templates/{id}/preview',
  tag,
  summary: 'See what a template becomes, and what receivers may dislike about it',
  errors: [404],
  params,
  body: z
    .strictObject({ variables: freeForm().optional(), prospectId: id().optional(), dealId: id().optional() })
    .meta({ id: 'EmailTemplatePreviewInput' }),
  response: Preview,
  verb: previewTemplate,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  output: ({ missing, defaulted, check, ...preview }) => ({
    ...preview,
    missing: [...missing],
    defaulted: [...defaulted],
    check: { score: check.score, findings: [...check.findings], links: [...check.links] },
  }),
  shownBy: 'nothing',
  examples: [{ name: 'For John', body: { variables: { firstName: 'John', company: 'Acme Inc' } } }],
});
