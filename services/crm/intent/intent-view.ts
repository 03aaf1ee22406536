import { type RawBuilder, sql } from 'kysely';
import {
  COMPANY_SHARE,
  type IntentTier,
  type IntentTrend,
  scoreOf,
  sharesOf,
  TREND_DAYS,
  tierOf,
  trendOf,
  worthAfter,
} from '../../../domain/crm/intent.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { readAccount } from '../accounts/account-view.ts';
import { readProspect } from '../prospects/prospect-view.ts';
import { type SignalView, signalColumns } from './signal-view.ts';

export interface ExplainedSignal extends SignalView {
  /** Whose it is: the person's own, or what happened at their company and counts in part. */
  level: 'prospect' | 'account';
  /** What is left of its strength now, of 100. */
  worth: number;
  /** Its part of the score; all parts add up to 1. */
  share: number;
}

export interface IntentExplanation {
  score: number;
  tier: IntentTier;
  trend: IntentTrend;
  /** A week before, by the same signals. */
  scoreBefore: number;
  computedAt: Date;
  /** Live ones, the weightiest first. */
  signals: ExplainedSignal[];
  /** Latest first. */
  history: { score: number; tier: IntentTier; signals: number; reason: 'signal' | 'time'; computedAt: Date }[];
}

const HISTORY_ROWS = 100;
const DAY_MS = 86_400_000;

/** Signals that counted at some time of the last week, each with how much of it counts. */
async function explain(
  ctx: Ctx,
  subject: { table: 'prospect' | 'account'; id: string },
  signals: RawBuilder<unknown>,
): Promise<IntentExplanation> {
  const before = new Date(ctx.now.getTime() - TREND_DAYS * DAY_MS);
  const { rows } = await sql<SignalView & { level: ExplainedSignal['level']; counts: number }>`
    select ${signalColumns}, s.level, s.counts from (${signals}) s
    where s.occurred_at <= ${ctx.now} and s.expires_at > ${before}`.execute(ctx.tx);
  const worthsAt = (at: Date) =>
    rows.flatMap((signal) => {
      if (signal.occurredAt > at || signal.expiresAt <= at) return [];
      const ageDays = (at.getTime() - signal.occurredAt.getTime()) / DAY_MS;
      return [{ signal, worth: worthAfter(signal.strength * signal.counts, signal.halfLifeDays, ageDays) }];
    });
  const live = worthsAt(ctx.now).sort((a, b) => b.worth - a.worth || (a.signal.id < b.signal.id ? -1 : 1));
  const worths = live.map(({ worth }) => worth);
  const shares = sharesOf(worths);
  const score = scoreOf(worths);
  const scoreBefore = scoreOf(worthsAt(before).map(({ worth }) => worth));
  return {
    score,
    tier: tierOf(score),
    trend: trendOf(score, scoreBefore),
    scoreBefore,
    computedAt: ctx.now,
    signals: live.map(({ signal: { counts: _, ...signal }, worth }, index) => ({
      ...signal,
      worth: Math.round(worth * 100) / 100,
      share: Math.round(shares[index]! * 10_000) / 10_000,
    })),
    history: await readHistory(ctx, subject),
  };
}

async function readHistory(
  ctx: Ctx,
  { table, id }: { table: 'prospect' | 'account'; id: string },
): Promise<IntentExplanation['history']> {
  const { rows } = await sql<IntentExplanation['history'][number]>`
    select score::double precision, tier, signals, reason, computed_at as "computedAt"
    from intent_score_history
    where organization_id = ${ctx.organizationId} and ${sql.ref(`${table}_id`)} = ${id}
    order by computed_at desc, id desc limit ${HISTORY_ROWS}`.execute(ctx.tx);
  return rows;
}

/** As of now, to the second, with every signal's part in it. @throws AppError not_found. */
export const readProspectIntent = verb(
  { permission: 'intent.view' },
  async (ctx, input: { id: string }): Promise<IntentExplanation & { prospectId: string; accountId: string | null }> => {
    const { accountId } = await readProspect(ctx, input.id);
    const signals = sql`
      select s.*, 'prospect' as level, 1::double precision as counts from intent_signals s
      where s.organization_id = ${ctx.organizationId} and s.prospect_id = ${input.id}
      union all
      select s.*, 'account', ${COMPANY_SHARE}::double precision from intent_signals s
      where s.organization_id = ${ctx.organizationId} and s.account_id = ${accountId}::uuid`;
    return { prospectId: input.id, accountId, ...(await explain(ctx, { table: 'prospect', id: input.id }, signals)) };
  },
);

export interface PersonOfIntent {
  prospectId: string;
  name: string | null;
  title: string | null;
  score: number;
  tier: IntentTier;
}

/** What the company shows itself and what its people do. @throws AppError not_found. */
export const readAccountIntent = verb(
  { permission: 'intent.view' },
  async (
    ctx,
    input: { id: string },
  ): Promise<IntentExplanation & { accountId: string; visitors: number; prospects: PersonOfIntent[] }> => {
    const account = await readAccount(ctx, input.id);
    const signals = sql`
      select s.*, 'account' as level, 1::double precision as counts from intent_signals s
      where s.organization_id = ${ctx.organizationId} and s.account_id = ${account.id}
      union all
      select s.*, 'prospect', 1 from prospects p
      join intent_signals s on s.organization_id = p.organization_id and s.prospect_id = p.id
      where p.organization_id = ${ctx.organizationId} and p.account_id = ${account.id} and p.deleted_at is null`;
    const explanation = await explain(ctx, { table: 'account', id: account.id }, signals);
    const people = await sql<PersonOfIntent>`
      select id as "prospectId", nullif(trim(concat_ws(' ', first_name, last_name)), '') as name, title,
             intent_score::double precision as score, intent_tier as tier
      from prospects
      where organization_id = ${ctx.organizationId} and account_id = ${account.id} and deleted_at is null
        and intent_score > 0
      order by intent_score desc, id limit 50`.execute(ctx.tx);
    const visitors = await sql<{ count: number }>`
      select count(*)::integer as count from website_visitors
      where organization_id = ${ctx.organizationId} and account_id = ${account.id} and merged_into_id is null
        and last_seen_at > ${new Date(ctx.now.getTime() - 30 * DAY_MS)}`.execute(ctx.tx);
    return { accountId: account.id, ...explanation, visitors: visitors.rows[0]!.count, prospects: people.rows };
  },
);
