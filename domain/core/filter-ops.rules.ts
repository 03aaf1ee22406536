export type FieldType =
  | 'text'
  | 'number'
  | 'money'
  | 'boolean'
  | 'timestamp'
  | 'date'
  | 'enum'
  | 'uuid'
  | 'text[]'
  | 'relation';

const PRESENCE = ['is_null', 'exists'] as const;
const EQUALITY = ['eq', 'ne', 'in', 'not_in', ...PRESENCE] as const;
const ORDER = ['gt', 'gte', 'lt', 'lte', 'between'] as const;
const MOMENTS = ['eq', 'ne', ...ORDER, 'within_last', 'within_next', ...PRESENCE] as const;

/** Which operators a type has; the messages of refused filters read it. */
export const FILTER_OPS = {
  text: [...EQUALITY, 'contains', 'not_contains', 'starts_with', 'ends_with'],
  enum: EQUALITY,
  uuid: EQUALITY,
  boolean: ['eq', 'ne', ...PRESENCE],
  number: [...EQUALITY, ...ORDER],
  money: [...EQUALITY, ...ORDER],
  timestamp: MOMENTS,
  date: MOMENTS,
  'text[]': ['contains', 'not_contains', 'contains_any', 'contains_all', ...PRESENCE],
  relation: ['has', 'has_none'],
} as const satisfies Record<FieldType, readonly string[]>;

export type FilterOp = (typeof FILTER_OPS)[FieldType][number];

export const opsOf = (type: FieldType): readonly FilterOp[] => FILTER_OPS[type];

/** How many values an operator takes. */
export const VALUE_COUNT: Readonly<Record<FilterOp, 'none' | 'one' | 'two' | 'many'>> = {
  eq: 'one',
  ne: 'one',
  gt: 'one',
  gte: 'one',
  lt: 'one',
  lte: 'one',
  contains: 'one',
  not_contains: 'one',
  starts_with: 'one',
  ends_with: 'one',
  within_last: 'one',
  within_next: 'one',
  between: 'two',
  in: 'many',
  not_in: 'many',
  contains_any: 'many',
  contains_all: 'many',
  is_null: 'none',
  exists: 'none',
  has: 'none',
  has_none: 'none',
};
