import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ROOT } from '../../dev/host.ts';

/** One line of the table. `target` bounds the ratio; where there is no floor it bounds the value itself. */
export interface Result {
  name: string;
  value: number;
  unit: string;
  floor: number | null;
  ratio: number | null;
  /** Null: shown for information. */
  target: number | null;
  better: 'lower' | 'higher';
}

const FILE = join(ROOT, 'bench', 'results.json');

export function compared(
  name: string,
  unit: string,
  measured: { value: number; floor: number },
  aim: { target: number | null; better: Result['better'] },
): Result {
  const { value, floor } = measured;
  return { name, value: rounded(value), unit, floor: rounded(floor), ratio: rounded(value / floor), ...aim };
}

export function alone(name: string, unit: string, value: number, target: number | null = null): Result {
  return { name, value: rounded(value), unit, floor: null, ratio: null, target, better: 'lower' };
}

export function verdictOf({ value, ratio, target, better }: Result): string {
  if (target === null) return '–';
  const actual = ratio ?? value;
  return (better === 'lower' ? actual <= target : actual >= target) ? 'met' : 'missed';
}

const cellsOf = (result: Result): string[] => [
  result.name,
  `${result.value} ${result.unit}`,
  result.floor === null ? '' : `${result.floor} ${result.unit}`,
  result.ratio === null ? '' : `${result.ratio.toFixed(2)}×`,
  result.target === null
    ? ''
    : `${result.better === 'lower' ? '≤' : '≥'} ${result.target}${result.floor === null ? ` ${result.unit}` : '×'}`,
  verdictOf(result),
];

/** The rows under their heads, every column as wide as its widest cell. */
function aligned(results: readonly Result[]): { head: string[]; rows: string[][] } {
  const all = [['row', 'measured', 'floor', 'ratio', 'target', 'verdict'], ...results.map(cellsOf)];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const [head, ...rows] = all.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))),
  );
  return { head: head!, rows };
}

export function table(results: readonly Result[]): string {
  const { head, rows } = aligned(results);
  return [head, head.map((cell) => '─'.repeat(cell.length)), ...rows].map((row) => row.join('  ')).join('\n');
}

const [BEGIN, END] = ['<!-- npm run bench -- --table -->', '<!-- /bench -->'];

/** A page with the results as a table between its two marks. @throws when it has no marks */
export function withTable(page: string, { machine, versions, results }: ResultsFile): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page needs a line ${BEGIN} and, after it, a line ${END}.`);
  const { head, rows } = aligned(results);
  const rule = head.map((cell, column) => (column === 0 ? '-'.repeat(cell.length) : `${'-'.repeat(cell.length - 1)}:`));
  const lines = [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`);
  const days = [...new Set(results.map(({ date }) => date.slice(0, 10)))].sort();
  const when = days.length > 1 ? `${days[0]} to ${days.at(-1)}` : days[0];
  const where = `${machine}; Node ${versions.node}, PostgreSQL ${versions.postgres}; ${when}.`;
  return `${page.slice(0, begin)}${BEGIN}\n\n${lines.join('\n')}\n\n${where}\n\n${page.slice(end)}`;
}

/** Into the README what `bench/results.json` holds. */
export function writeTable(): void {
  const page = join(ROOT, 'README.md');
  const results = readResults();
  if (!results) throw new Error('There are no results yet: npm run bench');
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), results));
}

interface ResultsFile {
  machine: string;
  versions: Record<string, string>;
  results: (Result & { date: string })[];
}

/** Rows of this run replace those of the same name. Others stay while machine and versions are the same. */
export function writeResults(results: readonly Result[], versions: Record<string, string>, date: Date): void {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? process.arch}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const measured = results.map((result) => ({ date: date.toISOString(), ...result }));
  const file = { machine, versions, results: merged(readResults(), { machine, versions, results: measured }) };
  writeFileSync(FILE, `${JSON.stringify(file, null, 2)}\n`);
}

/** In the order of before, new names last. */
export function merged(before: ResultsFile | null, now: ResultsFile): ResultsFile['results'] {
  const comparable = before?.machine === now.machine && isDeepStrictEqual(before.versions, now.versions);
  const byName = new Map(comparable ? before.results.map((result) => [result.name, result]) : []);
  for (const result of now.results) byName.set(result.name, result);
  return [...byName.values()];
}

function readResults(): ResultsFile | null {
  if (!existsSync(FILE)) return null;
  const file = JSON.parse(readFileSync(FILE, 'utf8')) as ResultsFile & { date?: string };
  // Files of an earlier form have one date for all.
  return { ...file, results: file.results.map((result) => ({ ...result, date: result.date ?? file.date ?? '' })) };
}

export function packageVersion(name: string): string {
  const file = join(ROOT, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
