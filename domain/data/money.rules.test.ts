import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMinorUnits, MAX_AMOUNT_MINOR, toMinorUnits } from './money.rules.ts';

describe('money', () => {
  it.each([
    ['5000.00', 'USD', 500_000],
    ['5000', 'USD', 500_000],
    ['0.1', 'USD', 10],
    ['-12.34', 'EUR', -1234],
    ['100', 'JPY', 100],
    ['100.00', 'JPY', 100],
    ['1.234', 'KWD', 1234],
    ['0.00', 'USD', 0],
  ])('reads %s %s as %i minor units', (decimal, currency, minor) => {
    expect(toMinorUnits(decimal, currency)).toEqual({ ok: true, minor });
  });

  it.each([
    ['0.001', 'USD'],
    ['1.5', 'JPY'],
    ['1.2345', 'KWD'],
    ['1e3', 'USD'],
    ['', 'USD'],
    ['10000000000.01', 'USD'],
  ])('refuses %s %s', (decimal, currency) => {
    expect(toMinorUnits(decimal, currency).ok).toBe(false);
  });

  it('comes back as it went in, for every currency scale', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -MAX_AMOUNT_MINOR, max: MAX_AMOUNT_MINOR }),
        fc.constantFrom('USD', 'JPY', 'KWD', 'CLF'),
        (minor, currency) => {
          expect(toMinorUnits(fromMinorUnits(minor, currency), currency)).toEqual({ ok: true, minor });
        },
      ),
    );
  });
});
