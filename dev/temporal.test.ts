import { describe, expect, it } from 'vitest';
import { serverArguments } from './temporal.ts';

const options = { namespace: 'revloop', searchAttributes: { OrganizationId: 'Keyword', Progress: 'Int' } };
const valuesOf = (args: string[], flag: string) => args.flatMap((arg, i) => (args[i - 1] === flag ? [arg] : []));

describe('the command line of the Temporal server', () => {
  it('keeps its history safe in a file, without giving up durability', () => {
    const args = serverArguments({ ...options, dbFile: '/data/t.db' }, { port: 7233, uiPort: 8233, metricsPort: 7234 });
    expect(valuesOf(args, '--db-filename')).toEqual(['/data/t.db']);
    expect(valuesOf(args, '--sqlite-pragma')).toEqual(['journal_mode=WAL', 'synchronous=NORMAL']);
    expect(valuesOf(args, '--search-attribute')).toEqual(['OrganizationId=Keyword', 'Progress=Int']);
    expect(valuesOf(args, '--ip')).toEqual(['127.0.0.1']);
  });

  it('has fairness on from the first boot, or tasks queued under the other setting are lost', () => {
    const args = serverArguments(options, { port: 1, metricsPort: 2 });
    expect(valuesOf(args, '--dynamic-config-value')).toEqual(
      expect.arrayContaining(['matching.useNewMatcher=true', 'matching.enableFairness=true']),
    );
    expect(args).toContain('--headless');
  });
});
