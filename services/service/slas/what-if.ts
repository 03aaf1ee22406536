import { sql } from 'kysely';
import type { BusinessCalendar, Span } from '../../../domain/core/business-calendar.rules.ts';
import {
  clocksOf,
  type SlaFacts,
  type SlaMetric,
  type SlaPeriod,
  type SlaTerms,
} from '../../../domain/service/sla.rules.ts';
import { isOpenTicket } from '../../../domain/service/ticket.rules.ts';
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
  /** Tickets (waits) that would have been promised it. */
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
  /** Of waits rather than tickets: a customer may wait several times. */
  nextResponse: Tally;
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
  /** Public words of people, in order. */
  words: { at: number; by: 'agent' | 'customer' }[];
  /** When a next response came to be late. */
  lateResponses: number[];
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
            from ticket_sla_periods p where p.organization_id = t.organization_id and p.ticket_id = t.id) as periods,
           coalesce((select jsonb_agg(jsonb_build_object('at', (extract(epoch from r.written_at) * 1000)::bigint,
                       'by', r.author_kind) order by r.written_at, r.id)
                     from ticket_replies r where r.organization_id = t.organization_id and r.ticket_id = t.id
                       and not r.is_internal and r.author_kind <> 'system'), '[]') as words,
           coalesce((select jsonb_agg((extract(epoch from e.due_at) * 1000)::bigint)
                     from ticket_sla_events e where e.organization_id = t.organization_id and e.ticket_id = t.id
                       and e.metric = 'next_response' and e.kind = 'breach'), '[]') as "lateResponses"
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
  const tallies = { first_response: emptyTally(), next_response: emptyTally(), resolution: emptyTally() };
  const examples: WhatIf['examples'] = [];
  const asked = rows.slice(0, MOST_TICKETS);
  for (const ticket of asked) {
    for (const { metric, wouldBreach, wasBreached } of outcomesOf(ticket, terms, ctx.now.getTime())) {
      count(tallies[metric], wouldBreach, wasBreached);
      if (wouldBreach !== wasBreached && examples.length < MOST_EXAMPLES) {
        examples.push({ ticketId: ticket.id, number: ticket.number, metric, wasBreached, wouldBreach });
      }
    }
  }
  return {
    tickets: asked.length,
    capped: rows.length > MOST_TICKETS,
    firstResponse: tallies.first_response,
    nextResponse: tallies.next_response,
    resolution: tallies.resolution,
    examples,
  };
});

interface Outcome {
  metric: SlaMetric;
  wouldBreach: boolean;
  wasBreached: boolean;
}

function outcomesOf(ticket: PastTicket, terms: SlaTerms, now: number): Outcome[] {
  const facts = factsOf(ticket, terms);
  const once = clocksOf(facts, now).map(({ metric, breached }) => ({
    metric,
    wouldBreach: breached,
    wasBreached: metric === 'resolution' ? ticket.resolutionBreached : ticket.firstResponseBreached,
  }));
  return [...once, ...waitsOf(ticket, now).flatMap((wait) => waitOutcome(ticket, facts, wait))];
}

function waitOutcome(ticket: PastTicket, facts: SlaFacts, { from, until }: Span): Outcome[] {
  const periods = facts.periods.filter((period) => period.from < until);
  const clocks = clocksOf({ ...facts, periods, awaitingSince: from, waits: 1 }, until);
  const wasBreached = ticket.lateResponses.some((at) => Number(at) >= from && Number(at) <= until);
  return clocks
    .filter(({ metric }) => metric === 'next_response')
    .map(({ metric, breached }) => ({ metric, wouldBreach: breached, wasBreached }));
}

/** The times in which a customer waited for another answer: until it came, the ticket was resolved, or now. */
function waitsOf({ firstRespondedAt, words, periods }: PastTicket, now: number): Span[] {
  if (firstRespondedAt === null) return [];
  const ends = [
    ...words.filter(({ by }) => by === 'agent').map(({ at }) => Number(at)),
    ...periods.filter(({ status }) => !isOpenTicket(status)).map(({ from }) => Number(from)),
  ];
  const waits: Span[] = [];
  for (const { at, by } of words) {
    const from = Number(at);
    if (by !== 'customer' || from < firstRespondedAt.getTime() || from < (waits.at(-1)?.until ?? 0)) continue;
    waits.push({ from, until: Math.min(now, ...ends.filter((end) => end > from)) });
  }
  return waits;
}

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
