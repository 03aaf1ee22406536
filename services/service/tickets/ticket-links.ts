import { sql } from 'kysely';
import { invalidAll } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

/** Records that a ticket is about beside its requester, and people who follow it. A given list replaces the old one. */
export interface TicketLinks {
  watcherIds?: readonly string[] | undefined;
  dealIds?: readonly string[] | undefined;
  prospectIds?: readonly string[] | undefined;
}

const LINKS = [
  { field: 'watcherIds', table: 'ticket_watchers', column: 'user_id', target: 'users' },
  { field: 'dealIds', table: 'ticket_deals', column: 'deal_id', target: 'deals' },
  { field: 'prospectIds', table: 'ticket_prospects', column: 'prospect_id', target: 'prospects' },
] as const;

/** Answers the fields whose lists have changed. @throws AppError validation for ids that do not exist. */
export async function setLinks(ctx: Ctx, ticketId: string, links: TicketLinks): Promise<string[]> {
  const changed: string[] = [];
  for (const { field, table, column, target } of LINKS) {
    const given = links[field];
    if (given === undefined) continue;
    const ids = [...new Set(given)];
    await requireAll(ctx, field, target, ids);
    const { rows } = await sql<{ changes: number }>`
      with removed as (
        delete from ${sql.table(table)}
        where organization_id = ${ctx.organizationId} and ticket_id = ${ticketId}
          and ${sql.ref(column)} <> all(${sql.val(ids)}::uuid[]) returning 1),
      added as (
        insert into ${sql.table(table)} (ticket_id, ${sql.ref(column)})
        select ${ticketId}::uuid, id from unnest(${sql.val(ids)}::uuid[]) id
        on conflict do nothing returning 1)
      select ((select count(*) from removed) + (select count(*) from added))::integer as changes`.execute(ctx.tx);
    if (rows[0]!.changes > 0) changed.push(field);
  }
  return changed;
}

async function requireAll(ctx: Ctx, field: string, target: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(target)}
    where organization_id = ${ctx.organizationId} and id = any(${sql.val(ids)}::uuid[]) and deleted_at is null`.execute(
    ctx.tx,
  );
  const found = new Set(rows.map(({ id }) => id));
  const issues = ids.flatMap((id, index) =>
    found.has(id.toLowerCase()) ? [] : [{ field: `${field}.${index}`, message: 'does not exist', value: id }],
  );
  if (issues.length > 0) throw invalidAll(issues);
}
