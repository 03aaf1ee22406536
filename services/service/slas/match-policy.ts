import { type RawBuilder, sql } from 'kysely';
import type { SlaTerms } from '../../../domain/service/sla.rules.ts';
import type { Db } from '../../../schema/db.ts';
import type { Ctx } from '../../core/context.ts';
import { conditionsOf, matching } from '../tickets/ticket-filter.ts';

interface PolicyRow {
  id: string;
  filter: unknown;
  segmentId: string | null;
  number: number;
  effectiveAt: number;
  terms: SlaTerms;
}

export interface MatchedPolicy {
  readonly slaId: string | null;
  readonly version: { slaId: string; number: number; effectiveAt: number; terms: SlaTerms } | null;
}

interface Policies {
  readonly rows: readonly PolicyRow[];
  readonly conditions: readonly RawBuilder<unknown>[];
}

/** Read once in a transaction, with which it ends: whoever changes policies looks at no ticket in theirs. */
const KNOWN = new WeakMap<Db, Promise<Policies>>();

function policiesOf(ctx: Ctx): Promise<Policies> {
  const known = KNOWN.get(ctx.tx) ?? loadPolicies(ctx);
  KNOWN.set(ctx.tx, known);
  return known;
}

async function loadPolicies(ctx: Ctx): Promise<Policies> {
  const rows = await readPolicies(ctx);
  return { rows, conditions: await conditionsOf(ctx, rows) };
}

/** The policies in the order in which they are asked, each with what it promises now. */
const readPolicies = async (ctx: Ctx): Promise<PolicyRow[]> => {
  const { rows } = await sql<PolicyRow>`
    select s.id, case when s.is_default then null else s.filter end as filter,
           case when s.is_default then null else s.segment_id end as "segmentId", s.number,
           (extract(epoch from v.effective_at) * 1000)::bigint as "effectiveAt",
           jsonb_build_object('targets', v.targets, 'calendar', v.calendar, 'warnAtPercent', v.warn_at_percent,
             'warnBeforeMinutes', v.warn_before_minutes, 'escalations', v.escalations) as terms
    from slas s
    join sla_versions v on v.organization_id = s.organization_id and v.sla_id = s.id and v.number = s.number
    where s.organization_id = ${ctx.organizationId} and s.deleted_at is null
      and (s.is_default or s.filter is not null or s.segment_id is not null)
    order by s.is_default, s.position, s.created_at, s.id`.execute(ctx.tx);
  return rows;
};

const version = ({ id, number, effectiveAt, terms }: PolicyRow): MatchedPolicy => ({
  slaId: id,
  version: { slaId: id, number, effectiveAt, terms },
});

const NONE: MatchedPolicy = { slaId: null, version: null };

/** The policy that a ticket falls under: the one that was named, else the first that matches, else the default, else none. */
export async function matchPolicy(
  ctx: Ctx,
  ticket: { id: string; slaId: string | null; slaPinned: boolean },
): Promise<MatchedPolicy> {
  if (ticket.slaPinned && ticket.slaId !== null) return namedPolicy(ctx, ticket.slaId);
  return firstPolicy(
    ctx,
    sql`(select * from tickets where organization_id = ${ctx.organizationId} and id = ${ticket.id}) t`,
  );
}

/** For a ticket `t` that need not be stored. */
export async function firstPolicy(ctx: Ctx, source: RawBuilder<unknown>): Promise<MatchedPolicy> {
  const { rows, conditions } = await policiesOf(ctx);
  const matches = await matching(ctx, source, conditions);
  const policy = rows.find((_, index) => matches[index]);
  return policy ? version(policy) : NONE;
}

async function namedPolicy(ctx: Ctx, slaId: string): Promise<MatchedPolicy> {
  const { rows } = await sql<PolicyRow>`
    select v.sla_id as id, v.number, (extract(epoch from v.effective_at) * 1000)::bigint as "effectiveAt",
           jsonb_build_object('targets', v.targets, 'calendar', v.calendar, 'warnAtPercent', v.warn_at_percent,
             'warnBeforeMinutes', v.warn_before_minutes, 'escalations', v.escalations) as terms
    from slas s
    join sla_versions v on v.organization_id = s.organization_id and v.sla_id = s.id and v.number = s.number
    where s.organization_id = ${ctx.organizationId} and s.id = ${slaId}`.execute(ctx.tx);
  return rows[0] ? version(rows[0]) : NONE;
}
