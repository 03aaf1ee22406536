import { z } from 'zod';
import { businessCalendar } from '../../domain/core/business-calendar.input.ts';
import { TICKET_PRIORITIES } from '../../domain/service/ticket.rules.ts';
import { TICKET_FIELDS } from '../../domain/service/ticket-fields.rules.ts';
import { createSla, deleteSla, listSlas, updateSla, whatIfSla } from '../../services/service/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { metric, params } from './tickets.dto.ts';

const face = 'b' as const;
const tag = 'tickets';

const minutes = (max: number) =>
  z.number().int('must be a whole number').min(1, 'must be 1 or more').max(max, `must be ${max} or less`);
/** A year of minutes: more is no promise. */
const target = z
  .strictObject({
    firstResponseMinutes: minutes(525_600).optional(),
    nextResponseMinutes: minutes(525_600).optional(),
    resolutionMinutes: minutes(525_600).optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'needs at least one target');
const targets = z
  .strictObject(
    Object.fromEntries(TICKET_PRIORITIES.map((name) => [name, target.optional()])) as {
      [name in (typeof TICKET_PRIORITIES)[number]]: z.ZodOptional<typeof target>;
    },
  )
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'needs the target of a priority');
const escalation = z.strictObject({
  afterMinutes: minutes(525_600).describe('Minutes of business time after the breach'),
  userIds: z.array(id()).min(1).max(20),
});
export const ticketFilterBody = () =>
  freeForm().describe(
    `A tree of {"and": […]}, {"or": […]}, {"not": …} and {"field", "op", "value"} over tickets. Fields: ${Object.keys(TICKET_FIELDS).join(', ')}, custom.<key>.`,
  );

export const slaFields = {
  name: text(100),
  description: text(1_000).nullish(),
  isDefault: z.boolean().optional().describe('For tickets that no other policy matches; there is one at most'),
  position: z.number().int().min(0).max(10_000).optional().describe('Lower is asked first; default 100'),
  filter: ticketFilterBody()
    .nullish()
    .describe('Which tickets it is for; without one and a segment, only those that name it'),
  segmentId: id().nullish().describe('Only for requesters in this segment'),
  targets,
  calendar: businessCalendar().nullish().describe('Null: around the clock'),
  warnAtPercent: z.number().int().min(1).max(100).optional().describe('Share of the business time; default 80'),
  warnBeforeMinutes: minutes(525_600).nullish().describe('Takes the place of the percentage'),
  escalations: z.array(escalation).max(10).optional(),
};

const Sla = z
  .strictObject({
    id: id(),
    name: z.string(),
    description: z.string().nullable(),
    isDefault: z.boolean(),
    position: z.number(),
    filter: freeForm().nullable(),
    segmentId: id().nullable(),
    targets: z.looseObject({}),
    calendar: z.looseObject({}).nullable(),
    warnAtPercent: z.number(),
    warnBeforeMinutes: z.number().nullable(),
    escalations: z.array(z.looseObject({})),
    number: z.number().describe('Raised by every change of what it promises'),
    openTickets: z.number(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'Sla' });

export const listSlasEndpoint = defineEndpoint({
  operationId: 'listSlas',
  face,
  method: 'get',
  path: '/slas',
  tag,
  summary: 'List SLA policies in the order in which they are asked',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    isDefault: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional(),
  }),
  response: Sla,
  verb: listSlas,
  input: ({ query }) => query,
});

const office = {
  timezone: 'Europe/Berlin',
  days: Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [
      day,
      [
        { start: '09:00', end: '12:30' },
        { start: '13:30', end: '18:00' },
      ],
    ]),
  ),
  holidays: ['2026-12-25'],
};

export const createSlaEndpoint = defineEndpoint({
  operationId: 'createSla',
  face,
  method: 'post',
  path: '/slas',
  tag,
  summary: 'Create an SLA policy',
  description:
    'A ticket falls under the policy that it names, else under the first that matches, else under the default. Its warnings and breaches are told to the assignee, their lead, watchers and webhooks.',
  errors: [409],
  status: 201,
  body: z.strictObject(slaFields).meta({ id: 'SlaInput' }),
  response: Sla,
  verb: createSla,
  input: ({ body }) => body,
  etag: (sla) => sla.version,
  location: (sla) => `/slas/${sla.id}`,
  shownBy: { operation: 'listSlas' },
  examples: [
    {
      name: 'Office hours',
      body: {
        name: 'Standard {{unique}}',
        isDefault: true,
        targets: {
          normal: { firstResponseMinutes: 240, resolutionMinutes: 2_880 },
          urgent: { firstResponseMinutes: 30, nextResponseMinutes: 60, resolutionMinutes: 240 },
        },
        calendar: office,
      },
    },
    {
      name: 'Around the clock for urgent ones of target accounts',
      body: {
        name: 'Premium {{unique}}',
        position: 10,
        filter: { field: 'account', op: 'has', where: { field: 'isTarget', op: 'eq', value: true } },
        targets: { urgent: { firstResponseMinutes: 15, resolutionMinutes: 120 } },
        warnBeforeMinutes: 5,
      },
    },
  ],
});

export const updateSlaEndpoint = defineEndpoint({
  operationId: 'updateSla',
  face,
  method: 'put',
  path: '/slas/{id}',
  tag,
  summary: 'Update an SLA policy (partial)',
  description: 'What it promises anew counts for its open tickets from now on; what was counted before stays.',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({ ...slaFields, name: slaFields.name.optional(), targets: targets.optional() })
    .meta({ id: 'SlaChanges' }),
  response: Sla,
  verb: updateSla,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (sla) => sla.version,
  shownBy: { operation: 'listSlas' },
  examples: [{ name: 'Warn earlier', body: { warnAtPercent: 60 } }],
});

export const deleteSlaEndpoint = defineEndpoint({
  operationId: 'deleteSla',
  face,
  method: 'delete',
  path: '/slas/{id}',
  tag,
  summary: 'Delete an SLA policy that no ticket was promised',
  errors: [404, 409, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteSla,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
  shownBy: { operation: 'listSlas' },
});

const Tally = z
  .strictObject({
    promised: z.number().describe('Tickets (or waits) that the policy would have promised it to'),
    breaches: z.number(),
    breachesNow: z.number().describe('Of the same tickets, as it was'),
    newlyBreached: z.number(),
    nowKept: z.number(),
  })
  .meta({ id: 'SlaWhatIfTally' });

export const whatIfSlaEndpoint = defineEndpoint({
  operationId: 'whatIfSla',
  face,
  method: 'post',
  path: '/slas/what-if',
  tag,
  summary: 'What a policy would have meant for tickets of the past',
  description:
    'Counts every ticket that was created in the time through anew, minute by minute, with these targets and hours. At most 2,000 tickets, the newest. Nothing is stored.',
  body: z
    .strictObject({
      targets,
      calendar: businessCalendar().nullish(),
      filter: ticketFilterBody().nullish(),
      from: timestamp(),
      until: timestamp(),
    })
    .refine(({ from, until }) => from < until, { path: ['until'], message: 'must be later than from' })
    .meta({ id: 'SlaWhatIfInput' }),
  response: z
    .strictObject({
      tickets: z.number(),
      capped: z.boolean(),
      firstResponse: Tally,
      nextResponse: Tally.describe('Of waits: a customer may wait several times'),
      resolution: Tally,
      examples: z.array(
        z.strictObject({
          ticketId: id(),
          number: z.number(),
          metric,
          wasBreached: z.boolean(),
          wouldBreach: z.boolean(),
        }),
      ),
    })
    .meta({ id: 'SlaWhatIf' }),
  verb: whatIfSla,
  transaction: 'read',
  input: ({ body }) => body,
  shownBy: 'nothing',
  examples: [
    {
      name: 'Two hours for all',
      body: {
        targets: { normal: { firstResponseMinutes: 120 }, high: { firstResponseMinutes: 120 } },
        calendar: office,
        from: '2026-01-01T00:00:00Z',
        until: '2026-04-01T00:00:00Z',
      },
    },
  ],
});
