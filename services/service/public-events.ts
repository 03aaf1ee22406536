import type { PublicField } from '../../domain/core/public-fields.rules.ts';
import { SLA_METRICS } from '../../domain/service/sla.rules.ts';
import { TICKET_CHANNELS, TICKET_PRIORITIES, TICKET_STATUSES } from '../../domain/service/ticket.rules.ts';
import { type PublicEvent, publicEntity, publicEvent } from '../core/public-events.ts';
import * as on from './events.ts';

const ID = '019a9f00-0000-7000-8000-0000000000aa';
const OTHER = '019a9f00-0000-7000-8000-0000000000bb';
const id: PublicField = { type: 'uuid', example: ID };
const maybe = { type: 'uuid', nullable: true, example: OTHER } as const;
const status = (example: string) => ({ type: 'enum', values: TICKET_STATUSES, example }) as const;
const time = (column: string) =>
  ({ column, type: 'timestamp', nullable: true, example: '2026-06-30T12:00:00.000Z' }) as const;

const ticket = publicEntity('ticket', 'tickets r', {
  id: { column: 'r.id', type: 'uuid', example: ID },
  number: { column: 'r.number', type: 'integer', example: 214 },
  subject: { column: 'r.subject', type: 'text', example: 'The export stops at row 1,000' },
  status: { column: 'r.status', ...status('open') },
  priority: { column: 'r.priority', type: 'enum', values: TICKET_PRIORITIES, example: 'high' },
  channel: { column: 'r.channel', type: 'enum', values: TICKET_CHANNELS, example: 'email' },
  requesterEmail: { column: 'r.requester_email', type: 'text', nullable: true, example: 'ada@example.com' },
  prospectId: { column: 'r.prospect_id', ...maybe },
  accountId: { column: 'r.account_id', ...maybe },
  assigneeId: { column: 'r.assignee_id', ...maybe },
  teamId: { column: 'r.team_id', ...maybe },
  firstResponseDueAt: time('r.first_response_due_at'),
  resolutionDueAt: time('r.resolution_due_at'),
  resolvedAt: time('r.resolved_at'),
  createdAt: { column: 'r.opened_at', type: 'timestamp', example: '2026-06-30T09:00:00.000Z' },
});

const metric = { type: 'enum', values: SLA_METRICS, example: 'first_response' } as const;
const dueAt: PublicField = {
  type: 'timestamp',
  about: 'When it became true',
  example: '2026-06-30T12:00:00.000Z',
};

/** What this wing tells the outside. Each ticket is shown as it is when the delivery is made. */
export const SERVICE_PUBLIC_EVENTS: readonly PublicEvent[] = [
  publicEvent(on.ticketCreated, 'A ticket was created', { id }, ticket),
  publicEvent(
    on.ticketUpdated,
    'Fields of a ticket changed',
    { id, fields: { type: 'texts', about: 'Names of the fields that changed', example: ['priority'] } },
    ticket,
  ),
  publicEvent(
    on.ticketStatusChanged,
    'A ticket has another status',
    { id, from: status('new'), to: status('open') },
    ticket,
  ),
  publicEvent(
    on.ticketAssigned,
    'A ticket has another assignee or team',
    { id, assigneeId: maybe, teamId: maybe },
    ticket,
  ),
  publicEvent(
    on.ticketReplied,
    'Somebody wrote in a ticket',
    {
      id,
      replyId: { type: 'uuid', example: OTHER },
      author: { type: 'enum', values: ['agent', 'customer', 'system'], example: 'agent' },
      isInternal: { type: 'boolean', example: false },
    },
    ticket,
  ),
  publicEvent(on.ticketResolved, 'A ticket was resolved', { id }, ticket),
  publicEvent(on.ticketReopened, 'A resolved ticket is open again', { id }, ticket),
  publicEvent(on.ticketClosed, 'A ticket was closed', { id }, ticket),
  publicEvent(
    on.ticketMerged,
    'Two tickets became one',
    {
      mergeId: { type: 'uuid', example: OTHER },
      sourceId: { type: 'uuid', about: 'The ticket that is closed', example: OTHER },
      targetId: { type: 'uuid', about: 'The ticket that goes on', example: ID },
    },
    ticket,
  ),
  publicEvent(on.ticketSlaWarning, 'A promise is about to be broken', { id, metric, dueAt }, ticket),
  publicEvent(on.ticketSlaBreached, 'A promise was broken', { id, metric, dueAt }, ticket),
  publicEvent(
    on.ticketSlaEscalated,
    'A broken promise has lasted for as long as a step of its policy says',
    { id, metric, dueAt, step: { type: 'integer', example: 1 } },
    ticket,
  ),
  publicEvent(on.ticketRated, 'A customer rated a ticket', { id, score: { type: 'integer', example: 5 } }, ticket),
];
