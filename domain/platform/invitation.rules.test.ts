import { describe, expect, it } from 'vitest';
import { type InvitationFacts, nextStep, reminderAt } from './invitation.rules.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 5, 1) + hours * 3_600_000);
const pending: InvitationFacts = { status: 'pending', sentAt: at(0), expiresAt: at(72), reminded: false };

describe('an invitation', () => {
  it('is reminded of a day before its end, a short one at half of its life', () => {
    expect(reminderAt(at(0), at(72))).toEqual(at(48));
    expect(reminderAt(at(0), at(10))).toEqual(at(5));
  });

  it.each([
    ['waits for its reminder', {}, 1, { kind: 'wait', until: at(48) }],
    ['is reminded of', {}, 48, { kind: 'remind' }],
    ['waits for its end after that', { reminded: true }, 49, { kind: 'wait', until: at(72) }],
    ['expires to the second', { reminded: true }, 72, { kind: 'expire' }],
    ['expires without a reminder when nobody was there to send one', {}, 80, { kind: 'expire' }],
    ['ends once it is decided', { status: 'accepted' as const }, 1, { kind: 'end' }],
  ])('%s', (_, change, hours, step) => {
    expect(nextStep({ ...pending, ...change }, at(hours))).toEqual(step);
  });
});
