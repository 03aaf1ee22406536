import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { ROOT } from '../../dev/host.ts';

/** What is mutated, in pieces that can be run one by one; each keeps what it has found in a file of its own. */
const PIECES = {
  attribution: ['domain/insight/{attribution,claims,comparison,custom-weights,period,run-config,schedule}.rules.ts'],
  learning: ['domain/insight/{linear-algebra,markov,shapley}.rules.ts'],
  money: ['domain/data/money.rules.ts'],
  calendar: ['domain/core/{business-calendar,time-zone}.rules.ts'],
  sla: ['domain/service/{sla,ticket}.rules.ts'],
  sending: [
    'domain/outreach/{contact-decision,contact-policy,contact-zone,sender,machine}.rules.ts',
    'domain/platform/send.rules.ts',
  ],
} as const satisfies Record<string, readonly string[]>;

type Piece = keyof typeof PIECES;

const USAGE = `usage: npm run mutation -- [piece …] [--concurrency N]   pieces: ${Object.keys(PIECES).join(', ')}`;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { concurrency: { type: 'string', default: '2' } },
});
const isPiece = (name: string): name is Piece => Object.hasOwn(PIECES, name);
const pieces = positionals.length > 0 ? positionals : Object.keys(PIECES);
if (!pieces.every(isPiece) || !(Number(values.concurrency) >= 1)) {
  console.error(USAGE);
  process.exit(2);
}

const SCORED = ['Killed', 'Timeout', 'Survived', 'NoCoverage'] as const;
type Scored = Record<(typeof SCORED)[number], number>;

/** Of its file, by name; mutants that cannot be judged (they break the load, say) count for nothing. */
async function run(piece: Piece): Promise<Map<string, Scored>> {
  const mutants = await new Stryker({
    configFile: join(ROOT, 'test/mutation/stryker.config.json'),
    mutate: [...PIECES[piece]],
    incrementalFile: `.cache/mutation/${piece}.json`,
    tempDirName: `.cache/mutation/${piece}`,
    jsonReporter: { fileName: `test-results/mutation-${piece}.json` },
    concurrency: Number(values.concurrency),
  }).runMutationTest();
  const files = new Map<string, Scored>();
  for (const { fileName, status } of mutants) {
    const name = fileName.slice(ROOT.length + 1);
    const file = files.get(name) ?? { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
    if (status in file) file[status as keyof Scored] += 1;
    files.set(name, file);
  }
  return files;
}

const share = ({ Killed, Timeout, Survived, NoCoverage }: Scored) =>
  (100 * (Killed + Timeout)) / (Killed + Timeout + Survived + NoCoverage);

const lines: string[] = [];
for (const piece of pieces.filter(isPiece)) {
  const files = await run(piece);
  const sum = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
  for (const [name, file] of files) {
    for (const status of SCORED) sum[status] += file[status];
    lines.push(`  ${share(file).toFixed(1).padStart(5)} %  ${name}`);
  }
  lines.push(
    `${share(sum).toFixed(1).padStart(7)} %  ${piece}: ${SCORED.map((one) => `${one} ${sum[one]}`).join(', ')}`,
  );
}
process.stdout.write(`${lines.join('\n')}\n`);
