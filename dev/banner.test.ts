import { describe, expect, it } from 'vitest';
import { type BannerFacts, banner, tour } from './banner.ts';

const FACTS: BannerFacts = {
  apiUrl: 'http://127.0.0.1:8080',
  databaseUrl: 'postgres://127.0.0.1/revloop',
  organizationId: 'org-1',
  organizationName: 'Northwind Voice',
  apiKey: 'key-1',
  others: [{ organizationId: 'org-2', organizationName: 'Southwind Labs', apiKey: 'key-2' }],
  readySeconds: 1,
};

describe('the banner', () => {
  it('shows every demo organization with its key', () => {
    const lines = banner(FACTS).split('\n');
    const rows = lines.filter((line) => /^ {2}\S.*(?:org|key)-\d/.test(line)).map((line) => line.trim().split(/ {2,}/));
    expect(rows).toEqual([
      ['Organization', 'org-1', '(Northwind Voice)'],
      ['API key', 'key-1'],
      ['Another one', 'org-2', '(Southwind Labs)'],
      ['Its API key', 'key-2'],
    ]);
  });

  it('has lines to paste that are for the first of them, one command each', () => {
    const lines = tour(FACTS);
    expect(lines[0]).toBe('API=http://127.0.0.1:8080 KEY=key-1 ORG=org-1');
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
    expect(lines.join('\n')).not.toMatch(/org-2|key-2/);
    const quoted = lines.flatMap((line) => /-d '([^']+)'/.exec(line)?.[1] ?? []);
    expect(quoted).toHaveLength(3);
    for (const body of quoted) expect(() => JSON.parse(body)).not.toThrow();
  });
});
