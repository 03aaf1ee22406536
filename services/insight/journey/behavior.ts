import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** What a timeline leaves out unless it is asked for. */
export type Behavior = 'events' | 'page_views';

export interface JourneyEvent {
  id: string;
  externalId: string | null;
  type: string;
  sessionId: string | null;
  contentId: string | null;
  url: string | null;
  properties: Record<string, unknown> | null;
  occurredAt: Date;
}

export interface JourneyPageView {
  id: string;
  externalId: string | null;
  url: string;
  path: string;
  title: string | null;
  referrer: string | null;
  sessionId: string;
  durationSeconds: number | null;
  occurredAt: Date;
}

const KINDS = {
  events: { table: 'events', type: 'event', rank: 2 },
  page_views: { table: 'website_page_views', type: 'page_view', rank: 3 },
} as const;

/** `union all …` for the timeline; nothing when nothing is asked for. */
export function behaviorEntries(ctx: Ctx, recordIds: string[], include: ReadonlySet<Behavior>): RawBuilder<unknown> {
  const parts = [...include].map((kind) => {
    const { table, type, rank } = KINDS[kind];
    return sql`
      union all
      select ${type}, id, occurred_at, ${rank}::integer, coalesce(external_id, '') from ${sql.table(table)}
      where organization_id = ${ctx.organizationId} and customer_id = any(${sql.val(recordIds)}::uuid[])`;
  });
  return parts.length > 0 ? sql.join(parts, sql` `) : sql``;
}

export async function countBehavior(ctx: Ctx, recordIds: string[], include: ReadonlySet<Behavior>): Promise<number> {
  if (include.size === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count
    from (select '' as type, null::uuid as id, null::timestamptz as at, 0 as rank, '' as external_id where false
          ${behaviorEntries(ctx, recordIds, include)}) entry`.execute(ctx.tx);
  return rows[0]!.count;
}

export async function readEvents(ctx: Ctx, ids: string[]): Promise<JourneyEvent[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<JourneyEvent>`
    select id, external_id as "externalId", type, session_id as "sessionId", content_id as "contentId", url, properties,
           occurred_at as "occurredAt"
    from events where organization_id = ${ctx.organizationId} and id = any(${sql.val(ids)}::uuid[])
    order by occurred_at, coalesce(external_id, ''), id`.execute(ctx.tx);
  return rows;
}

export async function readPageViews(ctx: Ctx, ids: string[]): Promise<JourneyPageView[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<JourneyPageView>`
    select id, external_id as "externalId", url, path, title, referrer, session_id as "sessionId",
           duration_seconds as "durationSeconds", occurred_at as "occurredAt"
    from website_page_views where organization_id = ${ctx.organizationId} and id = any(${sql.val(ids)}::uuid[])
    order by occurred_at, coalesce(external_id, ''), id`.execute(ctx.tx);
  return rows;
}
