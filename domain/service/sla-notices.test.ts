import { describe, expect, it } from 'vitest';
import { at, facts, period, TERMS } from '../../test/service/sla-facts.ts';
import { noticeKey, noticesOf } from './sla.rules.ts';

describe('what has to be told', () => {
  const told = (...keys: string[]) => new Set(keys);

  it('is a warning at its share, then the breach, each once and at its own time', () => {
    expect(noticesOf(facts(), told(), at('09:47'))).toEqual({ due: [], nextAt: at('09:48') });
    const warning = { metric: 'first_response', wait: 0, kind: 'warning', step: 0, at: at('09:48') };
    expect(noticesOf(facts(), told(), at('09:48'))).toEqual({ due: [warning], nextAt: at('10:00') });
    const once = told('first_response:0:warning:0');
    expect(noticesOf(facts(), once, at('09:50'))).toEqual({ due: [], nextAt: at('10:00') });
    const breach = { ...warning, kind: 'breach', at: at('10:00') };
    expect(noticesOf(facts(), once, at('10:30'))).toEqual({ due: [breach], nextAt: at('15:24') });
    expect(noticesOf(facts(), told(), at('10:30')).due).toEqual([warning, breach]);
    expect(noticeKey({ metric: 'resolution', wait: 2, kind: 'escalation', step: 3 })).toBe('resolution:2:escalation:3');
  });

  it('may be a number of minutes before, from the beginning at the earliest', () => {
    const terms = { ...TERMS, warnBeforeMinutes: 15 };
    const of = (warnBeforeMinutes: number) =>
      noticesOf(
        facts({ periods: [period(at('09:00'), { terms: { ...terms, warnBeforeMinutes } })] }),
        told(),
        at('09:00'),
      );
    expect(of(15)).toEqual({ due: [], nextAt: at('09:45') });
    expect(of(61).due).toEqual([{ metric: 'first_response', wait: 0, kind: 'warning', step: 0, at: at('09:00') }]);
  });

  it('goes up the steps after the breach, counted from one', () => {
    const escalations = [
      { afterMinutes: 10, userIds: ['a'] },
      { afterMinutes: 30, userIds: ['b'] },
    ];
    const late = facts({ periods: [period(at('09:00'), { terms: { ...TERMS, escalations } })] });
    const { due, nextAt } = noticesOf(
      late,
      told('first_response:0:warning:0', 'first_response:0:breach:0'),
      at('10:20'),
    );
    expect(due).toEqual([{ metric: 'first_response', wait: 0, kind: 'escalation', step: 1, at: at('10:10') }]);
    expect(nextAt).toBe(at('10:30'));
  });

  it('is dated by the change that made it true', () => {
    const raised = facts({ periods: [period(at('09:00')), period(at('09:30'), { priority: 'high' })] });
    expect(noticesOf(raised, told(), at('09:31')).due.map(({ kind, at: when }) => [kind, when])).toEqual([
      ['warning', at('09:30')],
      ['breach', at('09:30')],
    ]);
  });

  it('is in the order of time over all clocks', () => {
    const raised = facts({ periods: [period(at('09:00'), { priority: 'high' })] });
    const { due } = noticesOf(raised, told(), at('13:00'));
    expect(due.map(({ metric, kind }) => `${metric} ${kind}`)).toEqual([
      'first_response warning',
      'first_response breach',
      'resolution warning',
      'resolution breach',
    ]);
    const answeredLate = facts({
      periods: [period(at('09:00'))],
      firstRespondedAt: at('09:10'),
      awaitingSince: at('16:50'),
      waits: 1,
    });
    const order = noticesOf(answeredLate, told(), at('17:30')).due;
    expect(order.map(({ at: when }) => when)).toEqual(order.map(({ at: when }) => when).sort((a, b) => a - b));
    expect(order.map(({ metric }) => metric)).toEqual(['resolution', 'resolution', 'next_response', 'next_response']);
  });

  it('is nothing once it is met, over, or waits for the customer', () => {
    const none = { due: [], nextAt: null };
    expect(noticesOf(facts({ firstRespondedAt: at('09:05'), resolvedAt: at('09:05') }), told(), at('20:00'))).toEqual(
      none,
    );
    const over = [period(at('09:00')), period(at('12:00'), { status: 'resolved' })];
    expect(noticesOf(facts({ periods: over }), told(), at('20:00'))).toEqual(none);
    const waits = [period(at('09:00')), period(at('09:10'), { status: 'pending' })];
    expect(noticesOf(facts({ periods: waits }), told(), at('20:00'))).toEqual(none);
  });
});
