import { sql } from 'kysely';
import type { BusinessCalendar } from '../../../domain/core/business-calendar.rules.ts';
import {
  clocksOf,
  type SlaFacts,
  type SlaMetric,
  type SlaPeriod,
  type SlaTerms,
} from '../../../domain/service/sla.rules.ts';
import { verb } from '../../core/context.ts';
import { filterCondition } from '../../core/filter.ts';
import { checkTicketFilter, ticketFilter } from '../tickets/ticket-filter.ts';

export interface WhatIfInput {
  targets: SlaTerms['targets'];
  calendar?: BusinessCalendar | null | undefined;
  /** Which past tickets are asked; all, where absent. */
  filter?: unknown;
  from: Date;
  until: Date;
}

interface Tally {
  /** Tickets that would have been promised it. */
  promised: number;
  breaches: number;
  breachesNow: number;
  newlyBreached: number;
  nowKept: number;
}

export interface WhatIf {
  tickets: number;
  /** More tickets lie in the time than are looked at; these are the newest. */
  capped: boolean;
  firstResponse: Tally;
  resolution: Tally;
  /** Tickets whose outcome would differ, the newest first. */
  examples: { ticketId: string; number: number; metric: SlaMetric; wasBreached: boolean; wouldBreach: boolean }[];
}

interface PastTicket {
  id: string;
  number: number;
  firstRespondedAt: Date | null;
  resolvedAt: Date | null;
  firstResponseBreached: boolean;
  resolutionBreached: boolean;
  periods: { from: number; status: SlaPeriod['status']; priority: SlaPeriod['priority'] }[];
}

/** Enough to see the difference; each is counted through on the thread that also serves requests. */
const MOST_TICKETS = 2_000;
const MOST_EXAMPLES = 50;

/** What a policy would have meant for tickets of the past, minute by minute as the clocks count. Nothing is stored. */
export const whatIfSla = verb({ permission: 'tickets.view' }, async (ctx, input: WhatIfInput): Promise<WhatIf> => {
  const filter = input.filter == null ? undefined : await checkTicketFilter(ctx, input.filter);
  const { rows } = await sql<PastTicket>`
    select t.id, t.number, t.first_responded_at as "firstRespondedAt", t.resolved_at as "resolvedAt",
           t.first_response_breached_at is not null as "firstResponseBreached",
           t.resolution_breached_at is not null as "resolutionBreached",
           (select jsonb_agg(jsonb_build_object('from', (extract(epoch from p.from_at) * 1000)::bigint,
                     'status', p.status, 'priority', p.priority) order by p.ordinal)
            from ticket_sla_periods p where p.organization_id = t.organization_id and p.ticket_id = t.id) as periods
    from tickets t
    where t.organization_id = ${ctx.organizationId} and t.deleted_at is null and t.merged_into_id is null
      and t.opened_at >= ${input.from} and t.opened_at < ${input.until}
      and ${await filterCondition(ctx, await ticketFilter(ctx), filter)}
    order by t.opened_at desc, t.id limit ${MOST_TICKETS + 1}`.execute(ctx.tx);
  const terms: SlaTerms = {
    targets: input.targets,
    calendar: input.calendar ?? null,
    warnAtPercent: 80,
    warnBeforeMinutes: null,
    escalations: [],
  };
  const tallies = { first_response: emptyTally(), resolution: emptyTally() };
  const examples: WhatIf['examples'] = [];
  const asked = rows.slice(0, MOST_TICKETS);
  for (const ticket of asked) {
    for (const { metric, breached } of clocksOf(factsOf(ticket, terms), ctx.now.getTime())) {
      if (metric === 'next_response') continue;
      const was = metric === 'resolution' ? ticket.resolutionBreached : ticket.firstResponseBreached;
      count(tallies[metric], breached, was);
      if (breached !== was && examples.length < MOST_EXAMPLES) {
        examples.push({ ticketId: ticket.id, number: ticket.number, metric, wasBreached: was, wouldBreach: breached });
      }
    }
  }
  return {
    tickets: asked.length,
    capped: rows.length > MOST_TICKETS,
    firstResponse: tallies.first_response,
    resolution: tallies.resolution,
    examples,
  };
});

const emptyTally = (): Tally => ({ promised: 0, breaches: 0, breachesNow: 0, newlyBreached: 0, nowKept: 0 });

function count(tally: Tally, would: boolean, was: boolean): void {
  tally.promised++;
  if (would) tally.breaches++;
  if (was) tally.breachesNow++;
  if (would && !was) tally.newlyBreached++;
  if (was && !would) tally.nowKept++;
}

function factsOf(ticket: PastTicket, terms: SlaTerms): SlaFacts {
  return {
    periods: ticket.periods.map(({ from, status, priority }) => ({ from: Number(from), status, priority, terms })),
    firstRespondedAt: ticket.firstRespondedAt?.getTime() ?? null,
    awaitingSince: null,
    waits: 0,
    resolvedAt: ticket.resolvedAt?.getTime() ?? null,
  };
}
