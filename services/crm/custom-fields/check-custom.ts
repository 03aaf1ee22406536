import { type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import { type CustomFieldDefinition, customFieldIssue } from '../../../domain/crm/custom-field.rules.ts';
import type { Ctx } from '../../core/context.ts';

export type CustomEntity = 'prospect' | 'account' | 'deal' | 'ticket';

/**
 * The record's custom fields after a change: given ones replace, null removes, absent ones stay.
 * @throws AppError validation for a key that the organization has not defined, and a value of another type.
 */
export async function mergedCustom(
  ctx: Ctx,
  entity: CustomEntity,
  before: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>> | undefined,
): Promise<Record<string, unknown>> {
  if (given === undefined) return { ...before };
  const definitions = await readDefinitions(ctx, entity);
  const issues: FieldIssue[] = [];
  const after: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(given)) {
    const definition = definitions.get(key);
    const message = definition ? customFieldIssue(definition, value) : 'is not a custom field of this organization';
    if (message) issues.push({ field: `custom.${key}`, message, value });
    else if (value === null) delete after[key];
    else after[key] = value;
  }
  if (issues.length > 0) {
    throw invalidAll(issues, 'Define custom fields with POST /api/v1/custom-fields, then set them on records.');
  }
  return after;
}

async function readDefinitions(ctx: Ctx, entity: CustomEntity): Promise<Map<string, CustomFieldDefinition>> {
  const rows = await ctx.tx
    .selectFrom('custom_fields')
    .select(['key', 'type', 'options', 'required'])
    .where('organization_id', '=', ctx.organizationId)
    .where('entity', '=', entity)
    .execute();
  return new Map(rows.map((row) => [row.key, row as CustomFieldDefinition]));
}
