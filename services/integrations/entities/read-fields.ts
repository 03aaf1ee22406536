import { sql } from 'kysely';
import type { Fields } from '../../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../core/context.ts';
import type { LocalEntity, LocalRecord } from './entity.ts';

/** Field → SQL over `e`; the keys are what syncs may map. */
export type Columns = Readonly<Record<string, string>>;

/** Locks first, in the order of ids, so that two syncs never wait for each other. */
export async function readRecords(
  ctx: Ctx,
  table: LocalEntity['table'],
  columns: Columns,
  ids: readonly string[],
): Promise<Map<string, LocalRecord>> {
  if (ids.length === 0) return new Map();
  const pairs = Object.entries(columns).flatMap(([field, column]) => [sql.lit(field), sql.raw(column)]);
  const { rows } = await sql<LocalRecord>`
    select e.id, e.version, e.updated_at as "changedAt", e.deleted_at is not null as deleted,
           jsonb_build_object(${sql.join(pairs)}) as fields
    from ${sql.table(table)} e
    where e.organization_id = ${ctx.organizationId} and e.id = any(${sql.val([...ids])}::uuid[])
    order by e.id for no key update of e`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The oldest record that is not deleted and whose `expression` is the value; null for what names nothing. */
export async function matchBy(
  ctx: Ctx,
  table: LocalEntity['table'],
  expression: string,
  values: readonly (string | null)[],
): Promise<(string | null)[]> {
  const named = [...new Set(values.filter((value) => value !== null))];
  if (named.length === 0) return values.map(() => null);
  const { rows } = await sql<{ id: string; value: string }>`
    select distinct on (value) e.id, ${sql.raw(expression)} as value from ${sql.table(table)} e
    where e.organization_id = ${ctx.organizationId} and e.deleted_at is null
      and ${sql.raw(expression)} = any(${sql.val(named)}::text[])
    order by value, e.created_at, e.id`.execute(ctx.tx);
  const found = new Map(rows.map((row) => [row.value, row.id]));
  return values.map((value) => (value === null ? null : (found.get(value) ?? null)));
}

export const textOf = (fields: Fields, name: string): string | null => {
  const value = fields[name];
  return value === null || value === undefined || value === '' ? null : String(value);
};
