import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../dev/host.ts';

export interface DrivenRow {
  readonly method: string;
  /** With the prefix of its face, as in openapi.json. */
  readonly path: string;
  readonly operationId: string;
  /** Every example answered 2xx. */
  readonly driven: boolean;
  /** Shown by a following read; null for reads themselves. */
  readonly effect: boolean | null;
  /** What showed it. */
  readonly shownBy: string | null;
}

export function writeRows(rows: readonly DrivenRow[]): void {
  const folder = join(ROOT, 'test-results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'endpoints.json'), `${JSON.stringify(rows, null, 1)}\n`);
}

/** One line at the end of a suite. */
export function say(suite: string, counts: Readonly<Record<string, number>>): void {
  const text = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  process.stderr.write(`${suite}: ${text.join(', ')}\n`);
}

/** A few at a time, results in order. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>, atOnce = 8): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
