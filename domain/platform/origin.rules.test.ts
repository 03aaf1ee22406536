import { describe, expect, it } from 'vitest';
import { normalizeOrigin } from './origin.rules.ts';

describe('the origin of a page', () => {
  it('is written as browsers send it', () => {
    expect(normalizeOrigin('https://shop.example')).toBe('https://shop.example');
    expect(normalizeOrigin('HTTPS://Shop.Example:443/')).toBe('https://shop.example');
    expect(normalizeOrigin('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080');
    expect(normalizeOrigin('https://bücher.example')).toBe('https://xn--bcher-kva.example');
  });

  it('is nothing more and nothing less than scheme, host and port', () => {
    const wrong = [
      'shop.example',
      '*',
      'null',
      'https://*.shop.example',
      'https://shop.example/cart',
      'https://shop.example/?',
      'https://a@shop.example',
      'ftp://shop.example',
      'javascript:alert(1)',
      'https://',
    ];
    for (const text of wrong) expect([text, normalizeOrigin(text)]).toEqual([text, null]);
  });
});
