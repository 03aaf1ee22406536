import { describe, expect, it } from 'vitest';
import { pageOf } from './page.rules.ts';

describe('the page of a view', () => {
  it.each([
    [
      { url: 'https://shop.example/pricing?utm_source=mail&utm_campaign=spring&q=1#top' },
      '/pricing',
      { source: 'mail', campaign: 'spring' },
    ],
    [{ url: '/pricing?x=1' }, '/pricing', null],
    [{ page: '/docs/start' }, '/docs/start', null],
    [{ page: 'pricing' }, '/pricing', null],
    [{ page: 'javascript:alert(1)' }, '/javascript:alert(1)', null],
    [{ url: 'https://shop.example' }, '/', null],
  ])('of %j is %s', (given, path, utm) => {
    expect(pageOf(given)).toMatchObject({ path, utm });
  });
});
