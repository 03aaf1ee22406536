// npm run verify [name …]: what needs no server, in seconds. One line per check.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './host.ts';
import { runNode } from './run.ts';

interface Check {
  name: string;
  /** Arguments of Node. */
  command: string[];
  /** What to do when it fails. */
  hint: string;
}

const bin = (path: string) => join(ROOT, 'node_modules', path);
const CHECKS: Check[] = [
  { name: 'types', command: [bin('typescript/bin/tsc'), '--noEmit'], hint: 'Correct the types above.' },
  { name: 'lint', command: [bin('@biomejs/biome/bin/biome'), 'check', '.'], hint: 'Run `npm run fix`.' },
  { name: 'openapi', command: [join(ROOT, 'api/openapi.ts'), '--check'], hint: 'Run `npm run openapi` and commit it.' },
  { name: 'client', command: [join(ROOT, 'dev/client.ts'), '--check'], hint: 'Run `npm run client` and commit it.' },
  { name: 'unit', command: [bin('vitest/vitest.mjs'), 'run', '--project', 'unit'], hint: 'Correct the tests above.' },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !CHECKS.some((check) => check.name === name));
if (unknown.length > 0) {
  process.stderr.write(`Unknown check ${unknown.join(', ')}; there are ${CHECKS.map((c) => c.name).join(', ')}.\n`);
  process.exit(2);
}
const verdicts: string[] = [];
let failed = 0;
for (const { name, command, hint } of CHECKS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  if (!existsSync(command[0]!)) {
    failed++;
    verdicts.push(`  FAILED  ${name}: ${command[0]} does not exist`);
    continue;
  }
  const code = await runNode(command);
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (code !== 0) failed++;
  verdicts.push(code === 0 ? `  ok      ${name} (${time})` : `  FAILED  ${name} (${time}). ${hint}`);
}
process.stdout.write(`\n${verdicts.join('\n')}\n\n${failed === 0 ? 'Verified.' : `${failed} of the checks failed.`}\n`);
process.exitCode = failed === 0 ? 0 : 1;
