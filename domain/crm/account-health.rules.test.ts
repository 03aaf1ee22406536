import { describe, expect, it } from 'vitest';
import { accountHealth } from './account-health.rules.ts';

const silent = {
  daysSinceContact: null,
  touches30: 0,
  touchesBefore30: 0,
  contacts: 0,
  openDeals: 0,
  wonDeals: 0,
  lostDeals: 3,
};

describe('the health of an account', () => {
  it('is the sum of its factors, from nothing to all of them', () => {
    expect(accountHealth(silent)).toMatchObject({ score: 0, level: 'poor' });
    const lively = {
      daysSinceContact: 1,
      touches30: 9,
      touchesBefore30: 9,
      contacts: 4,
      openDeals: 1,
      wonDeals: 1,
      lostDeals: 0,
    };
    const health = accountHealth(lively);
    expect(health).toMatchObject({ score: 100, level: 'good' });
    expect(health.factors.every(({ points, of }) => points === of)).toBe(true);
  });

  it('falls with silence and with touches that become fewer', () => {
    const warm = { ...silent, daysSinceContact: 8, touches30: 2, touchesBefore30: 5, contacts: 1, openDeals: 1 };
    expect(accountHealth(warm).factors.map(({ points }) => points)).toEqual([20, 8, 10, 10]);
    expect(accountHealth({ ...warm, daysSinceContact: 91 }).score).toBe(28);
  });
});
