import { describe, expect, it } from 'vitest';
import { at, facts, MINUTE, OFFICE, period, TERMS } from '../../test/service/sla-facts.ts';
import {
  clocksOf,
  countedBetween,
  explain,
  reachedAt,
  type SlaClock,
  type SlaPeriod,
  slaStateOf,
} from './sla.rules.ts';

describe('the clocks of a ticket', () => {
  it('run from its beginning, each to its own target, and are late from the very instant on', () => {
    const clocks = clocksOf(facts(), at('09:59:59.999'));
    expect(clocks).toEqual([
      {
        metric: 'first_response',
        wait: 0,
        startedAt: at('09:00'),
        metAt: null,
        targetMs: 60 * MINUTE,
        countedMs: 60 * MINUTE - 1,
        dueAt: at('10:00'),
        paused: false,
        breached: false,
      },
      {
        metric: 'resolution',
        wait: 0,
        startedAt: at('09:00'),
        metAt: null,
        targetMs: 480 * MINUTE,
        countedMs: 60 * MINUTE - 1,
        dueAt: at('17:00'),
        paused: false,
        breached: false,
      },
    ]);
    expect(clocksOf(facts(), at('10:00'))[0]).toMatchObject({ countedMs: 60 * MINUTE, breached: true });
  });

  it('stop at what was promised, and are not late afterwards', () => {
    const answered = facts({ firstRespondedAt: at('09:40'), resolvedAt: at('12:00') });
    expect(
      clocksOf(answered, at('23:00')).map(({ metric, metAt, countedMs, breached }) => [
        metric,
        metAt,
        countedMs,
        breached,
      ]),
    ).toEqual([
      ['first_response', at('09:40'), 40 * MINUTE, false],
      ['resolution', at('12:00'), 180 * MINUTE, false],
    ]);
  });

  it('count a wait for the next response once there was a first one, under its own number', () => {
    const waits = { awaitingSince: at('11:00'), waits: 3 };
    expect(clocksOf(facts(waits), at('11:10')).map(({ metric }) => metric)).toEqual(['first_response', 'resolution']);
    const waiting = clocksOf(facts({ ...waits, firstRespondedAt: at('09:10') }), at('11:10'))[1];
    expect(waiting).toMatchObject({
      metric: 'next_response',
      wait: 3,
      startedAt: at('11:00'),
      dueAt: at('11:30'),
      metAt: null,
    });
    const nobody = facts({ firstRespondedAt: at('09:10'), waits: 3 });
    expect(clocksOf(nobody, at('11:10')).map(({ metric }) => metric)).toEqual(['first_response', 'resolution']);
  });

  it('rest while the ticket waits for the customer and go on where they stood', () => {
    const paused = facts({ periods: [period(at('09:00')), period(at('09:20'), { status: 'pending' })] });
    expect(clocksOf(paused, at('12:00'))[0]).toMatchObject({
      countedMs: 20 * MINUTE,
      dueAt: null,
      paused: true,
      breached: false,
    });
    const resumed = facts({ periods: [...paused.periods, period(at('12:00'))] });
    expect(clocksOf(resumed, at('12:10'))[0]).toMatchObject({
      countedMs: 30 * MINUTE,
      dueAt: at('12:40'),
      paused: false,
    });
  });

  it.each(['resolved', 'closed'] as const)('do not count while it is %s', (status) => {
    const over = [period(at('09:00')), period(at('09:30'), { status })];
    expect(countedBetween(over, at('09:00'), at('20:00'))).toBe(30 * MINUTE);
    expect(clocksOf(facts({ periods: over }), at('20:00'))[0]).toMatchObject({ paused: true, dueAt: null });
  });

  it('are those that the present policy and priority promise, and none without a promise', () => {
    const of = (more: Partial<SlaPeriod>) =>
      clocksOf(facts({ periods: [period(at('09:00')), period(at('09:10'), more)] }), at('09:15')).map(
        ({ metric, targetMs }) => [metric, targetMs / MINUTE],
      );
    expect(of({ priority: 'high' })).toEqual([
      ['first_response', 20],
      ['resolution', 100],
    ]);
    expect(of({ priority: 'low' })).toEqual([['resolution', 960]]);
    expect(of({ priority: 'urgent' })).toEqual([]);
    expect(of({ terms: null })).toEqual([]);
  });

  it('count each stretch by the hours that held then, without what had no policy', () => {
    const periods = [
      period(at('06:00')),
      period(at('07:00'), { terms: { ...TERMS, calendar: OFFICE } }),
      period(at('10:00'), { terms: null }),
      period(at('11:00')),
    ];
    expect(countedBetween(periods, at('06:00'), at('12:00'))).toBe((60 + 60 + 60) * MINUTE);
    expect(countedBetween(periods, at('06:30'), at('09:30'))).toBe((30 + 30) * MINUTE);
    expect(countedBetween(periods, at('12:00'), at('12:00'))).toBe(0);
    expect(reachedAt(periods, at('06:00'), 90 * MINUTE)).toBe(at('09:30'));
    expect(reachedAt(periods, at('06:00'), 120 * MINUTE)).toBe(at('10:00'));
    expect(reachedAt(periods, at('06:00'), 121 * MINUTE)).toBe(at('11:01'));
    expect(reachedAt([periods[0]!, period(at('07:00'), { terms: null })], at('06:00'), 61 * MINUTE)).toBeNull();
    const never = { ...TERMS, calendar: { ...OFFICE, days: {} } };
    expect(reachedAt([period(at('06:00'), { terms: never }), period(at('07:00'))], at('06:00'), MINUTE)).toBe(
      at('07:01'),
    );
    expect(reachedAt([period(at('06:00'), { terms: never })], at('06:00'), MINUTE)).toBeNull();
  });
});

describe('the state of a ticket in one word', () => {
  const clock = (more: Partial<SlaClock> = {}): SlaClock => ({
    metric: 'resolution',
    wait: 0,
    startedAt: 0,
    metAt: null,
    targetMs: 1,
    countedMs: 0,
    dueAt: 1,
    paused: false,
    breached: false,
    ...more,
  });
  it.each([
    ['none', [], []],
    ['running', [clock()], []],
    ['warned', [clock()], ['resolution:0:warning:0']],
    ['breached', [clock(), clock({ metric: 'first_response', metAt: 5 })], ['first_response:0:breach:0']],
    ['met', [clock({ metAt: 5 })], ['resolution:0:warning:0']],
    ['paused', [clock({ paused: true })], ['resolution:0:warning:0']],
    ['running', [clock({ paused: true }), clock({ metric: 'first_response' })], []],
    ['paused', [clock({ paused: true }), clock({ metric: 'first_response', metAt: 5 })], []],
    ['running', [clock(), clock({ metric: 'first_response', metAt: 5 })], ['first_response:0:warning:0']],
  ] as const)('is %s', (state, clocks, keys) => {
    expect(slaStateOf(clocks, new Set<string>(keys))).toBe(state);
  });
});

describe('the explanation of a ticket', () => {
  it('names every minute from its beginning on, without a gap', () => {
    const terms = { ...TERMS, calendar: OFFICE };
    const periods = [
      period(at('08:00'), { terms: null, status: 'new' }),
      period(at('08:30'), { terms }),
      period(at('10:00'), { terms, status: 'pending' }),
      period(at('11:00'), { terms, priority: 'high' }),
      period(at('10:00', '2026-01-07'), { terms, status: 'resolved' }),
      period(at('11:00', '2026-01-07'), { terms: null, status: 'closed' }),
    ];
    const told = explain(periods, at('12:00', '2026-01-07'));
    expect(
      told.map(({ from, until, reason }) => [
        new Date(from).toISOString().slice(8, 16),
        (until - from) / MINUTE,
        reason,
      ]),
    ).toEqual([
      ['05T08:00', 30, 'no_policy'],
      ['05T08:30', 30, 'outside_hours'],
      ['05T09:00', 60, 'counting'],
      ['05T10:00', 60, 'pending'],
      ['05T11:00', 360, 'counting'],
      ['05T17:00', 420, 'outside_hours'],
      ['06T00:00', 1440, 'holiday'],
      ['07T00:00', 540, 'outside_hours'],
      ['07T09:00', 60, 'counting'],
      ['07T10:00', 60, 'resolved'],
      ['07T11:00', 60, 'closed'],
    ]);
    for (const [index, stretch] of told.entries()) {
      if (index > 0) expect(stretch.from).toBe(told[index - 1]!.until);
      expect(stretch.counted).toBe(stretch.reason === 'counting');
    }
    expect(told[4]).toMatchObject({ status: 'open', priority: 'high' });
    const counted = told.reduce((sum, { counted: is, from, until }) => sum + (is ? until - from : 0), 0);
    expect(counted).toBe(countedBetween(periods, periods[0]!.from, at('12:00', '2026-01-07')));
  });

  it('ends with closed time where the hours do, and knows none of it around the clock', () => {
    const evening = [period(at('16:00'), { terms: { ...TERMS, calendar: OFFICE } })];
    expect(explain(evening, at('18:00')).map(({ reason }) => reason)).toEqual(['counting', 'outside_hours']);
    expect(explain(evening, at('12:00', '2026-01-06')).map(({ reason }) => reason)).toEqual([
      'counting',
      'outside_hours',
      'holiday',
    ]);
    expect(explain([period(at('16:00'))], at('23:00')).map(({ reason, until }) => [reason, until])).toEqual([
      ['counting', at('23:00')],
    ]);
  });
});
