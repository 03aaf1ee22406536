import { currencyExponent } from '../data/money.rules.ts';

/**
 * Millionths of a currency's main unit → decimal text in its own scale. Ads are priced finer than money is counted, so a
 * day's sum is rounded once, half up: 1234567, USD → "1.23". @throws RangeError for an unknown currency
 */
export function microsToDecimal(micros: string, currency: string): string {
  const places = currencyExponent(currency);
  const unit = 10n ** BigInt(6 - places);
  const minor = (BigInt(micros) + unit / 2n) / unit;
  const digits = String(minor).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
