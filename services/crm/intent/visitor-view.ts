import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type IntentTier, tierOf } from '../../../domain/crm/intent.rules.ts';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { atBusinessTime } from './team-intent.ts';

export interface VisitorView {
  id: string;
  /** Somebody, beyond a browser: a prospect, or a person who said who they are. */
  identified: boolean;
  prospectId: string | null;
  prospectName: string | null;
  accountId: string | null;
  accountName: string | null;
  customerId: string | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  pageViews: number;
  sessions: number;
  lastUrl: string | null;
  firstReferrer: string | null;
  intentScore: number;
  intentTier: IntentTier;
}

export interface VisitorDetail extends VisitorView {
  /** Topics of what was looked at in the last 60 days, the weightiest first. */
  topics: { topic: string; days: number; hits: number; seconds: number; lastAt: Date }[];
  /** The latest hundred. */
  recentPageViews: {
    id: string;
    url: string;
    title: string | null;
    durationSeconds: number | null;
    occurredAt: Date;
  }[];
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  v.id, v.identified, v.prospect_id as "prospectId",
  nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as "prospectName", v.account_id as "accountId",
  a.name as "accountName", v.customer_id as "customerId", v.first_seen_at as "firstSeenAt",
  v.last_seen_at as "lastSeenAt", v.page_views as "pageViews", v.sessions, v.last_url as "lastUrl",
  v.first_referrer as "firstReferrer", v.intent_score::double precision as "intentScore", v.intent_tier as "intentTier"`);
const SOURCE: RawBuilder<unknown> = sql`website_visitors v
  left join prospects p on p.organization_id = v.organization_id and p.id = v.prospect_id and p.deleted_at is null
  left join accounts a on a.organization_id = v.organization_id and a.id = v.account_id and a.deleted_at is null`;

export interface ListVisitorsInput extends PageInput {
  identified?: boolean | undefined;
  accountId?: string | undefined;
  prospectId?: string | undefined;
  tier?: IntentTier | undefined;
  sort: 'lastSeenAt' | 'intentScore' | 'pageViews';
}

const ORDERS = { lastSeenAt: 'v.last_seen_at', intentScore: 'v.intent_score', pageViews: 'v.page_views' } as const;

/** The highest first, whatever they are sorted by. */
export const listVisitors = verb(
  { permission: 'intent.view' },
  async (ctx, input: ListVisitorsInput): Promise<{ items: VisitorView[]; total: number }> => {
    const where = sql.join(
      [
        sql`v.organization_id = ${ctx.organizationId} and v.merged_into_id is null`,
        ...(input.identified === undefined ? [] : [sql`v.identified = ${input.identified}`]),
        ...(input.accountId === undefined ? [] : [sql`v.account_id = ${input.accountId}`]),
        ...(input.prospectId === undefined ? [] : [sql`v.prospect_id = ${input.prospectId}`]),
        ...(input.tier === undefined ? [] : [sql`v.intent_tier = ${input.tier}`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<VisitorView & { total: number }>`
        select ${COLUMNS}, (select count(*) from website_visitors v where ${where})::integer as total
        from ${SOURCE} where ${where}
        order by ${sql.raw(ORDERS[input.sort])} desc, v.id desc
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** Of all records of the visitor's person, or of the session that is all that is known. */
const VIEWS_OF: RawBuilder<unknown> = sql`
  w.organization_id = v.organization_id and case when v.customer_id is null
    then w.customer_id is null and w.session_id = v.session_id
    else w.customer_id in (
      select v.customer_id union
      select l.customer_id from identity_links l
      where l.organization_id = v.organization_id and l.canonical_id = v.customer_id and l.ended_xid is null) end`;

/** With the score of this moment. The id of a browser that turned out to be somebody's answers with that person. */
export const getVisitor = verb(
  { permission: 'intent.view' },
  async (ctx, input: { id: string }): Promise<VisitorDetail> => {
    await atBusinessTime(ctx);
    const { rows } = await sql<VisitorDetail & { score: number }>`
      select ${COLUMNS}, aggregate_visitor_intent(v.id)::double precision as score,
        coalesce((
          select jsonb_agg(looked order by looked.points desc, looked.topic) from (
            select i.topic, count(*)::integer as days, sum(i.hits)::integer as hits, sum(i.seconds)::integer as seconds,
                   max(i.last_at) as "lastAt", sum(i.strength) as points
            from website_intent(v.organization_id,
              case when v.customer_id is null then '{}'::uuid[] else array[v.customer_id] end,
              case when v.session_id is null then '{}'::text[] else array[v.session_id] end,
              ${ctx.now}::timestamptz - interval '60 days', ${ctx.now}) i
            group by i.topic) looked), '[]') as topics,
        coalesce((
          select jsonb_agg(seen order by seen."occurredAt" desc, seen.id desc) from (
            select w.id, w.url, w.title, w.duration_seconds as "durationSeconds", w.occurred_at as "occurredAt"
            from website_page_views w where ${VIEWS_OF}
            order by w.occurred_at desc, w.id desc limit 100) seen), '[]') as "recentPageViews"
      from website_visitors named
      join ${SOURCE} on v.organization_id = named.organization_id and v.id = coalesce(named.merged_into_id, named.id)
      where named.organization_id = ${ctx.organizationId} and named.id = ${input.id}`.execute(ctx.tx);
    const found = rows[0];
    if (!found) throw notFound('The visitor');
    const { score, topics, recentPageViews, ...visitor } = found;
    return {
      ...visitor,
      intentScore: score,
      intentTier: tierOf(score),
      topics: (topics as (VisitorDetail['topics'][number] & { points: number })[]).map(
        ({ points: _, lastAt, ...topic }) => ({ ...topic, lastAt: new Date(lastAt) }),
      ),
      recentPageViews: recentPageViews.map((view) => ({ ...view, occurredAt: new Date(view.occurredAt) })),
    };
  },
);
