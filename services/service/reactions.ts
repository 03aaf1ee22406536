import type { Ctx } from '../core/context.ts';
import type { EventDefinition } from '../core/events.ts';
import { type Reaction, reaction } from '../core/relay.ts';
import * as on from './events.ts';
import { followTicket } from './revenue/support-holds.ts';
import { touchByReply, touchByTicket } from './revenue/ticket-touch.ts';
import { rollOut } from './slas/roll-out.ts';
import { planSurvey } from './surveys/surveys.ts';
import { TICKET_NOTICES } from './tickets/notices.ts';

const forTicket = (
  name: string,
  event: EventDefinition<{ id: string }>,
  run: (ctx: Ctx, id: string) => Promise<void>,
) => reaction<{ id: string }>(name, event, (ctx, { data }) => run(ctx, data.id));

/** Whatever may change whether sales is held back: looked at as the ticket is then. */
const TELLING: readonly EventDefinition<{ id: string }>[] = [
  on.ticketCreated,
  on.ticketUpdated,
  on.ticketStatusChanged,
  on.ticketRated,
];

/** What service does because something happened elsewhere; each exactly once per event. */
export const SERVICE_REACTIONS: readonly Reaction[] = [
  reaction('service.roll-out-sla', on.slaChanged, (ctx, event) => rollOut(ctx, event.data)),
  forTicket('service.touch-by-ticket', on.ticketCreated, touchByTicket),
  reaction('service.touch-by-reply', on.ticketReplied, (ctx, event) => touchByReply(ctx, event.data.replyId)),
  ...TELLING.map((event) => forTicket(`service.follow-${event.type}`, event, followTicket)),
  forTicket('service.survey-of-ticket', on.ticketResolved, planSurvey),
  ...TICKET_NOTICES,
];
