import { z } from 'zod';
import { ROUTING_STRATEGIES } from '../../domain/service/routing.rules.ts';
import {
  createRoutingRule,
  deleteRoutingRule,
  dryRunRouting,
  listRoutingRules,
  updateRoutingRule,
} from '../../services/service/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { ticketFilterBody } from './slas.routes.ts';
import { language, params, TicketInput } from './tickets.dto.ts';

const face = 'b' as const;
const tag = 'tickets';
const strategy = z.enum(ROUTING_STRATEGIES);

const member = z.strictObject({
  userId: id(),
  skills: z.array(text(50)).max(50).optional().describe('Tags that this person knows about'),
  languages: z.array(language()).max(20).optional(),
  maxOpen: z.number().int().min(1).max(10_000).optional().describe('Open tickets at most'),
});
const fields = {
  name: text(100),
  description: text(1_000).nullish(),
  position: z.number().int().min(0).max(10_000).optional().describe('Lower is asked first; default 100'),
  isActive: z.boolean().optional(),
  filter: ticketFilterBody().nullish(),
  strategy: strategy.optional(),
  assigneeId: id().nullish(),
  teamId: id().nullish(),
  members: z.array(member).max(200).optional().describe('Among whom it chooses; without them, the people of the team'),
};

const Rule = z
  .strictObject({
    id: id(),
    name: z.string(),
    description: z.string().nullable(),
    position: z.number(),
    isActive: z.boolean(),
    filter: freeForm().nullable(),
    strategy,
    assigneeId: id().nullable(),
    teamId: id().nullable(),
    members: z.array(z.looseObject({ userId: id() })),
    lastAssignedId: id().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'TicketRoutingRule' });

const Verdict = z
  .strictObject({
    ruleId: id(),
    name: z.string(),
    matches: z.boolean(),
    outcome: z.enum(['wins', 'not_asked', 'no_match', 'nobody_free']),
    assigneeId: id().nullable(),
    teamId: id().nullable(),
  })
  .meta({ id: 'TicketRoutingVerdict' });

export const listRoutingRulesEndpoint = defineEndpoint({
  operationId: 'listTicketRoutingRules',
  face,
  method: 'get',
  path: '/ticket-routing-rules',
  tag,
  summary: 'List routing rules in the order in which they are asked',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    isActive: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional(),
    strategy: strategy.optional(),
  }),
  response: Rule,
  verb: listRoutingRules,
  input: ({ query }) => query,
});

export const createRoutingRuleEndpoint = defineEndpoint({
  operationId: 'createTicketRoutingRule',
  face,
  method: 'post',
  path: '/ticket-routing-rules',
  tag,
  summary: 'Create a routing rule',
  description:
    'The first active rule that matches a new ticket and finds somebody decides. `round_robin` goes in turn, `least_loaded` takes who has the fewest open tickets, `skill` who knows most of its tags, `language` who speaks it.',
  status: 201,
  body: z.strictObject({ ...fields, strategy }).meta({ id: 'TicketRoutingRuleInput' }),
  response: Rule,
  verb: createRoutingRule,
  input: ({ body }) => body,
  etag: (rule) => rule.version,
  location: (rule) => `/ticket-routing-rules/${rule.id}`,
  shownBy: { operation: 'listTicketRoutingRules' },
  examples: [
    {
      name: 'In turn',
      body: {
        name: 'Urgent ones in turn',
        filter: { field: 'priority', op: 'eq', value: 'urgent' },
        strategy: 'round_robin',
        members: [{ userId: '{{createUser.id}}', maxOpen: 20 }],
      },
    },
  ],
});

export const updateRoutingRuleEndpoint = defineEndpoint({
  operationId: 'updateTicketRoutingRule',
  face,
  method: 'put',
  path: '/ticket-routing-rules/{id}',
  tag,
  summary: 'Update a routing rule (partial)',
  errors: [404, 412],
  params,
  body: z.strictObject({ ...fields, name: fields.name.optional() }).meta({ id: 'TicketRoutingRuleChanges' }),
  response: Rule,
  verb: updateRoutingRule,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (rule) => rule.version,
  shownBy: { operation: 'listTicketRoutingRules' },
  examples: [{ name: 'Ask it first', body: { position: 1 } }],
});

export const deleteRoutingRuleEndpoint = defineEndpoint({
  operationId: 'deleteTicketRoutingRule',
  face,
  method: 'delete',
  path: '/ticket-routing-rules/{id}',
  tag,
  summary: 'Delete a routing rule; tickets stay where it sent them',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteRoutingRule,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
  shownBy: { operation: 'listTicketRoutingRules' },
});

export const dryRunRoutingEndpoint = defineEndpoint({
  operationId: 'dryRunTicketRouting',
  face,
  method: 'post',
  path: '/ticket-routing-rules/dry-run',
  tag,
  summary: 'Which rule would win for a ticket, and what became of the others',
  body: TicketInput,
  response: z.strictObject({ winner: Verdict.nullable(), rules: z.array(Verdict) }).meta({ id: 'TicketRoutingDryRun' }),
  verb: dryRunRouting,
  transaction: 'read',
  input: ({ body }) => body,
  shownBy: 'nothing',
  examples: [
    {
      name: 'An urgent one',
      after: ['createTicketRoutingRule'],
      body: { subject: 'Nothing works', priority: 'urgent', requesterEmail: 'ada@example.com' },
    },
  ],
});
