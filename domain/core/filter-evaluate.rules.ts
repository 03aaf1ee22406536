import type {
  Filter,
  FilterCondition,
  FilterField,
  FilterFields,
  FilterValue,
  RelationCondition,
} from './filter.rules.ts';
import { dayOf, daySpanOf, type FilterClock, isDay, isInstant, momentOf, spanOf } from './filter-time.rules.ts';

/** A row under the names of its allow-list; `custom` holds custom fields, a relation holds its rows. */
export type FilterRow = Readonly<Record<string, unknown>>;

/**
 * Whether a row passes a checked filter, decided without a database: the meaning that the compiled SQL has too. A
 * value that is absent fulfils `ne`, `not_in`, `not_contains` and `is_null` alone.
 */
export function passesFilter(fields: FilterFields, filter: Filter, row: FilterRow, clock: FilterClock): boolean {
  if ('and' in filter) return filter.and.every((inner) => passesFilter(fields, inner, row, clock));
  if ('or' in filter) return filter.or.some((inner) => passesFilter(fields, inner, row, clock));
  if ('not' in filter) return !passesFilter(fields, filter.not, row, clock);
  const field = fields[filter.field]!;
  if (field.type === 'relation') return hasRows(field.fields, filter as RelationCondition, row, clock);
  return holds(field, filter as FilterCondition, readField(field, filter.field, row), clock);
}

function hasRows(
  fields: FilterFields,
  { field, op, where, atLeast }: RelationCondition,
  row: FilterRow,
  clock: FilterClock,
) {
  const related = (row[field] ?? []) as readonly FilterRow[];
  const found = where ? related.filter((inner) => passesFilter(fields, where, inner, clock)) : related;
  return op === 'has' ? found.length >= (atLeast ?? 1) : found.length === 0;
}

/** A custom field of another type than its definition says counts as absent. */
function readField(field: FilterField, name: string, row: FilterRow): unknown {
  if (!name.startsWith('custom.')) return row[name] ?? null;
  const value = (row.custom as Record<string, unknown> | null | undefined)?.[name.slice('custom.'.length)] ?? null;
  const isOfType = { number: 'number', money: 'number', boolean: 'boolean' }[field.type as 'number'] ?? 'string';
  if (field.type === 'text[]')
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
  if (typeof value !== isOfType) return null;
  if (field.type === 'timestamp' && !isInstant(value as string)) return null;
  return field.type === 'date' && !isDay(value as string) ? null : value;
}

function holds(field: FilterField, { op, value }: FilterCondition, actual: unknown, clock: FilterClock): boolean {
  const isAbsent = actual === null || (field.type === 'text[]' && (actual as unknown[]).length === 0);
  switch (op) {
    case 'is_null':
      return isAbsent;
    case 'exists':
      return !isAbsent;
    case 'ne':
      return !holds(field, { field: '', op: 'eq', value: value! }, actual, clock);
    case 'not_in':
      return !holds(field, { field: '', op: 'in', value: value! }, actual, clock);
    case 'not_contains':
      return !holds(field, { field: '', op: 'contains', value: value! }, actual, clock);
    default:
      return actual !== null && holdsFor(field, op, value!, actual, clock);
  }
}

function holdsFor(
  field: FilterField,
  op: FilterCondition['op'],
  value: FilterValue | readonly FilterValue[],
  actual: unknown,
  clock: FilterClock,
): boolean {
  if (field.type === 'text[]') {
    const items = actual as string[];
    if (op === 'contains_all') return (value as string[]).every((item) => items.includes(item));
    return [value].flat().some((item) => items.includes(item as string));
  }
  if (field.type === 'timestamp') return holdsForInstant(op, value, instantOf(actual), clock);
  if (field.type === 'date') return holdsForDay(op, value, String(actual).slice(0, 10), clock);
  if (op === 'in') return (value as FilterValue[]).some((one) => compare(field, actual, one) === 0);
  if (op === 'between') {
    const [low, high] = value as FilterValue[];
    return compare(field, actual, low!) >= 0 && compare(field, actual, high!) <= 0;
  }
  if (op === 'contains' || op === 'starts_with' || op === 'ends_with') {
    const [text, part] = [(actual as string).toLowerCase(), (value as string).toLowerCase()];
    return op === 'contains' ? text.includes(part) : op === 'starts_with' ? text.startsWith(part) : text.endsWith(part);
  }
  return byOrder(op, compare(field, actual, value as FilterValue));
}

function byOrder(op: FilterCondition['op'], order: number): boolean {
  if (op === 'eq') return order === 0;
  if (op === 'gt') return order > 0;
  if (op === 'gte') return order >= 0;
  return op === 'lt' ? order < 0 : order <= 0;
}

function compare(field: FilterField, actual: unknown, value: FilterValue): number {
  if (field.type === 'money') return compareDecimals(String(actual), String(value));
  if (field.type === 'number') return Number(actual) - Number(value);
  if (field.type === 'uuid') return String(actual).toLowerCase() === value ? 0 : 1;
  return actual === value ? 0 : 1;
}

/** Exact, whatever the number of digits. */
function compareDecimals(a: string, b: string): number {
  const scaled = (text: string): bigint => {
    const [, sign, whole = '', fraction = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
    const digits = BigInt(whole + fraction.padEnd(12, '0'));
    return sign === '-' ? -digits : digits;
  };
  const difference = scaled(a) - scaled(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const instantOf = (value: unknown): number => (value instanceof Date ? value : new Date(String(value))).getTime();

function holdsForInstant(
  op: FilterCondition['op'],
  value: FilterValue | readonly FilterValue[],
  at: number,
  clock: FilterClock,
): boolean {
  if (op === 'within_last' || op === 'within_next') {
    const [start, end] = spanOf(op, value as string, clock);
    return at >= start && at <= end;
  }
  const [first, last = first] = [value].flat().map((text) => momentOf(text as string, clock));
  if (op === 'gt') return first!.end === null ? at > first!.start : at >= first!.end;
  if (op === 'gte') return at >= first!.start;
  if (op === 'lt') return at < first!.start;
  const isUpTo = last!.end === null ? at <= last!.start : at < last!.end;
  return op === 'lte' ? isUpTo : at >= first!.start && isUpTo;
}

function holdsForDay(
  op: FilterCondition['op'],
  value: FilterValue | readonly FilterValue[],
  day: string,
  clock: FilterClock,
): boolean {
  if (op === 'within_last' || op === 'within_next') {
    const [start, end] = daySpanOf(op, value as string, clock);
    return day >= start && day <= end;
  }
  const [first, last = first] = [value].flat().map((text) => dayOf(text as string, clock));
  if (op === 'between') return day >= first! && day <= last!;
  return byOrder(op, day < first! ? -1 : day > first! ? 1 : 0);
}
