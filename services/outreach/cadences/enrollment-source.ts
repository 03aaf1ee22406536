import { sql } from 'kysely';
import { invalid, invalidAll, notFound } from '../../../domain/core/errors.ts';
import { peopleInCsv } from '../../../domain/outreach/people-csv.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { prospectsMatching } from '../../crm/index.ts';

/** Exactly one of them. */
export interface EnrollmentSource {
  prospectIds?: readonly string[] | undefined;
  listId?: string | undefined;
  segmentId?: string | undefined;
  /** A filter tree over prospects. */
  filter?: Record<string, unknown> | undefined;
  /** Text with a head; the column `id`, `prospect_id` or `email` names the people. */
  csv?: string | undefined;
}

export interface UnknownPerson {
  readonly line: number | null;
  readonly value: string;
}

const WAYS = ['prospectIds', 'listId', 'segmentId', 'filter', 'csv'] as const;

/** Each person once, in the order of the source. @throws AppError validation; not_found. */
export async function peopleOf(
  ctx: Ctx,
  source: EnrollmentSource,
): Promise<{ prospectIds: string[]; unknown: UnknownPerson[] }> {
  const given = WAYS.filter((way) => source[way] !== undefined);
  if (given.length !== 1) {
    throw invalidAll([{ field: given[1] ?? 'prospectIds', message: `must be exactly one of ${WAYS.join(', ')}` }]);
  }
  if (source.prospectIds) {
    const ids = [...new Set(source.prospectIds.map((id) => id.toLowerCase()))];
    const found = await resolve(
      ctx,
      ids.map((id) => ({ line: null, value: id })),
      'id',
    );
    if (found.prospectIds.length === 0) throw notFound('None of the prospects');
    return found;
  }
  if (source.csv !== undefined) {
    const file = peopleInCsv(source.csv);
    if ('problem' in file) throw invalid('csv', file.problem);
    return resolve(ctx, file.rows, file.by);
  }
  const prospectIds = await prospectsMatching(ctx, source);
  return { prospectIds, unknown: [] };
}

async function resolve(
  ctx: Ctx,
  rows: readonly UnknownPerson[],
  by: 'id' | 'email',
): Promise<{ prospectIds: string[]; unknown: UnknownPerson[] }> {
  const values = rows.map(({ value }) => value.toLowerCase());
  const { rows: found } = await sql<{ id: string; value: string }>`
    select p.id, ${by === 'id' ? sql`p.id::text` : sql`p.email_key`} as value from prospects p
    where p.organization_id = ${ctx.organizationId} and p.deleted_at is null
      and ${by === 'id' ? sql`p.id = any(${sql.val(values.filter(isId))}::uuid[])` : sql`p.email_key = any(${sql.val(values)}::text[])`}
    order by p.created_at desc, p.id desc`.execute(ctx.tx);
  const idOf = new Map(found.map(({ id, value }) => [value, id]));
  const prospectIds = new Set<string>();
  const unknown: UnknownPerson[] = [];
  for (const [index, row] of rows.entries()) {
    const id = idOf.get(values[index]!);
    if (id) prospectIds.add(id);
    else unknown.push(row);
  }
  return { prospectIds: [...prospectIds], unknown };
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
