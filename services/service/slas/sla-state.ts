import { explain, type SlaClock, type SlaMetric, type SlaReason } from '../../../domain/service/sla.rules.ts';
import { isOpenTicket, type TicketPriority, type TicketStatus } from '../../../domain/service/ticket.rules.ts';
import { verb } from '../../core/context.ts';
import { readTicket } from '../tickets/ticket-view.ts';
import { clocksAt, loadClock } from './ticket-clock.ts';

export interface SlaClockView {
  targetMinutes: number;
  /** Null while paused. */
  dueAt: Date | null;
  metAt: Date | null;
  breached: boolean;
  /** Of business time; negative once it is late. */
  remainingSeconds: number;
  countedSeconds: number;
}

export interface SlaStateView {
  slaId: string | null;
  paused: boolean;
  firstResponse: SlaClockView | null;
  nextResponse: SlaClockView | null;
  resolution: SlaClockView | null;
  explanation: {
    from: Date;
    to: Date;
    seconds: number;
    counted: boolean;
    reason: SlaReason;
    status: TicketStatus;
    priority: TicketPriority;
  }[];
}

/** Computed as it is read: what each minute since the beginning was for the clocks. @throws AppError not_found. */
export const readSlaState = verb(
  { permission: 'tickets.view' },
  async (ctx, { id }: { id: string }): Promise<SlaStateView> => {
    const ticket = await readTicket(ctx, id);
    const loaded = await loadClock(ctx, id);
    const clocks = clocksAt(loaded, ctx.now);
    const until = isOpenTicket(ticket.status) ? ctx.now : (ticket.resolvedAt ?? ctx.now);
    return {
      slaId: ticket.slaId,
      paused: ticket.status === 'pending',
      firstResponse: viewOf(clocks, 'first_response'),
      nextResponse: viewOf(clocks, 'next_response'),
      resolution: viewOf(clocks, 'resolution'),
      explanation: explain(loaded.facts.periods, until.getTime()).map(({ from, until: to, ...stretch }) => ({
        from: new Date(from),
        to: new Date(to),
        seconds: (to - from) / 1000,
        ...stretch,
      })),
    };
  },
);

function viewOf(clocks: readonly SlaClock[], metric: SlaMetric): SlaClockView | null {
  const clock = clocks.find((one) => one.metric === metric);
  if (!clock) return null;
  const { targetMs, countedMs, dueAt, metAt, breached } = clock;
  return {
    targetMinutes: targetMs / 60_000,
    dueAt: dueAt === null ? null : new Date(dueAt),
    metAt: metAt === null ? null : new Date(metAt),
    breached,
    remainingSeconds: Math.floor((targetMs - countedMs) / 1000),
    countedSeconds: Math.floor(countedMs / 1000),
  };
}
