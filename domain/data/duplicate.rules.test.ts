import { describe, expect, it } from 'vitest';
import { differsByOneSlip, duplicateScore } from './duplicate.rules.ts';

describe('two texts', () => {
  it.each([
    ['annaberg', 'annabreg', true],
    ['annaberg', 'annaber', true],
    ['annaberg', 'xannaberg', true],
    ['annaberg', 'annabarg', true],
    ['annaberg', 'annaberg', false],
    ['annaberg', 'annabrag', false],
    ['annaberg', 'annab', false],
  ])('%s and %s differ by one slip: %s', (a, b, expected) => {
    expect([differsByOneSlip(a, b), differsByOneSlip(b, a)]).toEqual([expected, expected]);
  });
});

describe('the score of a likely duplicate', () => {
  it('grows with every further reason and never with the same one twice', () => {
    expect(duplicateScore(['shared_device'])).toBe(0.4);
    expect(duplicateScore(['shared_device', 'shared_device'])).toBe(0.4);
    expect(duplicateScore(['shared_device', 'email_variant'])).toBe(0.88);
  });
});
