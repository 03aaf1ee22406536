/** Where a command writes: results to stdout, progress and errors to stderr, so that results can be piped. */
export interface Output {
  readonly json: boolean;
  /** A line of the result; nothing when JSON was asked for. */
  line(text?: string): void;
  /** A JSON document; nothing unless JSON was asked for. */
  document(value: unknown): void;
  note(text: string): void;
  progress(label: string, done: number, total: number | null): void;
  /** Ends the line of a bar. */
  endProgress(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_CELLS = 28;
const STEP_PERCENT = 10;

export function createOutput(stdout: Stream, stderr: Stream, json: boolean): Output {
  let barIsOpen = false;
  let lastPlain = '';
  const endProgress = () => {
    if (barIsOpen) stderr.write('\n');
    barIsOpen = false;
  };
  return {
    json,
    line: (text = '') => void (json || stdout.write(`${text}\n`)),
    document: (value) => void (json && stdout.write(`${JSON.stringify(value)}\n`)),
    note(text) {
      endProgress();
      stderr.write(`${text}\n`);
    },
    progress(label, done, total) {
      if (json) return;
      if (stderr.isTTY) {
        stderr.write(`\r\x1b[K${label} ${bar(done, total)}`);
        barIsOpen = true;
        return;
      }
      // Logs of a job want few lines.
      const percent = percentOf(done, total);
      const plain = percent === null ? label : `${label} ${percent - (percent % STEP_PERCENT)} %`;
      if (plain !== lastPlain) stderr.write(`${plain}\n`);
      lastPlain = plain;
    },
    endProgress,
  };
}

function percentOf(done: number, total: number | null): number | null {
  return total === null || total <= 0 ? null : Math.min(100, Math.floor((done * 100) / total));
}

export function bar(done: number, total: number | null): string {
  const percent = percentOf(done, total);
  if (percent === null) return `${done}`;
  const full = Math.round((percent / 100) * BAR_CELLS);
  return `[${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}] ${percent} % (${done} of ${total})`;
}

const CONTROL = /[\p{Cc}\p{Cf}]/gu;

/** Columns as wide as their widest cell; numbers to the right. Text of others cannot steer the terminal. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => String(cell).replaceAll(CONTROL, '�')));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const isNumber = (cell: string) => /^-?[\d.,]+ ?%?$/.test(cell);
  return cells
    .map((row) =>
      row
        .map((cell, i) => (isNumber(cell) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
