import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../dev/host.ts';
import { type Counts, FIVE, type Outcome, type Trial } from './trial.ts';

export interface Finished {
  readonly suite: string;
  readonly trial: Pick<Trial, 'id' | 'title' | 'guarantee'>;
  readonly seconds: number;
  /** What it found, or the error that ended it. */
  readonly outcome: Outcome | { readonly error: string };
}

export type Verdict = 'holds' | 'BROKEN' | 'FAILED' | 'not run';

export function verdictOf({ outcome }: Finished): Verdict {
  if ('error' in outcome) return 'FAILED';
  if (outcome.notRun !== undefined) return 'not run';
  // A trial in which nothing happened has shown nothing.
  return outcome.trials > 0 && Object.values(outcome.counts).every((count) => count === 0) ? 'holds' : 'BROKEN';
}

const HEAD = ['trial', 'title', 'units', ...FIVE, 'others that must be 0', 'seconds', 'verdict'];

/** One line per trial, the five counts of all of them in columns, notes below. */
export function table(finished: readonly Finished[]): string {
  const rows = finished.map((one) => {
    const { outcome, trial } = one;
    const counts: Counts = 'error' in outcome ? {} : outcome.counts;
    const others = Object.entries(counts).filter(([name]) => !(FIVE as readonly string[]).includes(name));
    return [
      trial.id,
      trial.title,
      'error' in outcome ? '–' : String(outcome.trials),
      ...FIVE.map((name) => String(counts[name] ?? '–')),
      others.map(([name, count]) => `${name} ${count}`).join(', '),
      one.seconds.toFixed(0),
      verdictOf(one),
    ];
  });
  const widths = HEAD.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [
    line(HEAD),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...rows.map(line),
    ...notesOf(finished),
  ].join('\n');
}

function notesOf(finished: readonly Finished[]): string[] {
  return finished.flatMap(({ trial, outcome }) => {
    if ('error' in outcome) return [`${trial.id}: ${outcome.error}`];
    if (outcome.notRun !== undefined) return [`${trial.id}: not run: ${outcome.notRun}`];
    const notes = Object.entries(outcome.notes ?? {}).map(([name, value]) => `${name} ${value}`);
    return notes.length > 0 ? [`${trial.id}: ${notes.join(', ')}`] : [];
  });
}

export function writeReport(name: string, facts: Record<string, unknown>, finished: readonly Finished[]): string {
  const folder = join(ROOT, 'test-results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  const trials = finished.map((one) => ({ ...one, verdict: verdictOf(one) }));
  writeFileSync(file, `${JSON.stringify({ ...facts, trials }, null, 2)}\n`);
  return file;
}
