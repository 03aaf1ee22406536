import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import {
  clocksOf,
  noticeKey,
  noticesOf,
  type SlaClock,
  type SlaFacts,
  type SlaMetric,
  type SlaNotice,
  type SlaPeriod,
  type SlaState,
  type SlaTerms,
  slaStateOf,
} from '../../../domain/service/sla.rules.ts';
import { REOPEN_WINDOW_SECONDS, type TicketPriority, type TicketStatus } from '../../../domain/service/ticket.rules.ts';
import { signalProcess } from '../../core/commands.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { ticketSlaBreached, ticketSlaEscalated, ticketSlaWarning } from '../events.ts';
import { matchPolicy } from './match-policy.ts';

/** Why a period began. */
export type SlaCause = 'created' | 'status' | 'priority' | 'policy' | 'assigned' | 'replied' | 'merged';

interface PeriodRow {
  from: number;
  status: TicketStatus;
  priority: TicketPriority;
  slaId: string | null;
  slaNumber: number | null;
}

interface VersionRow {
  slaId: string;
  number: number;
  effectiveAt: number;
  terms: SlaTerms;
}

/** What lists show of the clocks. */
interface Shown {
  first: number | null;
  next: number | null;
  resolution: number | null;
  state: SlaState;
}

interface ClockRow {
  status: TicketStatus;
  priority: TicketPriority;
  slaId: string | null;
  slaPinned: boolean;
  generation: number;
  openedAt: Date;
  firstRespondedAt: Date | null;
  awaitingSince: Date | null;
  waits: number;
  resolvedAt: Date | null;
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

async function readClock(ctx: Ctx, id: string): Promise<ClockRow> {
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

const termsOf = ({ versions }: ClockRow, slaId: string | null, number: number | null): SlaTerms | null =>
  versions.find((one) => one.slaId === slaId && one.number === number)?.terms ?? null;

function factsOf(row: ClockRow): SlaFacts {
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

/** For reading alone: what the clocks say, without telling anybody. @throws AppError not_found. */
export async function loadClock(ctx: Ctx, id: string): Promise<LoadedClock> {
  const row = await readClock(ctx, id);
  return { row, facts: factsOf(row), told: new Set(row.told) };
}

/**
 * Tells what is due by now, and with a cause takes the ticket as it is now into its clock. Whoever changes a ticket calls
 * it before (what was due under the old facts is told, however late the worker is) and afterwards, with the cause.
 * The caller holds the ticket's row.
 */
export async function advanceClock(ctx: Ctx, id: string, cause?: SlaCause): Promise<void> {
  const row = await readClock(ctx, id);
  const told = new Set(row.told);
  if (row.periods.length > 0) await applyVersions(ctx, id, row, told);
  if (cause !== undefined) await beginPeriod(ctx, id, row, cause);
  await tellDue(ctx, id, row, told, ctx.now.getTime());
  await writeClock(ctx, id, row, told, cause === 'created');
}

/** A policy that was changed meanwhile counts from that moment on, whenever its tickets are looked at. */
async function applyVersions(ctx: Ctx, id: string, row: ClockRow, told: Set<string>): Promise<void> {
  const last = row.periods.at(-1)!;
  const newer = row.versions.filter(
    ({ slaId, number }) => slaId === last.slaId && last.slaNumber !== null && number > last.slaNumber,
  );
  for (const { number, effectiveAt } of newer) {
    const at = Math.max(Number(effectiveAt), Number(row.periods.at(-1)!.from));
    await tellDue(ctx, id, row, told, at);
    await addPeriod(ctx, id, row, { ...row.periods.at(-1)!, from: at, slaNumber: number }, 'policy');
  }
}

async function beginPeriod(ctx: Ctx, id: string, row: ClockRow, cause: SlaCause): Promise<void> {
  const policy = await matchPolicy(ctx, { id, slaId: row.slaId, slaPinned: row.slaPinned });
  if (policy.slaId !== row.slaId) {
    await ctx.tx
      .updateTable('tickets')
      .set({ sla_id: policy.slaId })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    row.slaId = policy.slaId;
  }
  if (policy.version && termsOf(row, policy.slaId, policy.version.number) === null) row.versions.push(policy.version);
  const next: PeriodRow = {
    from: row.periods.length === 0 ? row.openedAt.getTime() : ctx.now.getTime(),
    status: row.status,
    priority: row.priority,
    slaId: policy.slaId,
    slaNumber: policy.version?.number ?? null,
  };
  const last = row.periods.at(-1);
  const same = (['status', 'priority', 'slaId', 'slaNumber'] as const).every((field) => last?.[field] === next[field]);
  if (!same) await addPeriod(ctx, id, row, next, cause);
}

async function addPeriod(ctx: Ctx, id: string, row: ClockRow, period: PeriodRow, cause: SlaCause): Promise<void> {
  await ctx.tx
    .insertInto('ticket_sla_periods')
    .values({
      ticket_id: id,
      ordinal: row.periods.length + 1,
      from_at: new Date(Number(period.from)),
      status: period.status,
      priority: period.priority,
      sla_id: period.slaId,
      sla_number: period.slaNumber,
      cause,
    })
    .execute();
  row.periods.push(period);
}

const BREACHED_AT = {
  first_response: 'first_response_breached_at',
  next_response: 'next_response_breached_at',
  resolution: 'resolution_breached_at',
} as const satisfies Record<SlaMetric, string>;

async function tellDue(ctx: Ctx, id: string, row: ClockRow, told: Set<string>, at: number): Promise<void> {
  if (row.periods.length === 0) return;
  for (const notice of noticesOf(factsOf(row), told, at).due) {
    await ctx.tx
      .insertInto('ticket_sla_events')
      .values({
        ticket_id: id,
        metric: notice.metric,
        wait: notice.wait,
        kind: notice.kind,
        step: notice.step,
        due_at: new Date(notice.at),
        sla_id: row.periods.at(-1)!.slaId,
      })
      .execute();
    told.add(noticeKey(notice));
    if (notice.kind === 'breach') {
      await ctx.tx
        .updateTable('tickets')
        .set({ [BREACHED_AT[notice.metric]]: new Date(notice.at) })
        .where('organization_id', '=', ctx.organizationId)
        .where('id', '=', id)
        .execute();
    }
    await tell(ctx, id, notice);
  }
}

async function tell(ctx: Ctx, id: string, { metric, kind, step, at }: SlaNotice): Promise<void> {
  const data = { id, metric, dueAt: new Date(at).toISOString() };
  if (kind === 'escalation') await emit(ctx, ticketSlaEscalated, { entityId: id, data: { ...data, step } });
  else await emit(ctx, kind === 'breach' ? ticketSlaBreached : ticketSlaWarning, { entityId: id, data });
}

/** Keeps what lists show, and wakes the process when it would look at another time than it thinks. */
async function writeClock(
  ctx: Ctx,
  id: string,
  row: ClockRow,
  told: ReadonlySet<string>,
  starts: boolean,
): Promise<void> {
  const now = ctx.now.getTime();
  const facts = factsOf(row);
  const clocks = clocksOf(facts, now);
  const lookAt = lookAgainAt(row, noticesOf(facts, told, now).nextAt);
  const dueAt = (metric: SlaMetric) => clocks.find((clock) => clock.metric === metric)?.dueAt ?? null;
  const shown: Shown = {
    first: dueAt('first_response'),
    next: dueAt('next_response'),
    resolution: dueAt('resolution'),
    state: slaStateOf(clocks, told),
  };
  const isAsBefore = (Object.keys(shown) as (keyof Shown)[]).every((key) => shown[key] === row.shown[key]);
  // Most looks find all as it was; writing that down again would be the dearest part of them.
  if (isAsBefore && lookAt?.getTime() === row.lookAt?.getTime()) return;
  await ctx.tx
    .updateTable('tickets')
    .set({
      first_response_due_at: toDate(shown.first),
      next_response_due_at: toDate(shown.next),
      resolution_due_at: toDate(shown.resolution),
      sla_state: shown.state,
      sla_look_at: lookAt,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  if (!starts && lookAt?.getTime() !== row.lookAt?.getTime()) {
    await signalProcess(ctx, 'ticketSla', { entityId: id, generation: row.generation }, 'ticketChanged');
  }
}

/** A resolved ticket is looked at once more, to be closed; a closed one never again. */
function lookAgainAt(row: ClockRow, nextAt: number | null): Date | null {
  if (row.status === 'closed') return null;
  if (row.status === 'resolved' && row.resolvedAt) {
    return new Date(row.resolvedAt.getTime() + REOPEN_WINDOW_SECONDS * 1000);
  }
  return toDate(nextAt);
}

const toDate = (at: number | null): Date | null => (at === null ? null : new Date(at));

export const clocksAt = ({ facts }: LoadedClock, now: Date): SlaClock[] => clocksOf(facts, now.getTime());
