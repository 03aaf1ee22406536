import { describe, expect, it } from 'vitest';
import { normalizeIdentifier } from './identifier.rules.ts';

const normalized = (type: string, raw: string, region = 'US') => {
  const result = normalizeIdentifier(type, raw, region);
  return result.ok ? result.identifier.value : null;
};

describe('a customer identifier', () => {
  it.each([
    ['email', ' Anna.Berg@Example.COM ', 'anna.berg@example.com'],
    ['email', 'a.b+c@example.com', 'a.b+c@example.com'],
    ['phone', '+1 (415) 555-2671', '+14155552671'],
    ['phone', '+1234567890', '+1234567890'],
    ['Cookie', ' Xy-1 ', 'Xy-1'],
    ['loyalty', ' 77 ', '77'],
  ])('%s "%s" is stored as "%s"', (type, raw, value) => {
    expect(normalized(type, raw)).toBe(value);
  });

  it('reads a national number with the region of the organization', () => {
    expect(normalized('phone', '030 901820', 'DE')).toBe('+4930901820');
    expect(normalized('phone', '(415) 555-2671', 'US')).toBe('+14155552671');
  });

  it.each([
    ['email', 'not an address'],
    ['email', 'a@b'],
    ['phone', 'call me'],
    ['phone', '+12'],
    ['phone', '9'.repeat(50)],
    ['external_id', '   '],
  ])('refuses %s "%s"', (type, raw) => {
    expect(normalized(type, raw)).toBeNull();
  });
});
