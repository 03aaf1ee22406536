import { type BusinessTime, businessTime, WEEKDAYS } from '../core/business-calendar.rules.ts';
import { type TimeZone, zoneNamed } from '../core/time-zone.rules.ts';
import {
  type Branch,
  type CadenceSettings,
  type CadenceStep,
  DAY_MS,
  HOUR_MS,
  type StepConditions,
  spanMs,
} from './cadence.rules.ts';

/** What has become of a step that was done or passed over; times in milliseconds since 1970. */
export interface DoneStep {
  readonly stepId: string;
  readonly stepNumber: number;
  readonly at: number;
  readonly wasSkipped: boolean;
  readonly openedAt: number | null;
  readonly clickedAt: number | null;
  readonly repliedAt: number | null;
  readonly completedAt: number | null;
}

export interface PlanState {
  /** From when the delay of the next step counts. */
  readonly since: number;
  /** Steps below this number are behind: a branch has jumped over them, or they were done. */
  readonly fromNumber: number;
  readonly done: readonly DoneStep[];
}

/** Where the person's day is, and when the cadence works. */
export interface PlanCalendar {
  readonly zone: TimeZone;
  readonly open: BusinessTime;
}

export type NextMove =
  | { readonly kind: 'wait'; readonly step: CadenceStep; readonly at: number }
  | { readonly kind: 'run'; readonly step: CadenceStep }
  /** The condition passes over the step; ask again with the new number. */
  | { readonly kind: 'jump'; readonly step: CadenceStep; readonly toNumber: number }
  | { readonly kind: 'end'; readonly reason: 'completed' | 'condition' };

export function planCalendar(settings: CadenceSettings, timezone: string): PlanCalendar {
  const zone = zoneNamed(timezone);
  const hours = settings.businessHours;
  if (!hours || hours.enabled === false || !('start' in hours)) {
    const holidays = settings.holidays ?? [];
    return { zone, open: holidays.length === 0 ? businessTime(null) : allDay(timezone, holidays) };
  }
  const interval = [{ start: hours.start, end: hours.end }];
  const days = Object.fromEntries(hours.days.map((day) => [WEEKDAYS[day - 1]!, interval]));
  return { zone, open: businessTime({ timezone, days, holidays: settings.holidays ?? [] }) };
}

const allDay = (timezone: string, holidays: readonly string[]): BusinessTime =>
  businessTime({
    timezone,
    days: Object.fromEntries(WEEKDAYS.map((day) => [day, [{ start: '00:00', end: '24:00' }]])),
    holidays,
  });

/**
 * Days by the calendar on the person's wall: the same time of day, whatever clocks do in between; then hours as they pass. An
 * hour that the clocks skip is the one after it.
 */
export function delayed(since: number, { delayDays, delayHours }: CadenceStep, zone: TimeZone): number {
  if (delayDays === 0) return since + delayHours * HOUR_MS;
  const local = since + zone(since).offsetMs + delayDays * DAY_MS;
  const before = local - zone(local - DAY_MS).offsetMs;
  const after = local - zone(local + DAY_MS).offsetMs;
  const exact = [before, after].find((at) => at + zone(at).offsetMs === local);
  return (exact ?? Math.max(before, after)) + delayHours * HOUR_MS;
}

/** When a step is due: its delay after the step before, moved into the hours of the cadence. */
export function dueAt(step: CadenceStep, since: number, { zone, open }: PlanCalendar): number {
  const at = delayed(since, step, zone);
  return open.nextOpen(at) ?? at;
}

/** What comes next at this moment: the one planner of enrollments, whether they run or are rehearsed. */
export function nextMove(
  steps: readonly CadenceStep[],
  state: PlanState,
  calendar: PlanCalendar,
  now: number,
): NextMove {
  const behind = new Set(state.done.map((done) => done.stepId));
  const step = steps
    .filter(({ id, stepNumber }) => stepNumber >= state.fromNumber && !behind.has(id))
    .reduce<CadenceStep | undefined>(
      (first, one) => (first && first.stepNumber <= one.stepNumber ? first : one),
      undefined,
    );
  if (!step) return { kind: 'end', reason: 'completed' };
  const at = dueAt(step, state.since, calendar);
  if (at > now) return { kind: 'wait', step, at };
  // Its time may be long past, at an hour at which nothing is done.
  const open = calendar.open.nextOpen(now);
  if (open !== null && open > now) return { kind: 'wait', step, at: open };
  const branch = step.conditions ? branchOf(step.conditions, state.done, now) : 'run';
  if (branch === 'exit') return { kind: 'end', reason: 'condition' };
  if (branch === 'run' || branch === step.stepNumber) return { kind: 'run', step };
  return { kind: 'jump', step, toNumber: branch === 'skip' ? step.stepNumber + 1 : branch };
}

function branchOf(conditions: StepConditions, done: readonly DoneStep[], now: number): Branch {
  return isMet(conditions.if, done, now) ? conditions.then : (conditions.else ?? 'run');
}

const FIELD = { opened: 'openedAt', clicked: 'clickedAt', replied: 'repliedAt', completed: 'completedAt' } as const;

function isMet(asked: StepConditions['if'], done: readonly DoneStep[], now: number): boolean {
  const isNegated = asked.event.startsWith('not_');
  const event = (isNegated ? asked.event.slice('not_'.length) : asked.event) as keyof typeof FIELD;
  const of =
    asked.step === undefined
      ? done.filter((one) => !one.wasSkipped).at(-1)
      : done.find((one) => one.stepNumber === asked.step && !one.wasSkipped);
  const at = of?.[FIELD[event]] ?? null;
  const isTrue = of !== undefined && at !== null && at <= now && (!asked.within || at - of.at <= spanMs(asked.within));
  return isTrue !== isNegated;
}
