import { FILTER_OPS, type FieldType, type FilterOp, opsOf, VALUE_COUNT } from './filter-ops.rules.ts';
import { FILTER_LIMITS, parseFilterText } from './filter-text.rules.ts';
import { FilterIssues, filterValueOf } from './filter-values.rules.ts';

/** One entry of an allow-list: a column, a computed value, or a relation with an allow-list of its own. */
export type FilterField =
  | {
      readonly type: Exclude<FieldType, 'enum' | 'relation'>;
      readonly sortable?: true;
      /** Looked through by `q`; for texts. */
      readonly search?: true;
      /** May be absent; such rows come last in both directions of sorting. */
      readonly nullable?: true;
    }
  | { readonly type: 'enum'; readonly values: readonly string[]; readonly sortable?: true; readonly nullable?: true }
  | { readonly type: 'relation'; readonly fields: FilterFields };

/** Names in camelCase; `custom.<key>` for custom fields, whose key is taken as it is. */
export type FilterFields = Readonly<Record<string, FilterField>>;

export interface FilterCondition {
  readonly field: string;
  readonly op: FilterOp;
  /** Checked and in one form per type: texts, numbers, booleans; money as decimal text; times as they were written. */
  readonly value?: FilterValue | readonly FilterValue[];
}
export type FilterValue = string | number | boolean;

/** Whether related rows exist: `{field: 'activities', op: 'has', atLeast: 2, where: {…}}`. */
export interface RelationCondition {
  readonly field: string;
  readonly op: 'has' | 'has_none';
  readonly where?: Filter;
  readonly atLeast?: number;
}

/** A checked filter. It is plain JSON and may be stored; whoever reads it back checks it again. */
export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | FilterCondition
  | RelationCondition;

export interface FilterNaming {
  /** How messages spell fields; both spellings are read. */
  readonly names?: 'camel' | 'snake';
  /** Where the filter stands in the request. */
  readonly path?: string;
}

/**
 * A tree of JSON → a checked filter. @throws AppError validation: every issue with its path, what is wrong, and what is
 * allowed there.
 */
export function checkFilter(fields: FilterFields, input: unknown, naming: FilterNaming = {}): Filter {
  const issues = new FilterIssues(naming.names ?? 'camel');
  const path = naming.path ?? 'filter';
  const reader: Reader = { issues, nodes: 0 };
  const filter = readNode(reader, fields, input, path, 1);
  issues.throwIfAny();
  return filter!;
}

/** Text of a query string → a checked filter: JSON, or the compact form `and(eq(channel,call),gte(amount,100))`. */
export function readFilter(fields: FilterFields, text: string, naming: FilterNaming = {}): Filter {
  return checkFilter(fields, parseFilterText(text, naming.path ?? 'filter'), naming);
}

interface Reader {
  readonly issues: FilterIssues;
  nodes: number;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const SHAPE = 'must be {"and": […]}, {"or": […]}, {"not": …} or {"field", "op", "value"}';

function readNode(reader: Reader, fields: FilterFields, input: unknown, path: string, depth: number): Filter | null {
  const { issues } = reader;
  if (++reader.nodes > FILTER_LIMITS.nodes) return issues.once(path, `has more than ${FILTER_LIMITS.nodes} parts`);
  if (depth > FILTER_LIMITS.depth) return issues.once(path, `is nested deeper than ${FILTER_LIMITS.depth} levels`);
  if (!isObject(input)) return issues.add(path, SHAPE);
  const keys = Object.keys(input);
  const [only] = keys;
  if (keys.length === 1 && (only === 'and' || only === 'or')) {
    const parts = input[only];
    if (!Array.isArray(parts) || parts.length === 0) {
      return issues.add(`${path}.${only}`, 'must be a list of one or more conditions');
    }
    const read = parts.slice(0, FILTER_LIMITS.nodes + 1);
    const checked = read.map((part, index) => readNode(reader, fields, part, `${path}.${only}.${index}`, depth + 1));
    return (only === 'and' ? { and: checked } : { or: checked }) as Filter;
  }
  if (keys.length === 1 && only === 'not') {
    const inner = readNode(reader, fields, input.not, `${path}.not`, depth + 1);
    return inner && { not: inner };
  }
  if (!('field' in input)) return issues.add(path, SHAPE);
  return readCondition(reader, fields, input, path, depth);
}

function readCondition(
  reader: Reader,
  fields: FilterFields,
  input: Record<string, unknown>,
  path: string,
  depth: number,
): Filter | null {
  const { issues } = reader;
  const name = typeof input.field === 'string' ? nameIn(fields, input.field) : undefined;
  if (name === undefined) {
    return issues.add(`${path}.field`, `is not a field to filter by; allowed are ${issues.list(fields)}`, input.field);
  }
  const field = fields[name]!;
  const ops = opsOf(field.type);
  const op = ops.find((known) => known === input.op);
  if (op === undefined) {
    const shown = issues.spell(name);
    return issues.add(`${path}.op`, `is not an operator for ${shown}; allowed are ${ops.join(', ')}`, input.op);
  }
  const allowed =
    field.type === 'relation' ? ['field', 'op', 'where', 'atLeast', 'at_least'] : ['field', 'op', 'value'];
  const unknown = Object.keys(input).find((key) => !allowed.includes(key));
  if (unknown !== undefined) return issues.add(`${path}.${unknown}`, 'is not a known key of a condition');
  if (field.type === 'relation') return readRelation(reader, field.fields, name, input, path, depth);
  const count = VALUE_COUNT[op];
  const at = `${path}.value`;
  if (count === 'none') {
    return 'value' in input && input.value !== true
      ? issues.add(at, `is not needed: ${op} takes no value`)
      : { field: name, op };
  }
  if (count === 'one') {
    const value = filterValueOf(issues, field, op, input.value, at);
    return value === null ? null : { field: name, op, value };
  }
  const list = input.value;
  if (!Array.isArray(list) || list.length === 0) return issues.add(at, `must be a list: ${op} takes several values`);
  if (count === 'two' && list.length !== 2) return issues.add(at, 'must be a list of two values, the bounds');
  if (list.length > FILTER_LIMITS.values) return issues.add(at, `has more than ${FILTER_LIMITS.values} values`);
  const values = list.map((value, index) => filterValueOf(issues, field, op, value, `${at}.${index}`));
  return values.includes(null) ? null : { field: name, op, value: values as FilterValue[] };
}

function readRelation(
  reader: Reader,
  fields: FilterFields,
  name: string,
  input: Record<string, unknown>,
  path: string,
  depth: number,
): Filter | null {
  const op = input.op as 'has' | 'has_none';
  const least = input.atLeast ?? input.at_least;
  const atLeast = typeof least === 'string' && /^\d{1,6}$/.test(least) ? Number(least) : least;
  if (atLeast !== undefined && !(Number.isInteger(atLeast) && Number(atLeast) >= 1 && Number(atLeast) <= 1000)) {
    return reader.issues.add(`${path}.atLeast`, 'must be a whole number from 1 to 1000', least);
  }
  if (op === 'has_none' && atLeast !== undefined) {
    return reader.issues.add(`${path}.atLeast`, 'goes with has alone; negate that with not');
  }
  const where =
    input.where === undefined ? undefined : readNode(reader, fields, input.where, `${path}.where`, depth + 1);
  if (where === null) return null;
  return { field: name, op, ...(where ? { where } : {}), ...(atLeast ? { atLeast: Number(atLeast) } : {}) };
}

/** The allow-list's spelling of a field written in either casing; custom keys are taken as they are. */
export function nameIn(fields: FilterFields, written: string): string | undefined {
  if (Object.hasOwn(fields, written)) return written;
  const camel = written.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return !written.startsWith('custom.') && Object.hasOwn(fields, camel) ? camel : undefined;
}

/** Whether days of the calendar occur, for which the organization's time zone must be known. */
export function namesDays(filter: Filter): boolean {
  if ('and' in filter) return filter.and.some(namesDays);
  if ('or' in filter) return filter.or.some(namesDays);
  if ('not' in filter) return namesDays(filter.not);
  if ('where' in filter) return filter.where !== undefined && namesDays(filter.where);
  if (!('value' in filter)) return false;
  if (filter.op === 'within_last' || filter.op === 'within_next') return true;
  return [filter.value].flat().some((value) => typeof value === 'string' && /^(?:\d{4}-\d\d-\d\d$|today)/.test(value));
}

export { FILTER_OPS, type FieldType, type FilterOp };
