import { csvFields, RecordSplitter } from '../platform/import-text.rules.ts';

/** Who a file names, by id or by address. */
export type PeopleFile =
  | { readonly by: 'id' | 'email'; readonly rows: readonly { readonly line: number; readonly value: string }[] }
  | { readonly problem: string };

const COLUMNS: ReadonlyMap<string, 'id' | 'email'> = new Map([
  ['id', 'id'],
  ['prospect_id', 'id'],
  ['prospectid', 'id'],
  ['email', 'email'],
  ['e-mail', 'email'],
]);

/** The first column of a CSV text (comma or semicolon) whose head names people. Empty lines are passed over. */
export function peopleInCsv(text: string): PeopleFile {
  const start = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const head = start.slice(0, start.search(/[\r\n]|$/));
  const delimiter = head.includes(';') && !head.includes(',') ? ';' : ',';
  const splitter = new RecordSplitter({ position: 0, line: 1 }, delimiter);
  const [first, ...records] = [...splitter.push(new TextEncoder().encode(start)), ...splitter.finish()];
  if (!first) return { problem: 'is empty' };
  const names = (csvFields(first.text, delimiter) ?? []).map((name) => name.trim().toLowerCase());
  const column = names.findIndex((name) => COLUMNS.has(name));
  if (column < 0) return { problem: 'needs a head with a column id, prospect_id or email' };
  const rows = records.map((record) => ({
    line: record.line,
    value: (csvFields(record.text, delimiter)?.[column] ?? '').trim(),
  }));
  return { by: COLUMNS.get(names[column]!)!, rows };
}
