import { snakeCase } from './casing.ts';
import type { CsvTable, Face } from './endpoint.ts';

export const CSV_TYPE = 'text/csv; charset=utf-8';

/** True when the caller would rather have a table than JSON. */
export function acceptsCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const quality = (type: string): number => {
    const range = accept.split(',').find((part) => part.split(';')[0]!.trim().toLowerCase() === type);
    if (range === undefined) return 0;
    const given = /;\s*q=([\d.]+)/.exec(range)?.[1];
    return given === undefined ? 1 : Number(given);
  };
  const csv = quality('text/csv');
  return csv > 0 && csv >= quality('application/json') && csv >= quality('*/*');
}

/** RFC 4180, with the header in the face's casing. */
export function renderCsv(face: Face, { columns, rows }: CsvTable): string {
  const header = columns.map((column) => (face === 'a' ? snakeCase(column) : column));
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Text that a spreadsheet would run as a formula is kept text by an apostrophe; numbers stay numbers. */
function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
