import { type RawBuilder, sql } from 'kysely';
import {
  type Filter,
  type FilterCondition,
  type FilterFields,
  type FilterValue,
  namesDays,
  type RelationCondition,
} from '../../domain/core/filter.rules.ts';
import { dayOf, daySpanOf, type FilterClock, momentOf, spanOf } from '../../domain/core/filter-time.rules.ts';
import type { SortKey } from '../../domain/core/sort.rules.ts';
import type { Ctx } from './context.ts';

type Sql = RawBuilder<unknown>;

/** Rows that belong to the filtered row: `exists (select from <from> where <on> and …)`. */
export interface SqlRelation {
  readonly from: Sql;
  /** Joins to the outer row; names the organization. */
  readonly on: Sql;
  readonly columns: SqlColumns;
}
export interface SqlColumns {
  readonly [field: string]: Sql | SqlRelation;
}

/** An allow-list and where its values stand. Money is a numeric in major units, text[] an array, the rest as named. */
export interface FilterTable<F extends FilterFields = FilterFields> {
  readonly fields: F;
  readonly columns: SqlColumns;
}

/** @throws Error at boot for a field without a column or the other way round. */
export function defineFilter<F extends FilterFields>(
  fields: F,
  columns: { readonly [K in keyof F]: F[K] extends { type: 'relation' } ? SqlRelation : Sql },
): FilterTable<F> {
  requireSameNames(fields, columns as SqlColumns, '');
  return { fields, columns: columns as SqlColumns };
}

function requireSameNames(fields: FilterFields, columns: SqlColumns, path: string): void {
  const names = new Set([...Object.keys(fields), ...Object.keys(columns)]);
  for (const name of names) {
    const field = fields[name];
    const column = columns[name];
    if (!field || !column) throw new Error(`The filter field ${path}${name} has no ${field ? 'column' : 'type'}.`);
    if (field.type === 'relation') requireSameNames(field.fields, (column as SqlRelation).columns, `${path}${name}.`);
  }
}

const STRICT_TEXTS: Record<string, { type: string; pattern: string }> = {
  timestamp: { type: 'timestamptz', pattern: '^\\d{4}-\\d\\d-\\d\\dT.+(Z|[+-]\\d\\d:?\\d\\d)$' },
  date: { type: 'date', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
  uuid: { type: 'uuid', pattern: '^[0-9a-fA-F-]{36}$' },
};

/** Adds an organization's custom fields: `custom.<key>`, read from a jsonb column, of another type meaning absent. */
export function withCustomFields(table: FilterTable, custom: FilterFields, column: Sql): FilterTable {
  const columns = Object.entries(custom).map(([name, { type }]): [string, Sql] => {
    const key = name.slice('custom.'.length);
    const value = sql`${column} -> ${key}::text`;
    const text = sql`${column} ->> ${key}::text`;
    const ofType = (jsonType: string, cast: Sql) =>
      sql`case when jsonb_typeof(${value}) = ${jsonType}::text then ${cast} end`;
    if (type === 'number' || type === 'money') return [name, ofType('number', sql`(${text})::numeric`)];
    if (type === 'boolean') return [name, ofType('boolean', sql`(${text})::boolean`)];
    if (type === 'text[]') {
      const items = sql`array(select jsonb_array_elements_text(${value}))`;
      const isTexts = sql`not jsonb_path_exists(${value}, '$[*] ? (@.type() != "string")')`;
      return [name, sql`case when jsonb_typeof(${value}) = 'array' then case when ${isTexts} then ${items} end end`];
    }
    const cast = STRICT_TEXTS[type];
    if (!cast) return [name, ofType('string', sql`(${text})`)];
    // The type itself decides last: not every text of the right form is a day of the calendar.
    const isValid = sql`${text} ~ ${cast.pattern}::text and pg_input_is_valid(${text}, ${cast.type}::text)`;
    return [name, ofType('string', sql`case when ${isValid} then (${text})::${CASTS[type as ColumnType]} end`)];
  });
  return { fields: { ...table.fields, ...custom }, columns: { ...table.columns, ...Object.fromEntries(columns) } };
}

/** A condition for `where`; true without a filter. Reads the organization's time zone only when days are named. */
export async function filterCondition(
  ctx: Ctx,
  table: FilterTable,
  filter: Filter | undefined,
): Promise<RawBuilder<boolean>> {
  if (!filter) return sql<boolean>`true`;
  return compileFilter(table, filter, { now: ctx.now, timeZone: namesDays(filter) ? await readTimeZone(ctx) : 'UTC' });
}

export async function readTimeZone(ctx: Ctx): Promise<string> {
  const row = await ctx.tx
    .selectFrom('organizations')
    .select('time_zone')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirst();
  return row?.time_zone ?? 'UTC';
}

/**
 * A checked filter → SQL, values as parameters only. The result may be null where it is not true; every negation is
 * `is not true`, so absent values mean the same as in `passesFilter`.
 */
export function compileFilter(table: FilterTable, filter: Filter, clock: FilterClock): RawBuilder<boolean> {
  const inner = (parts: readonly Filter[]) => parts.map((part) => compileFilter(table, part, clock));
  if ('and' in filter) return sql<boolean>`(${sql.join(inner(filter.and), sql` and `)})`;
  if ('or' in filter) return sql<boolean>`(${sql.join(inner(filter.or), sql` or `)})`;
  if ('not' in filter) return sql<boolean>`((${compileFilter(table, filter.not, clock)}) is not true)`;
  const field = table.fields[filter.field]!;
  const column = table.columns[filter.field]!;
  if (field.type === 'relation') {
    return relationCondition(field.fields, column as SqlRelation, filter as RelationCondition, clock);
  }
  return conditionOf(field.type, column as Sql, filter as FilterCondition, clock);
}

function relationCondition(
  fields: FilterFields,
  { from, on, columns }: SqlRelation,
  { op, where, atLeast }: RelationCondition,
  clock: FilterClock,
): RawBuilder<boolean> {
  const also = where ? sql` and ${compileFilter({ fields, columns }, where, clock)}` : sql``;
  const rows = sql`from ${from} where ${on}${also}`;
  if (atLeast !== undefined && atLeast > 1) {
    return sql<boolean>`((select count(*) from (select ${rows} limit ${atLeast}::integer) found) >= ${atLeast}::integer)`;
  }
  return op === 'has' ? sql<boolean>`exists (select ${rows})` : sql<boolean>`not exists (select ${rows})`;
}

type ColumnType = Exclude<FilterFields[string]['type'], 'relation'>;

const CASTS: Record<ColumnType, Sql> = {
  text: sql`text`,
  'text[]': sql`text`,
  enum: sql`text`,
  uuid: sql`uuid`,
  boolean: sql`boolean`,
  number: sql`double precision`,
  money: sql`numeric`,
  timestamp: sql`timestamptz`,
  date: sql`date`,
};

function conditionOf(
  type: ColumnType,
  column: Sql,
  { op, value }: FilterCondition,
  clock: FilterClock,
): RawBuilder<boolean> {
  if (op === 'is_null' || op === 'exists') {
    const isNull = type === 'text[]' ? sql`coalesce(cardinality(${column}), 0) = 0` : sql`${column} is null`;
    return op === 'is_null' ? sql<boolean>`(${isNull})` : sql<boolean>`(not (${isNull}))`;
  }
  const not = (condition: RawBuilder<boolean>) => sql<boolean>`((${condition}) is not true)`;
  if (op === 'ne') return not(conditionOf(type, column, { field: '', op: 'eq', value: value! }, clock));
  if (op === 'not_in') return not(conditionOf(type, column, { field: '', op: 'in', value: value! }, clock));
  if (op === 'not_contains') return not(conditionOf(type, column, { field: '', op: 'contains', value: value! }, clock));
  if (type === 'text[]') return arrayCondition(column, op, [value!].flat() as string[]);
  if (type === 'timestamp') return instantCondition(column, op, [value!].flat() as string[], clock);
  if (type === 'date') return dayCondition(column, op, [value!].flat() as string[], clock);
  const param = (one: FilterValue) => sql`${one}::${CASTS[type]}`;
  if (op === 'in') return sql<boolean>`(${column} = any(${sql.val(value)}::${CASTS[type]}[]))`;
  if (op === 'between') {
    const [low, high] = value as FilterValue[];
    return sql<boolean>`(${column} >= ${param(low!)} and ${column} <= ${param(high!)})`;
  }
  if (op === 'contains') return sql<boolean>`(${column} ilike ${containing(value as string)}::text)`;
  if (op === 'starts_with') return sql<boolean>`(${column} ilike ${`${escaped(value as string)}%`}::text)`;
  if (op === 'ends_with') return sql<boolean>`(${column} ilike ${`%${escaped(value as string)}`}::text)`;
  return sql<boolean>`(${column} ${COMPARISON[op as keyof typeof COMPARISON]} ${param(value as FilterValue)})`;
}

const COMPARISON = { eq: sql`=`, gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` };

/** The pattern of texts that hold this one; what is typed is text, not a pattern. */
export const containing = (text: string): string => `%${escaped(text)}%`;

/** Literal text inside a pattern. */
export const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

function arrayCondition(column: Sql, op: FilterCondition['op'], values: string[]): RawBuilder<boolean> {
  return op === 'contains_any'
    ? sql<boolean>`(${column} && ${sql.val(values)}::text[])`
    : sql<boolean>`(${column} @> ${sql.val(values)}::text[])`;
}

function instantCondition(
  column: Sql,
  op: FilterCondition['op'],
  values: string[],
  clock: FilterClock,
): RawBuilder<boolean> {
  const at = (milliseconds: number) => sql`${new Date(milliseconds)}::timestamptz`;
  if (op === 'within_last' || op === 'within_next') {
    const [start, end] = spanOf(op, values[0]!, clock);
    return sql<boolean>`(${column} >= ${at(start)} and ${column} <= ${at(end)})`;
  }
  const [first, last = first] = values.map((value) => momentOf(value, clock));
  const upTo = last!.end === null ? sql`${column} <= ${at(last!.start)}` : sql`${column} < ${at(last!.end)}`;
  if (op === 'gt') {
    return first!.end === null
      ? sql<boolean>`(${column} > ${at(first!.start)})`
      : sql<boolean>`(${column} >= ${at(first!.end)})`;
  }
  if (op === 'gte') return sql<boolean>`(${column} >= ${at(first!.start)})`;
  if (op === 'lt') return sql<boolean>`(${column} < ${at(first!.start)})`;
  return op === 'lte' ? sql<boolean>`(${upTo})` : sql<boolean>`(${column} >= ${at(first!.start)} and ${upTo})`;
}

function dayCondition(
  column: Sql,
  op: FilterCondition['op'],
  values: string[],
  clock: FilterClock,
): RawBuilder<boolean> {
  const isSpan = op === 'within_last' || op === 'within_next';
  const days = isSpan ? daySpanOf(op, values[0]!, clock) : values.map((value) => dayOf(value, clock));
  if (isSpan || op === 'between') {
    return sql<boolean>`(${column} >= ${days[0]}::date and ${column} <= ${days[1]}::date)`;
  }
  return sql<boolean>`(${column} ${COMPARISON[op as keyof typeof COMPARISON]} ${days[0]}::date)`;
}

/** Every word stands in one of the searchable texts; true without words. */
export function searchCondition(table: FilterTable, q: string | undefined): RawBuilder<boolean> {
  const columns = Object.entries(table.fields).flatMap(([name, field]) =>
    field.type === 'text' && field.search ? [table.columns[name] as Sql] : [],
  );
  const words = (q ?? '').split(/\s+/).filter(Boolean).slice(0, 8);
  if (words.length === 0 || columns.length === 0) return sql<boolean>`true`;
  const hasWord = (word: string) =>
    sql`(${sql.join(
      columns.map((column) => sql`${column} ilike ${containing(word)}::text`),
      sql` or `,
    )})`;
  return sql<boolean>`(${sql.join(words.map(hasWord), sql` and `)})`;
}

/** For `order by`; ends in the id, so that pages neither repeat nor miss a row. Absent values come last. */
export function orderOf(table: FilterTable, sort: readonly SortKey[], id: Sql = sql`id`): Sql {
  const keys = sort.map(({ field, descending }) => {
    const definition = table.fields[field]!;
    const last = descending && 'nullable' in definition && definition.nullable ? sql` nulls last` : sql``;
    return sql`${table.columns[field] as Sql} ${descending ? sql`desc` : sql`asc`}${last}`;
  });
  return sql.join([...keys, sort[0]?.descending ? sql`${id} desc` : sql`${id}`]);
}
