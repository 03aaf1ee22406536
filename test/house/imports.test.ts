import { describe, expect, it } from 'vitest';
import { findViolations, reachableFrom, withoutExceptions } from './imports.ts';
import { importsOf, packageOf, readSources } from './sources.ts';

const sources = readSources();
const show = (messages: readonly string[]) => `\n\n${messages.join('\n\n')}\n`;

/** What the first violation of one made-up file says; '' when it is allowed. */
const verdict = (path: string, text: string): string => findViolations([{ path, text }])[0]?.message ?? '';

describe('imports', () => {
  it('go only where the table of test/house/import-table.ts lets them', () => {
    expect(sources.length).toBeGreaterThan(150);
    const { found, stale } = withoutExceptions(findViolations(sources));
    expect(found, show(found)).toEqual([]);
    expect(stale, 'These exceptions are not needed any more; remove them.').toEqual([]);
  });

  it('name files that exist, so that the table judges what really runs', () => {
    const paths = new Set(sources.map(({ path }) => path));
    // The files of this test hold made-up imports.
    const real = sources.filter(({ path }) => !path.startsWith('test/house/'));
    const missing = real.flatMap((source) =>
      importsOf(source)
        .filter(({ target, isPackage }) => !isPackage && target.endsWith('.ts') && !paths.has(target))
        .map(({ target }) => `${source.path} → ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it('are all read, however they are written', () => {
    // A second, cruder count; templates of made-up code in tests would mislead it.
    const real = sources.filter(({ path }) => !path.endsWith('.test.ts'));
    const unread = real.flatMap(({ path, text }) => {
      const lines =
        text.match(/^(?:import\b.*|export\b.*|\}) from ['"].*;$|^import ['"].*;$|\bimport\(\s*['"]/gm) ?? [];
      const found = importsOf({ path, text }).length;
      return lines.length === found ? [] : `${path}: ${found} of ${lines.length} imports`;
    });
    expect(unread).toEqual([]);
  });

  it('of workflows load nothing but orchestration, rules and contracts into the sandbox', () => {
    const roots = ['workflows/index.ts', 'temporal/failure-converter.ts'];
    const reached = reachableFrom(sources, roots);
    expect([...reached.keys()]).toEqual(expect.arrayContaining(roots));
    const packages = [...reached].flatMap(([file, imports]) =>
      imports.filter(({ isPackage }) => isPackage).map(({ target }) => `${file} → ${packageOf(target)}`),
    );
    const foreign = packages.filter((line) => !/ → @temporalio\/(workflow|common)$/.test(line));
    expect(foreign, 'Workflow code runs in a sandbox, bundled: it may load no other package.').toEqual([]);
  });
});

describe('the import test', () => {
  it('finds an import wherever it stands and tells types from values', () => {
    const text = [
      "import a, { b } from './a.ts';",
      "import type { C } from '../c.ts';",
      'import {',
      '  d,',
      "  type E } from './d.ts';",
      "export { f } from './f.ts';",
      "export type { G } from './g.ts';",
      "import 'node:fs';",
      "const lazy = await import('@scope/h/deep');",
      "let shape: typeof import('./i.ts');",
      "const text = 'import x from';",
    ].join('\n');
    const found = importsOf({ path: 'services/data/x.ts', text });
    expect(found.map(({ target, typeOnly }) => (typeOnly ? `type ${target}` : target))).toEqual([
      'services/data/a.ts',
      'type services/c.ts',
      'services/data/d.ts',
      'services/data/f.ts',
      'type services/data/g.ts',
      'node:fs',
      '@scope/h/deep',
      'type services/data/i.ts',
    ]);
    expect(packageOf('@scope/h/deep')).toBe('@scope/h');
  });

  it.each([
    ['services/crm/deals/x.ts', "import { Hono } from 'hono';", 'live in api/'],
    ['services/crm/deals/x.ts', "import { z } from 'zod';", '.input.ts'],
    ['services/crm/deals/x.ts', "import { Client } from '@temporalio/client';", 'startProcess'],
    ['services/crm/deals/x.ts', "import { q } from '../../../workflows/insight/attribution-run.contract.ts';", 'alone'],
    ['services/data/x.ts', "import { getRun } from '../insight/index.ts';", 'a reaction in insight'],
    ['services/insight/x.ts', "import { f } from '../marketing/index.ts';", 'may not know marketing'],
    ['services/insight/x.ts', "import { findPerson } from '../data/journey/person.query.ts';", 'entered by'],
    ['services/core/x.ts', "import { findApiKey } from '../platform/api-keys/index.ts';", 'may not know platform'],
    ['services/sales/x.ts', "import { f } from '../data/index.ts';", 'in no floor'],
    ['domain/data/x.rules.ts', "import { f } from '../insight/attribution.rules.ts';", 'may not know insight'],
    ['domain/data/x.rules.ts', "import { createHash } from 'node:crypto';", 'as a parameter'],
    ['domain/data/x.rules.ts', "import { z } from 'zod';", 'may import the packages libphonenumber-js'],
    ['schema/x.ts', "import { f } from '../domain/data/money.rules.ts';", 'types of domain alone'],
    ['activities/insight/x.activities.ts', "import { f } from '../../api/app.ts';", 'live in api/'],
    ['activities/insight/x.activities.ts', "import { sql } from 'kysely';", 'SQL lives in services/'],
    ['activities/insight/x.activities.ts', "import { f } from '../../services/data/ingestion/facts.ts';", 'entered by'],
    ['workflows/crm/x.workflow.ts', "import { f } from '../../services/data/index.ts';", 'into an activity'],
    ['workflows/crm/x.workflow.ts', "import { f } from '../../activities/core/clock.ts';", 'types of activities alone'],
    ['workflows/crm/x.workflow.ts', "import { readFile } from 'node:fs/promises';", 'into an activity'],
    ['workflows/crm/x.contract.ts', "import { z } from 'zod';", 'into an activity'],
    ['temporal/processes/crm.ts', "import { f } from '../../services/data/index.ts';", 'not services'],
    ['temporal/x.ts', "import pino from 'pino';", 'types of pino alone'],
    ['api/crm/x.routes.ts', "import { sql } from 'kysely';", 'SQL lives in services/'],
    ['api/crm/x.routes.ts', "import { c } from '../../temporal/connection.ts';", 'writes a command'],
    ['api/crm/x.routes.ts', "import { f } from '../../services/data/ingestion/facts.ts';", 'entered by'],
    ['api/crm/x.routes.ts', "import { loadConfig } from '../../config.ts';", 'Composition roots'],
    ['workers/x.ts', "import { run } from '../workflows/index.ts';", 'by path only'],
    ['api/x.ts', "import { startPostgres } from '../dev/postgres.ts';", 'the workshop'],
    ['client/x.ts', "import { readFileSync } from 'node:fs';", 'may import the packages openapi-fetch'],
    ['cli/x.ts', "import { getRun } from '../services/insight/index.ts';", 'not services'],
    ['config.ts', "import { f } from './domain/core/errors.ts';", 'config may import config'],
    ['helpers/x.ts', '', 'is in no room'],
  ])('refuses in %s: %s', (path, text, teaching) => {
    const message = verdict(path, text);
    expect(message).toContain(path);
    expect(message).toContain(teaching);
  });

  it.each([
    ['services/insight/x.ts', "import { findPerson } from '../data/index.ts';"],
    ['services/crm/x.ts', "import { findApiKey } from '../platform/api-keys/index.ts';"],
    ['services/data/x.ts', "import type { I } from '../../workflows/insight/attribution-run.contract.ts';"],
    ['workflows/crm/x.workflow.ts', "import type { A } from '../../activities/insight/attribution.activities.ts';"],
    ['domain/data/fact.input.ts', "import { z } from 'zod';"],
    ['api/crm/x.routes.ts', "import { z } from 'zod';"],
    ['api/deps.ts', "import { createClient } from '../temporal/connection.ts';"],
  ])('allows in %s: %s', (path, text) => {
    expect(verdict(path, text)).toBe('');
  });
});
