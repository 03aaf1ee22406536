import type { BusinessCalendar } from '../../domain/core/business-calendar.rules.ts';
import type { SlaFacts, SlaPeriod, SlaTerms } from '../../domain/service/sla.rules.ts';

export const MINUTE = 60_000;
/** 5 January 2026 is a Monday. */
export const at = (time: string, day = '2026-01-05') => Date.parse(`${day}T${time}Z`);
const hours = [{ start: '09:00', end: '17:00' }];
export const OFFICE: BusinessCalendar = {
  timezone: 'UTC',
  days: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours },
  holidays: ['2026-01-06'],
};
export const TERMS: SlaTerms = {
  targets: {
    normal: { firstResponseMinutes: 60, nextResponseMinutes: 30, resolutionMinutes: 480 },
    high: { firstResponseMinutes: 20, resolutionMinutes: 100 },
    low: { resolutionMinutes: 960 },
  },
  calendar: null,
  warnAtPercent: 80,
  warnBeforeMinutes: null,
  escalations: [],
};
export const period = (from: number, more: Partial<SlaPeriod> = {}): SlaPeriod => ({
  from,
  status: 'open',
  priority: 'normal',
  terms: TERMS,
  ...more,
});
export const facts = (more: Partial<SlaFacts> = {}): SlaFacts => ({
  periods: [period(at('09:00'))],
  firstRespondedAt: null,
  awaitingSince: null,
  waits: 0,
  resolvedAt: null,
  ...more,
});
