import { type RawBuilder, sql } from 'kysely';

/**
 * Rows as a table `row` with these columns, one array per column. Postgres reads arrays at a third of what the same rows cost as
 * one JSON text. Types are those of Postgres; dates go in as ISO text, JSON as text that the statement casts.
 */
export function unnestRows<Column extends string>(
  types: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Partial<Record<Column, unknown>>>[],
): RawBuilder<unknown> {
  const columns = Object.keys(types) as Column[];
  const arrays = columns.map((column) => {
    const text = arrayText(rows, column, types[column] === 'text');
    return sql`${sql.val(text)}::${sql.raw(types[column])}[]`;
  });
  return sql`unnest(${sql.join(arrays)}) as row(${sql.raw(columns.join(', '))})`;
}

/** Written here, because the client's own way asks the type of every single element. */
function arrayText<Column extends string>(
  rows: readonly Readonly<Partial<Record<Column, unknown>>>[],
  column: Column,
  isText: boolean,
): string {
  let text = '';
  for (const row of rows) {
    const value = row[column];
    const element = value === undefined || value === null ? 'NULL' : isText ? quoted(String(value)) : `"${value}"`;
    text = text === '' ? element : `${text},${element}`;
  }
  return `{${text}}`;
}

const quoted = (value: string): string => `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
