import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './host.ts';
import { runNode } from './run.ts';
import { summaryLine } from './test-summary.ts';

// Of this run alone: two runs in one clone must not count each other's tests.
const RESULTS = join(ROOT, 'test-results', `vitest-${process.pid}.json`);

const args = process.argv.slice(2);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`];
const code = await runNode([join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], {
  ...process.env,
  NODE_ENV: 'test',
  TZ: 'UTC',
});

function readResults() {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8'));
  } catch {
    return undefined;
  } finally {
    rmSync(RESULTS, { force: true });
  }
}
process.stdout.write(`${summaryLine(readResults(), code)}\n`);
process.exitCode = code;
