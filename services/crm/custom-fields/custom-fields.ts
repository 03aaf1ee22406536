import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import type { CustomFieldType } from '../../../domain/crm/custom-field.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import type { PageInput } from '../../core/page.ts';
import type { CustomEntity } from './check-custom.ts';

export interface CustomFieldView {
  id: string;
  entity: CustomEntity;
  key: string;
  label: string;
  type: CustomFieldType;
  options: string[];
  required: boolean;
  createdAt: Date;
  version: number;
}

/** A record with hundreds of fields is read by nobody, and each list row carries them all. */
const MOST_FIELDS = 200;
const VIEW = [
  'id',
  'entity',
  'key',
  'label',
  'type',
  'options',
  'required',
  'created_at as createdAt',
  'version',
] as const;

const select = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('custom_fields')
    .select(VIEW)
    .where('organization_id', '=', ctx.organizationId)
    .$castTo<CustomFieldView>();

/** By entity and key. */
export const listCustomFields = verb(
  { permission: null },
  async (
    ctx,
    input: PageInput & { entity?: CustomEntity | undefined },
  ): Promise<{ items: CustomFieldView[]; total: number }> => {
    const items = await select(ctx)
      .$if(input.entity !== undefined, (query) => query.where('entity', '=', input.entity!))
      .orderBy('entity')
      .orderBy('key')
      .execute();
    const first = (input.page - 1) * input.limit;
    return { items: items.slice(first, first + input.limit), total: items.length };
  },
);

export interface CreateCustomFieldInput {
  entity: CustomEntity;
  key: string;
  label?: string | undefined;
  type: CustomFieldType;
  options?: readonly string[] | undefined;
  required?: boolean | undefined;
}

/** @throws AppError validation; conflict `DUPLICATE_CUSTOM_FIELD`, `TOO_MANY_CUSTOM_FIELDS`. */
export const createCustomField = verb(
  { permission: 'organization.edit' },
  async (ctx, input: CreateCustomFieldInput): Promise<CustomFieldView> => {
    const options = input.options ?? [];
    const choice = input.type === 'enum' || input.type === 'multi_enum';
    if (choice && options.length === 0) throw invalid('options', 'is required for a field of choices');
    if (!choice && options.length > 0) throw invalid('options', 'belongs to a field of type enum or multi_enum');
    if (new Set(options).size < options.length) throw invalid('options', 'must not repeat an option');
    const existing = await select(ctx).where('entity', '=', input.entity).execute();
    if (existing.some((field) => field.key === input.key)) {
      throw conflict('DUPLICATE_CUSTOM_FIELD', `The field ${input.key} exists already.`, {
        issues: [{ field: 'key', message: 'exists already', value: input.key }],
      });
    }
    if (existing.length >= MOST_FIELDS) {
      throw conflict('TOO_MANY_CUSTOM_FIELDS', `There are ${MOST_FIELDS} custom fields already.`);
    }
    const row = await ctx.tx
      .insertInto('custom_fields')
      .values({
        entity: input.entity,
        key: input.key,
        label: input.label ?? input.key,
        type: input.type,
        options: [...options],
        required: input.required ?? false,
      })
      .returning(VIEW)
      .executeTakeFirstOrThrow();
    await audit(ctx, 'custom_field.create', { entityType: 'custom_field', entityId: row.id, after: { ...input } });
    return row as CustomFieldView;
  },
);

/** Takes the definition away; values that records hold stay, unseen, until the field is defined again. */
export const deleteCustomField = verb(
  { permission: 'organization.edit' },
  async (ctx, input: { id: string }): Promise<{ id: string }> => {
    const row = await ctx.tx
      .deleteFrom('custom_fields')
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .returning(['entity', 'key'])
      .executeTakeFirst();
    if (!row) throw notFound('The custom field');
    await audit(ctx, 'custom_field.delete', { entityType: 'custom_field', entityId: input.id, before: row });
    return { id: input.id };
  },
);
