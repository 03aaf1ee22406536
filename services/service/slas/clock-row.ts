import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { SlaFacts, SlaPeriod, SlaState, SlaTerms } from '../../../domain/service/sla.rules.ts';
import type { TicketPriority, TicketStatus } from '../../../domain/service/ticket.rules.ts';
import type { Ctx } from '../../core/context.ts';

export interface PeriodRow {
  from: number;
  status: TicketStatus;
  priority: TicketPriority;
  slaId: string | null;
  slaNumber: number | null;
}

export interface VersionRow {
  slaId: string;
  number: number;
  effectiveAt: number;
  terms: SlaTerms;
}

/** What lists show of the clocks. */
export interface Shown {
  first: number | null;
  next: number | null;
  resolution: number | null;
  state: SlaState;
}

/** What a change of a ticket may change of what its clock goes by. */
export interface TimedFacts {
  status: TicketStatus;
  priority: TicketPriority;
  slaId: string | null;
  slaPinned: boolean;
  firstRespondedAt: Date | null;
  awaitingSince: Date | null;
  waits: number;
  resolvedAt: Date | null;
}

/** For the `returning` of the statement that changes a ticket: nothing is read twice. */
export const TIMED_FACTS = sql.raw(`status, priority, sla_id as "slaId", sla_pinned as "slaPinned",
  first_responded_at as "firstRespondedAt", awaiting_since as "awaitingSince", waits, resolved_at as "resolvedAt"`);

export interface ClockRow extends TimedFacts {
  generation: number;
  openedAt: Date;
  lookAt: Date | null;
  shown: Shown;
  periods: PeriodRow[];
  /** Of every policy that it fell under, up to the newest. */
  versions: VersionRow[];
  told: string[];
}

export interface LoadedClock {
  readonly row: ClockRow;
  readonly facts: SlaFacts;
  readonly told: ReadonlySet<string>;
}

/** Milliseconds since 1970, exact: business time has no finer grain. */
const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::bigint`);

/** @throws AppError not_found. */
export async function readClock(ctx: Ctx, id: string): Promise<ClockRow> {
  const { rows } = await sql<ClockRow>`
    select t.status, t.priority, t.sla_id as "slaId", t.sla_pinned as "slaPinned", t.generation,
           t.opened_at as "openedAt", t.first_responded_at as "firstRespondedAt", t.awaiting_since as "awaitingSince",
           t.waits, t.resolved_at as "resolvedAt", t.sla_look_at as "lookAt",
           jsonb_build_object('first', ${ms('t.first_response_due_at')}, 'next', ${ms('t.next_response_due_at')},
             'resolution', ${ms('t.resolution_due_at')}, 'state', t.sla_state) as shown,
           coalesce((select jsonb_agg(jsonb_build_object('from', ${ms('p.from_at')}, 'status', p.status,
                       'priority', p.priority, 'slaId', p.sla_id, 'slaNumber', p.sla_number) order by p.ordinal)
                     from ticket_sla_periods p
                     where p.organization_id = t.organization_id and p.ticket_id = t.id), '[]') as periods,
           coalesce((select jsonb_agg(jsonb_build_object('slaId', v.sla_id, 'number', v.number,
                       'effectiveAt', ${ms('v.effective_at')}, 'terms', jsonb_build_object('targets', v.targets,
                         'calendar', v.calendar, 'warnAtPercent', v.warn_at_percent,
                         'warnBeforeMinutes', v.warn_before_minutes, 'escalations', v.escalations)) order by v.number)
                     from sla_versions v
                     where v.organization_id = t.organization_id
                       and (v.sla_id = t.sla_id or v.sla_id in (select p.sla_id from ticket_sla_periods p
                            where p.organization_id = t.organization_id and p.ticket_id = t.id))), '[]') as versions,
           array(select e.metric || ':' || e.wait || ':' || e.kind || ':' || e.step from ticket_sla_events e
                 where e.organization_id = t.organization_id and e.ticket_id = t.id) as told
    from tickets t
    where t.organization_id = ${ctx.organizationId} and t.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The ticket');
  return rows[0];
}

export const termsOf = ({ versions }: ClockRow, slaId: string | null, number: number | null): SlaTerms | null =>
  versions.find((one) => one.slaId === slaId && one.number === number)?.terms ?? null;

export function factsOf(row: ClockRow): SlaFacts {
  const time = (at: Date | null) => at?.getTime() ?? null;
  return {
    periods: row.periods.map(
      (period): SlaPeriod => ({
        from: Number(period.from),
        status: period.status,
        priority: period.priority,
        terms: termsOf(row, period.slaId, period.slaNumber),
      }),
    ),
    firstRespondedAt: time(row.firstRespondedAt),
    awaitingSince: time(row.awaitingSince),
    waits: row.waits,
    resolvedAt: time(row.resolvedAt),
  };
}
