import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyLimit, judgeSender, warmupCap, warmupEnds } from './sender.rules.ts';
import { isVerified, judgeDomain } from './sending-domain.rules.ts';

const ramp = { startedOn: '2026-02-27', start: 20, increment: 10, target: 75 };

describe('the ramp of a sender', () => {
  it('grows day by day over the end of a month, and stops at its target', () => {
    const days = ['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-05', '2027-01-01'];
    expect(days.map((day) => warmupCap(ramp, day))).toEqual([20, 20, 30, 40, 75, 75]);
    expect(warmupEnds(ramp)).toBe('2026-03-05');
    expect(warmupEnds({ ...ramp, increment: 0 })).toBeNull();
    expect(warmupEnds({ ...ramp, increment: 0, start: 75 })).toBe('2026-02-27');
    expect(warmupEnds({ ...ramp, start: 90 })).toBe('2026-02-27');
  });

  it('never falls, and with the cap of the sender the lower one holds', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(50), fc.nat(2_000), fc.nat(400), (start, increment, target, offset) => {
        const warmup = { startedOn: '2026-01-01', start: start + 1, increment, target: target + 1 };
        const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
        expect(warmupCap(warmup, day(offset + 1))).toBeGreaterThanOrEqual(warmupCap(warmup, day(offset)));
        expect(dailyLimit({ dailyCap: 5, warmup }, day(offset))).toBeLessThanOrEqual(5);
      }),
    );
    expect(dailyLimit({ dailyCap: null, warmup: null }, '2026-01-01')).toBeNull();
  });
});

describe('the health of a sender', () => {
  it('says nothing of few messages, warns, and makes the sender rest', () => {
    const of = (accepted: number, hardBounces: number, complaints = 0) =>
      judgeSender({ accepted, delivered: accepted - hardBounces, hardBounces, complaints });
    expect(of(10, 9)).toMatchObject({ health: 'good', trips: null, bounceRate: 0.9 });
    expect(of(100, 3)).toMatchObject({ health: 'good', trips: null });
    expect(of(100, 4)).toMatchObject({ health: 'warning', trips: null });
    expect(of(50, 4).trips).toBe('BOUNCE_RATE');
    expect(of(499, 0, 10)).toMatchObject({ health: 'good', trips: null });
    expect(of(500, 0, 2).trips).toBe('COMPLAINT_RATE');
    expect(of(1_001, 0, 1).health).toBe('good');
    expect(of(100, 8)).toMatchObject({ health: 'bad', trips: 'BOUNCE_RATE' });
    expect(of(1_000, 0, 1)).toMatchObject({ health: 'warning' });
    expect(of(1_000, 0, 3)).toMatchObject({ health: 'bad', trips: 'COMPLAINT_RATE' });
    expect(of(0, 0)).toMatchObject({ bounceRate: null, complaintRate: null });
  });
});

describe('a sending domain', () => {
  const good = {
    root: ['google-site-verification=x', 'v=spf1 include:sendgrid.net ~all'],
    dkim: { s1: ['v=DKIM1; k=rsa; p=MIGfMA0'], s2: [] },
    dmarc: ['v=DMARC1; p=quarantine; rua=mailto:d@acme.example'],
  };
  it('is verified by all three records together', () => {
    expect(judgeDomain(good)).toEqual({ spf: 'pass', dkim: 'pass', dmarc: 'pass', findings: [] });
    expect(isVerified(judgeDomain(good))).toBe(true);
  });

  it.each([
    ['no SPF', { root: ['other'] }, { spf: 'missing' }],
    ['two SPF records', { root: ['v=spf1 ~all', 'v=spf1 -all'] }, { spf: 'fail' }],
    ['SPF for everybody', { root: ['v=spf1 +all'] }, { spf: 'fail' }],
    ['SPF without an end', { root: ['v=spf1 mx'] }, { spf: 'fail' }],
    ['too many look-ups', { root: [`v=spf1 ${'include:a.example '.repeat(11)}-all`] }, { spf: 'fail' }],
    ['no key', { dkim: { s1: [], s2: [] } }, { dkim: 'missing' }],
    ['a withdrawn key', { dkim: { s1: ['v=DKIM1; p='] } }, { dkim: 'fail' }],
    ['no DMARC', { dmarc: [] }, { dmarc: 'missing' }],
    ['DMARC without a policy', { dmarc: ['v=DMARC1;'] }, { dmarc: 'fail' }],
    [
      'silent name servers',
      { root: null, dmarc: null, dkim: { s1: null } },
      { spf: 'unknown', dkim: 'unknown', dmarc: 'unknown' },
    ],
  ])('is not verified with %s, and says what to do', (_, change, expected) => {
    const report = judgeDomain({ ...good, ...change });
    expect(report).toMatchObject(expected);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(isVerified(report)).toBe(false);
  });
});
