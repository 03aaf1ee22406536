import { describe, expect, it } from 'vitest';
import { judgeAutonomy } from './bdr.rules.ts';
import { channelOf } from './channel.rules.ts';
import { nextTiming, slotOf } from './timing.rules.ts';

const calm = { decided: 40, edited: 1, rejected: 0, sent: 400, bounced: 0, complained: 0, optedOut: 0 };

describe('trust in the agent', () => {
  it('rises by a step when drafts are left as they are, and falls by a step for each kind of trouble, saying which', () => {
    expect(judgeAutonomy('approve_all', calm)?.level).toBe('approve_exceptions');
    expect(judgeAutonomy('autonomous', calm)).toBeNull();
    expect(judgeAutonomy('autonomous', { ...calm, bounced: 24 })?.reason).toContain('bounced');
    expect(judgeAutonomy('autonomous', { ...calm, complained: 2 })).toEqual({
      level: 'approve_exceptions',
      reason: '0.5 % of the readers complained of spam',
    });
    expect(judgeAutonomy('autonomous', { ...calm, rejected: 13 })?.reason).toContain('rejected');
    expect(judgeAutonomy('approve_exceptions', { ...calm, edited: 30 })).toBeNull();
    expect(judgeAutonomy('draft_only', calm)).toBeNull();
  });
});

describe('channels', () => {
  it('take turns among those that lead somewhere, and an answer goes by mail', () => {
    const reach = { email: 'a@x.example', linkedin: null, phone: '+1' };
    const at = (touches: number) => channelOf(['linkedin', 'phone', 'email'], reach, { touches, isReply: false });
    expect([0, 1, 2].map(at)).toEqual(['phone', 'email', 'phone']);
    expect(channelOf(['phone'], reach, { touches: 0, isReply: true })).toBe('email');
    expect(channelOf(['linkedin'], reach, { touches: 0, isReply: false })).toBe('linkedin');
  });
});

describe('the time of a follow-up', () => {
  const hours = { timezone: 'America/New_York', startHour: 9, endHour: 17, days: [1, 2, 3, 4, 5] };
  const monday = new Date('2026-06-29T13:30:00Z');

  it('waits for enough messages to learn from, tries every part of the working day, then keeps to the one that earns answers', () => {
    expect(nextTiming(hours, [{ hour: 10, sent: 19, replied: 3 }], monday)).toBeNull();
    const begun = [{ hour: 10, sent: 20, replied: 3 }];
    expect(nextTiming(hours, begun, monday)).toMatchObject({ slot: 'early', at: monday });
    const tried = [9, 10, 13].map((hour) => ({ hour, sent: 20, replied: 1 }));
    expect(nextTiming(hours, tried, monday)).toMatchObject({
      slot: 'late_afternoon',
      at: new Date('2026-06-29T19:00:00Z'),
    });
    const told = [...tried, { hour: 16, sent: 20, replied: 12 }];
    expect(nextTiming(hours, told, new Date('2026-07-03T20:59:00Z'))).toMatchObject({
      slot: 'late_afternoon',
      replied: 12,
      at: new Date('2026-07-03T20:59:00Z'),
    });
    expect(nextTiming(hours, told, new Date('2026-07-03T21:00:00Z'))?.at).toEqual(new Date('2026-07-06T19:00:00Z'));
  });

  it('leaves out what lies outside of the working hours', () => {
    expect(
      nextTiming({ ...hours, startHour: 12, endHour: 14 }, [{ hour: 12, sent: 20, replied: 0 }], monday)?.slot,
    ).toBe('early_afternoon');
    expect([0, 9, 10, 14, 23].map(slotOf)).toEqual([
      'early',
      'early',
      'late_morning',
      'early_afternoon',
      'late_afternoon',
    ]);
  });
});
