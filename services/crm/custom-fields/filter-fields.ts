import type { FilterFields } from '../../../domain/core/filter.rules.ts';
import type { CustomFieldType } from '../../../domain/crm/custom-field.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type CustomEntity, readDefinitions } from './check-custom.ts';

const FILTER_TYPES: Readonly<Record<CustomFieldType, 'text' | 'number' | 'boolean' | 'date' | 'timestamp' | 'text[]'>> =
  {
    text: 'text',
    enum: 'text',
    number: 'number',
    boolean: 'boolean',
    date: 'date',
    timestamp: 'timestamp',
    multi_enum: 'text[]',
  };

/** What the organization's own fields of a kind of record add to its allow-list. */
export async function customFilterFields(ctx: Ctx, entity: CustomEntity): Promise<FilterFields> {
  const definitions = await readDefinitions(ctx, entity);
  return Object.fromEntries([...definitions].map(([key, { type }]) => [`custom.${key}`, { type: FILTER_TYPES[type] }]));
}
