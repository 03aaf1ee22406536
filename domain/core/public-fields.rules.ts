import type { FilterField, FilterFields } from './filter.rules.ts';

/** One documented field of what the product tells the outside; `example` shows and tests it. */
export type PublicField = {
  readonly nullable?: true;
  readonly about?: string;
} & (
  | { readonly type: 'uuid' | 'text' | 'money' | 'timestamp' | 'date'; readonly example: string | null }
  | { readonly type: 'integer' | 'number'; readonly example: number | null }
  | { readonly type: 'boolean'; readonly example: boolean | null }
  | { readonly type: 'texts'; readonly example: readonly string[] }
  | { readonly type: 'enum'; readonly values: readonly string[]; readonly example: string | null }
);

export type PublicFields = Readonly<Record<string, PublicField>>;

/** JSON Schema (draft 2020-12) of an object with exactly these fields. */
export function schemaOf(fields: PublicFields): Record<string, unknown> {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
    required: Object.keys(fields),
  };
}

function fieldSchema(field: PublicField): Record<string, unknown> {
  const about = field.about === undefined ? {} : { description: field.about };
  const or = (type: string) => (field.nullable ? [type, 'null'] : type);
  switch (field.type) {
    case 'uuid':
      return { type: or('string'), format: 'uuid', ...about };
    case 'timestamp':
      return { type: or('string'), format: 'date-time', ...about };
    case 'date':
      return { type: or('string'), format: 'date', ...about };
    case 'money':
      return { type: or('string'), pattern: String.raw`^-?\d+(\.\d+)?$`, ...about };
    case 'texts':
      return { type: 'array', items: { type: 'string' }, ...about };
    case 'enum':
      return { type: or('string'), enum: field.nullable ? [...field.values, null] : [...field.values], ...about };
    case 'text':
      return { type: or('string'), ...about };
    default:
      return { type: or(field.type), ...about };
  }
}

export const exampleOf = (fields: PublicFields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, { example }]) => [name, example]));

/** The same fields as an allow-list of the filter language. */
export const filterFieldsOf = (fields: PublicFields): FilterFields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, filterFieldOf(field)]));

function filterFieldOf(field: PublicField): FilterField {
  const nullable = field.nullable ? { nullable: true as const } : {};
  if (field.type === 'enum') return { type: 'enum', values: field.values, ...nullable };
  if (field.type === 'integer' || field.type === 'number') return { type: 'number', ...nullable };
  if (field.type === 'texts') return { type: 'text[]' };
  return { type: field.type, ...nullable };
}
