import { describe, expect, it } from 'vitest';
import { claimFactor, overClaim } from './claims.rules.ts';

describe('claims of advertising platforms', () => {
  it('of 80, 65 and 30 conversions over 95 real ones are 84.2 % too much', () => {
    expect(overClaim(80 + 65 + 30, 95)).toBeCloseTo(0.842, 3);
    expect(claimFactor(175, 95)).toBeCloseTo(1.842, 3);
  });

  it('are too little as well, and have no factor where nothing was real', () => {
    expect([overClaim(50, 100), claimFactor(50, 100)]).toEqual([-0.5, 0.5]);
    expect([overClaim(5, 0), claimFactor(5, 0)]).toEqual([null, null]);
  });
});
