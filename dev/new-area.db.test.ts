import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './host.ts';

/** A copy of the project to write into, always in the same place: servers keep a folder per checkout. */
const copy = join(tmpdir(), `revloop-area-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}`);
const NOT_COPIED = ['node_modules', 'test-results', 'logs'];
beforeAll(() => {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  const parts = readdirSync(ROOT).filter((name) => !NOT_COPIED.includes(name) && !/^\.(git|data|cache)$/.test(name));
  for (const name of parts) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function node(...args: string[]): { status: number | null; text: string } {
  const outside = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|TINYPOOL)/.test(name));
  const env = { ...Object.fromEntries(outside), NODE_ENV: 'test', TZ: 'UTC', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, env, encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
}
const newArea = (...args: string[]) => node('dev/new-area.ts', ...args);

describe('npm run new:area', () => {
  it.each([
    [['insight/price-lists'], 'npm run new:area'],
    [['nowhere/price-lists', '--view', 'vendors.view', '--edit', 'vendors.edit'], 'There is no wing "nowhere"'],
    [['insight/price-lists', '--view', 'vendors.look', '--edit', 'vendors.edit'], 'no permission "vendors.look"'],
    [['insight/Price', '--view', 'vendors.view', '--edit', 'vendors.edit'], 'not a name in lower case'],
    [['insight/sheep', '--view', 'vendors.view', '--edit', 'vendors.edit'], '--one'],
  ])('writes nothing for %j and says what it needs', (args, message) => {
    const { status, text } = newArea(...args);
    expect([status, text]).toEqual([2, expect.stringContaining(message)]);
    expect(readdirSync(join(copy, 'api/insight')).filter((name) => /price|sheep/i.test(name))).toEqual([]);
  });

  it('writes a slice from its table to its test that is well-formed, obeys the house and works', () => {
    const made = newArea('insight/price-lists', '--view', 'vendors.view', '--edit', 'vendors.edit');
    expect(made.text).toContain('insight/price-lists is there');
    expect(made.status).toBe(0);
    expect(readFileSync(join(copy, 'openapi.json'), 'utf8')).toContain('"/v1/price-lists/{id}"');
    expect(readFileSync(join(copy, 'schema/database.gen.ts'), 'utf8')).toContain('export interface PriceLists');

    const types = node('node_modules/typescript/bin/tsc', '--noEmit');
    expect(types).toEqual({ status: 0, text: '' });
    const biome = 'node_modules/@biomejs/biome/bin/biome';
    const format = node(
      biome,
      'check',
      '--vcs-enabled=false',
      'api',
      'services',
      'schema/migrations',
      'client/index.ts',
    );
    expect(format.status, format.text).toBe(0);
    const tests = ['api/insight/price-lists', 'test/house', 'schema/schema.db'];
    const run = node('node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--project', 'db', ...tests);
    expect(run.status, run.text).toBe(0);
    expect(run.text).toMatch(/api\/insight\/price-lists\.db\.test\.ts \(4 tests\)/);
    // A second time would overwrite somebody's work.
    expect(newArea('insight/price-lists', '--view', 'vendors.view', '--edit', 'vendors.edit').text).toContain(
      'exist already',
    );
  }, 300_000);
});
