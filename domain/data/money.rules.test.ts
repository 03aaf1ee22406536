import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currencyExponent,
  fromMinorUnits,
  isCurrency,
  MAX_AMOUNT_MINOR,
  toMinorUnits,
  UNUSUAL_CURRENCIES,
} from './money.rules.ts';

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

  it('says why it refuses an amount', () => {
    const reason = (decimal: string, currency: string) => {
      const read = toMinorUnits(decimal, currency);
      return read.ok ? null : read.reason;
    };
    expect(reason('0.001', 'USD')).toBe('is too precise: USD has 2 decimal places');
    expect(reason('a1', 'USD')).toBe('must be a decimal number such as 5000.00');
    expect(reason('1a', 'USD')).toBe('must be a decimal number such as 5000.00');
    expect(reason('10000000000.01', 'USD')).toBe('is larger than this product can account for');
    expect(reason('-10000000000.01', 'USD')).toBe('is larger than this product can account for');
    expect(reason('10000000000.00', 'USD')).toBeNull();
  });

  it('has no negative nothing', () => {
    expect(Object.is((toMinorUnits('-0.00', 'USD') as { minor: number }).minor, 0)).toBe(true);
  });

  it.each([
    [500_000, 'USD', '5000.00'],
    [-5, 'USD', '-0.05'],
    [0, 'JPY', '0'],
    [-100, 'JPY', '-100'],
    [1, 'BHD', '0.001'],
    [12_345, 'CLF', '1.2345'],
  ])('shows %i of %s as %s', (minor, currency, text) => {
    expect(fromMinorUnits(minor, currency)).toBe(text);
  });

  it('knows the places of every currency of ISO 4217, and no other', () => {
    expect(['JPY', 'USD', 'KWD', 'CLF'].map(currencyExponent)).toEqual([0, 2, 3, 4]);
    expect(() => currencyExponent('XXX')).toThrow(new RangeError('unknown currency XXX'));
    expect(['USD', 'ZWG', 'AED', 'usd', '', 'IDR', 'SRD', 'MXV'].map(isCurrency)).toEqual([
      ...[true, true, true, false],
      ...[false, true, true, true],
    ]);
    expect(UNUSUAL_CURRENCIES).toHaveLength(17 + 7 + 2);
    expect(UNUSUAL_CURRENCIES).not.toContain('USD');
  });
});
