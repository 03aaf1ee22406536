import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../domain/integrations/catalogue.rules.ts';
import { mappingIssues } from '../../../domain/integrations/field-mapping.rules.ts';
import { microsToDecimal } from '../../../domain/integrations/micros.rules.ts';
import { stripeDecimal } from '../../../domain/integrations/stripe.rules.ts';
import { ADAPTERS } from '../../../providers/integrations/index.ts';
import { STREAMS } from './index.ts';

const asked = PROVIDERS.filter(({ status, auth }) => status === 'available' && auth !== 'webhook');

describe('an available integration', () => {
  it.each(asked.map((one) => [one.slug, one] as const))(
    '%s keeps every stream that the catalogue promises',
    (slug, provider) => {
      const promised = provider.streams.filter(({ told }) => !told);
      expect(Object.keys(ADAPTERS[slug]!.streams).sort()).toEqual(promised.map(({ name }) => name).sort());
      expect(Object.keys(STREAMS[slug]!).sort()).toEqual(promised.map(({ name }) => name).sort());
      for (const { name, direction } of promised) {
        const actions = ADAPTERS[slug]!.streams[name]!;
        expect([Boolean(actions.pull), Boolean(actions.push)]).toEqual([direction !== 'out', direction !== 'in']);
      }
    },
  );

  it('has default mappings that could be written by hand', () => {
    for (const streams of Object.values(STREAMS)) {
      for (const stream of Object.values(streams)) {
        if (stream.kind !== 'records') continue;
        expect(mappingIssues(stream.mappings, stream.entity.fields)).toEqual([]);
        expect(Object.keys(stream.references).every((field) => stream.entity.fields.has(field))).toBe(true);
      }
    }
  });
});

describe('an amount of a provider', () => {
  it.each([
    [1_999, 'usd', '19.99'],
    [-5, 'usd', '-0.05'],
    [500, 'jpy', '500'],
    [1_500, 'isk', '15.00'],
    [12_340, 'kwd', '12.340'],
  ] as const)('of Stripe (%i %s) is %s', (amount, currency, text) => {
    expect(stripeDecimal(amount, currency)).toBe(text);
  });

  it.each([
    ['1234567', 'USD', '1.23'],
    ['1235000', 'USD', '1.24'],
    ['4999', 'USD', '0.00'],
    ['1500000', 'JPY', '2'],
    ['9007199254740993000', 'USD', '9007199254740.99'],
  ] as const)('of Google Ads (%s micros of %s) is %s', (micros, currency, text) => {
    expect(microsToDecimal(micros, currency)).toBe(text);
  });
});
