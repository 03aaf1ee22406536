import type { Updateable } from 'kysely';
import {
  clocksOf,
  noticeKey,
  noticesOf,
  type SlaClock,
  type SlaMetric,
  type SlaNotice,
  slaStateOf,
} from '../../../domain/service/sla.rules.ts';
import { REOPEN_WINDOW_SECONDS } from '../../../domain/service/ticket.rules.ts';
import type { DB } from '../../../schema/database.gen.ts';
import { signalProcess } from '../../core/commands.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { ticketSlaBreached, ticketSlaEscalated, ticketSlaWarning } from '../events.ts';
import {
  type ClockRow,
  factsOf,
  type LoadedClock,
  type PeriodRow,
  readClock,
  type Shown,
  type TimedFacts,
  termsOf,
} from './clock-row.ts';
import { matchPolicy } from './match-policy.ts';

/** Why a period began. */
export type SlaCause = 'created' | 'status' | 'priority' | 'policy' | 'assigned' | 'replied' | 'merged';

/** For reading alone: what the clocks say, without telling anybody. @throws AppError not_found. */
export async function loadClock(ctx: Ctx, id: string): Promise<LoadedClock> {
  const row = await readClock(ctx, id);
  return { row, facts: factsOf(row), told: new Set(row.told) };
}

/** A clock in hand, of a ticket whose row the caller holds. */
export interface HeldClock {
  readonly id: string;
  readonly row: ClockRow;
  readonly told: Set<string>;
  /** For the one writing of the ticket's row at the end. */
  readonly columns: Updateable<DB['tickets']>;
  readonly starts: boolean;
}

/**
 * Before a ticket changes: tells what was due under the old facts, however late the worker is. `keepClock` ends it. The caller
 * holds the ticket's row.
 */
export async function holdClock(ctx: Ctx, id: string): Promise<HeldClock> {
  const row = await readClock(ctx, id);
  const clock = { id, row, told: new Set(row.told), columns: {}, starts: false };
  if (row.periods.length > 0) await applyVersions(ctx, clock);
  await tellDue(ctx, clock, ctx.now.getTime());
  // Which policy a ticket has may depend on what was just told of it.
  if (clock.told.size > row.told.length) await writeClock(ctx, clock);
  return clock;
}

/** After it, with what the ticket is now; nothing when its clock need not know. Answers when the process looks again. */
export async function keepClock(
  ctx: Ctx,
  clock: HeldClock,
  change?: { cause: SlaCause; facts: TimedFacts | null },
): Promise<Date | null> {
  if (change) {
    Object.assign(clock.row, change.facts);
    await beginPeriod(ctx, clock, change.cause);
    await tellDue(ctx, clock, ctx.now.getTime());
  }
  return writeClock(ctx, clock);
}

/** Of a ticket that this transaction has inserted. */
export async function startClock(
  ctx: Ctx,
  { id, openedAt, ...ticket }: Pick<TimedFacts, 'priority' | 'slaId' | 'slaPinned'> & { id: string; openedAt: Date },
): Promise<void> {
  const row: ClockRow = {
    ...ticket,
    status: 'new',
    generation: 1,
    openedAt,
    firstRespondedAt: null,
    awaitingSince: null,
    waits: 0,
    resolvedAt: null,
    lookAt: null,
    shown: { first: null, next: null, resolution: null, state: 'none' },
    periods: [],
    versions: [],
    told: [],
  };
  const clock = { id, row, told: new Set<string>(), columns: {}, starts: true };
  await keepClock(ctx, clock, { cause: 'created', facts: null });
}

/** Where the change itself was made in several places: looks at the ticket as it stands now, with the cause as `keepClock`. */
export async function advanceClock(ctx: Ctx, id: string, cause?: SlaCause): Promise<void> {
  await keepClock(ctx, await holdClock(ctx, id), cause && { cause, facts: null });
}

/** A policy that was changed meanwhile counts from that moment on, whenever its tickets are looked at. */
async function applyVersions(ctx: Ctx, clock: HeldClock): Promise<void> {
  const { row } = clock;
  const last = row.periods.at(-1)!;
  const newer = row.versions.filter(
    ({ slaId, number }) => slaId === last.slaId && last.slaNumber !== null && number > last.slaNumber,
  );
  for (const { number, effectiveAt } of newer) {
    const at = Math.max(Number(effectiveAt), Number(row.periods.at(-1)!.from));
    await tellDue(ctx, clock, at);
    await addPeriod(ctx, clock, { ...row.periods.at(-1)!, from: at, slaNumber: number }, 'policy');
  }
}

async function beginPeriod(ctx: Ctx, clock: HeldClock, cause: SlaCause): Promise<void> {
  const { id, row } = clock;
  const policy = await matchPolicy(ctx, { id, slaId: row.slaId, slaPinned: row.slaPinned });
  if (policy.slaId !== row.slaId) {
    row.slaId = policy.slaId;
    clock.columns.sla_id = policy.slaId;
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
  if (!same) await addPeriod(ctx, clock, next, cause);
}

async function addPeriod(ctx: Ctx, { id, row }: HeldClock, period: PeriodRow, cause: SlaCause): Promise<void> {
  const write = ctx.tx
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
  await letGo(ctx, write);
  row.periods.push(period);
}

const BREACHED_AT = {
  first_response: 'first_response_breached_at',
  next_response: 'next_response_breached_at',
  resolution: 'resolution_breached_at',
} as const satisfies Record<SlaMetric, string>;

async function tellDue(ctx: Ctx, { id, row, told, columns }: HeldClock, at: number): Promise<void> {
  if (row.periods.length === 0) return;
  for (const notice of noticesOf(factsOf(row), told, at).due) {
    const { metric, wait, kind, step } = notice;
    const dueAt = new Date(notice.at);
    const slaId = row.periods.at(-1)!.slaId;
    const write = ctx.tx
      .insertInto('ticket_sla_events')
      .values({ ticket_id: id, metric, wait, kind, step, due_at: dueAt, sla_id: slaId })
      .execute();
    await letGo(ctx, write);
    told.add(noticeKey(notice));
    if (kind === 'breach') columns[BREACHED_AT[metric]] = dueAt;
    await tell(ctx, id, notice);
  }
}

async function tell(ctx: Ctx, id: string, { metric, kind, step, at }: SlaNotice): Promise<void> {
  const data = { id, metric, dueAt: new Date(at).toISOString() };
  if (kind === 'escalation') await emit(ctx, ticketSlaEscalated, { entityId: id, data: { ...data, step } });
  else await emit(ctx, kind === 'breach' ? ticketSlaBreached : ticketSlaWarning, { entityId: id, data });
}

/** Keeps what lists show, and wakes the process when it would look at another time than it thinks. */
async function writeClock(ctx: Ctx, { id, row, told, columns, starts }: HeldClock): Promise<Date | null> {
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
  const looksAsBefore = lookAt?.getTime() === row.lookAt?.getTime();
  // Most looks find all as it was; writing that down again would be the dearest part of them.
  if (isAsBefore && looksAsBefore && Object.keys(columns).length === 0) return lookAt;
  const write = ctx.tx
    .updateTable('tickets')
    .set({
      ...columns,
      first_response_due_at: toDate(shown.first),
      next_response_due_at: toDate(shown.next),
      resolution_due_at: toDate(shown.resolution),
      sla_state: shown.state,
      sla_look_at: lookAt,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  await letGo(ctx, write);
  Object.assign(row, { shown, lookAt });
  if (!starts && !looksAsBefore) {
    await signalProcess(ctx, 'ticketSla', { entityId: id, generation: row.generation }, 'ticketChanged');
  }
  return lookAt;
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
