import { type RawBuilder, sql } from 'kysely';
import { COMPANY_SHARE, type IntentTier, SPIKE } from '../../../domain/crm/intent.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emitAll } from '../../core/events.ts';
import { acrossTeams } from '../../core/team-limits.ts';
import { intentSpikeDetected, intentTierChanged } from '../events.ts';

export type IntentSubject = 'prospect' | 'account';

export interface IntentChange {
  id: string;
  score: number;
  tier: IntentTier;
  previousScore: number;
  previousTier: IntentTier | null;
  alerts: { id: string; type: 'spike' | 'tier_change' }[];
}

/** Why scores are computed: something was recorded, or time has passed. */
export type RefreshReason = 'signal' | 'time';

/** A score that only fades leaves one row a day in the history, and one for each tier. */
const FADING_HISTORY = sql`interval '20 hours'`;

const LIVE = sql`s.expires_at > clock.at and s.occurred_at <= clock.at`;

/**
 * Signals of `subject` rows: id, strength, half_life_days, occurred_at, own (it happened to the subject itself), whose
 * (the person it came from; null: the company as a whole). What happened at a company counts in part for its people, what
 * its people do counts for it.
 */
const SIGNALS: Readonly<Record<IntentSubject, RawBuilder<unknown>>> = {
  prospect: sql`
    select subject.id, s.strength::double precision, s.half_life_days, s.occurred_at, true as own, subject.id as whose
    from subject join intent_signals s on s.organization_id = subject.organization_id and s.prospect_id = subject.id
    where ${LIVE}
    union all
    select subject.id, s.strength * ${COMPANY_SHARE}::double precision, s.half_life_days, s.occurred_at, false, null
    from subject join intent_signals s on s.organization_id = subject.organization_id and s.account_id = subject.account_id
    where ${LIVE}`,
  account: sql`
    select subject.id, s.strength::double precision, s.half_life_days, s.occurred_at, true as own, null::uuid as whose
    from subject join intent_signals s on s.organization_id = subject.organization_id and s.account_id = subject.id
    where ${LIVE}
    union all
    select subject.id, s.strength::double precision, s.half_life_days, s.occurred_at, true, p.id
    from subject
    join prospects p on p.organization_id = subject.organization_id and p.account_id = subject.id and p.deleted_at is null
    join intent_signals s on s.organization_id = p.organization_id and s.prospect_id = p.id
    where ${LIVE}`,
};

/** An alert of one person needs none of their company beside it: there several are behind it, or the company itself. */
const IS_ITS_OWN: Readonly<Record<IntentSubject, RawBuilder<unknown>>> = {
  prospect: sql`true`,
  account: sql`counted.sources > 1 or counted.has_company`,
};

/**
 * Computes the scores of these people or companies anew, keeps them with the records, adds to the history, raises alerts
 * and tells of changed tiers and spikes. Two statements: what others record meanwhile is waited for, then seen.
 */
export async function refreshIntent(
  ctx: Ctx,
  subject: IntentSubject,
  ids: readonly string[],
  reason: RefreshReason = 'signal',
): Promise<IntentChange[]> {
  if (ids.length === 0) return [];
  const table = sql.table(`${subject}s`);
  const key = sql.ref(`${subject}_id`);
  await sql`
    select from ${table} where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[])
    order by id for no key update`.execute(ctx.tx);
  const account = subject === 'prospect' ? sql`account_id` : sql`id as account_id`;
  const { rows } = await sql<IntentChange>`
    with subject as materialized (
      select organization_id, id, ${account}, coalesce(intent_score, 0) as previous_score, intent_tier as previous_tier,
             intent_score is null as is_new
      from ${table}
      where organization_id = ${ctx.organizationId} and deleted_at is null
        and id = any(${sql.val([...ids])}::uuid[])),
    live as materialized (
      select signal.* from (select ${ctx.now}::timestamptz as at) clock cross join lateral (${SIGNALS[subject]}) signal),
    -- Once for all of them: counting the signals of each subject on its own would read all signals for each.
    counted as materialized (
      select id, count(*)::integer as signals,
             sum(intent_points(strength, half_life_days, ${ctx.now}::timestamptz - occurred_at)) as points,
             sum(strength) filter (where own and occurred_at > ${windowStart(ctx)}) as recent,
             sum(strength) filter (
               where own and occurred_at <= ${windowStart(ctx)}
                 and occurred_at > ${windowStart(ctx)} - ${hours(SPIKE.baselineDays * 24)}) as before,
             count(distinct whose) as sources, bool_or(own and whose is null) as has_company
      from live group by id),
    figures as (
      select subject.*, coalesce(counted.signals, 0) as signals, intent_score(counted.points) as score,
             coalesce(counted.recent, 0) as recent,
             coalesce(counted.before, 0) * ${SPIKE.windowHours / 24 / SPIKE.baselineDays}::double precision as usual,
             coalesce(counted.sources, 0) as sources, coalesce(counted.has_company, false) as has_company
      from subject left join counted on counted.id = subject.id),
    scored as materialized (
      select counted.*, intent_tier(counted.score) as tier, ${IS_ITS_OWN[subject]} as is_its_own,
             counted.recent >= ${SPIKE.leastStrength} and counted.recent >= ${SPIKE.factor} * counted.usual
               and not exists (
                 select from intent_alerts a
                 where a.organization_id = counted.organization_id and a.${key} = counted.id and a.type = 'spike'
                   and a.detected_at > ${ctx.now}::timestamptz - ${hours(SPIKE.windowHours)}) as has_spike
      from figures counted
      where not (counted.is_new and counted.signals = 0)),
    kept as (
      update ${table} r set intent_score = scored.score, intent_tier = scored.tier
      from scored
      where r.organization_id = scored.organization_id and r.id = scored.id
        and (r.intent_score is distinct from scored.score or r.intent_tier is distinct from scored.tier)
      returning r.id),
    remembered as (
      insert into intent_score_history (organization_id, ${key}, score, tier, signals, reason, computed_at)
      select organization_id, id, score, tier, signals, ${reason}, ${ctx.now}
      from scored
      where id in (select id from kept)
        and (tier is distinct from previous_tier or case ${reason}::text
          when 'signal' then score <> previous_score
          else round(score) <> round(previous_score) and not exists (
            select from intent_score_history h
            where h.organization_id = scored.organization_id and h.${key} = scored.id
              and h.computed_at > ${ctx.now}::timestamptz - ${FADING_HISTORY}) end)),
    raised as (
      insert into intent_alerts (organization_id, ${key}, type, score, previous_score, tier, previous_tier, details,
                                 detected_at)
      select organization_id, id, alert.type, score, previous_score, tier, previous_tier, alert.details, ${ctx.now}
      from scored cross join lateral (
        select 'spike' as type, jsonb_build_object('windowHours', ${SPIKE.windowHours}::integer, 'recent', recent,
                 'usual', round(usual::numeric, 2), 'signals', signals) as details
        where has_spike and is_its_own
        union all
        select 'tier_change', jsonb_build_object('signals', signals)
        where is_its_own and score > previous_score and tier in ('hot', 'burning') and tier is distinct from previous_tier) alert
      returning id, ${key} as subject_id, type)
    select id, score::double precision, tier, previous_score::double precision as "previousScore",
           previous_tier as "previousTier",
           coalesce((select jsonb_agg(jsonb_build_object('id', raised.id, 'type', raised.type) order by raised.type)
                     from raised where raised.subject_id = scored.id), '[]') as alerts
    from scored
    where id in (select id from kept) or id in (select subject_id from raised)
    order by id`.execute(ctx.tx);
  await tell(ctx, subject, rows);
  return rows;
}

const hours = (count: number): RawBuilder<unknown> => sql`make_interval(hours => ${count}::integer)`;
const windowStart = (ctx: Ctx): RawBuilder<unknown> => sql`(${ctx.now}::timestamptz - ${hours(SPIKE.windowHours)})`;

async function tell(ctx: Ctx, subject: IntentSubject, changes: readonly IntentChange[]): Promise<void> {
  const about = (id: string) => ({
    prospectId: subject === 'prospect' ? id : null,
    accountId: subject === 'account' ? id : null,
  });
  await emitAll(
    ctx,
    intentTierChanged,
    changes.flatMap(({ id, tier, previousTier, score }) =>
      // Who had no score was in the lowest tier.
      tier === (previousTier ?? 'low')
        ? []
        : [{ entityId: id, data: { id, ...about(id), from: previousTier ?? 'low', to: tier, score } }],
    ),
  );
  await emitAll(
    ctx,
    intentSpikeDetected,
    changes.flatMap(({ id, alerts, score, previousScore }) =>
      alerts.flatMap((alert) =>
        alert.type === 'spike'
          ? [{ entityId: alert.id, data: { id: alert.id, ...about(id), score, previousScore } }]
          : [],
      ),
    ),
  );
}

/** People and their companies after something happened to either. @returns the changes of the people. */
export const refreshTouched = (ctx: Ctx, touched: readonly Touched[]): Promise<Refreshed> =>
  // A score is made of what everybody's people did, whoever recorded the last of it.
  acrossTeams(ctx, () => refreshAll(ctx, touched));

export interface Touched {
  prospectId: string | null;
  accountId: string | null;
}
export interface Refreshed {
  prospects: IntentChange[];
  accounts: IntentChange[];
}

async function refreshAll(ctx: Ctx, touched: readonly Touched[]): Promise<Refreshed> {
  const prospectIds = [...new Set(touched.flatMap(({ prospectId }) => prospectId ?? []))];
  const accountIds = [...new Set(touched.flatMap(({ accountId }) => accountId ?? []))];
  if (prospectIds.length + accountIds.length === 0) return { prospects: [], accounts: [] };
  const { rows } = await sql<{ kind: IntentSubject; id: string }>`
    select 'prospect' as kind, id from prospects
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and (id = any(${sql.val(prospectIds)}::uuid[]) or account_id = any(${sql.val(accountIds)}::uuid[]))
    union
    select 'account', account_id from prospects
    where organization_id = ${ctx.organizationId} and id = any(${sql.val(prospectIds)}::uuid[])
      and account_id is not null
    union
    select 'account', id from unnest(${sql.val(accountIds)}::uuid[]) id`.execute(ctx.tx);
  const idsOf = (kind: IntentSubject) => rows.filter((row) => row.kind === kind).map((row) => row.id);
  // Always companies first: whoever comes over the other way round would wait for us while we wait for them.
  const accounts = await refreshIntent(ctx, 'account', idsOf('account'));
  return { accounts, prospects: await refreshIntent(ctx, 'prospect', idsOf('prospect')) };
}

/** After so long an expired signal explains nothing any more. */
const KEPT_DAYS = 400;

/** Marks signals whose time is over and forgets what is long past. @returns how many have expired now. */
export async function expireSignals(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with forgotten as (
      delete from intent_signals
      where organization_id = ${ctx.organizationId} and expired_at < ${ctx.now}::timestamptz - ${hours(KEPT_DAYS * 24)}),
    outdated as (
      delete from intent_score_history
      where organization_id = ${ctx.organizationId} and computed_at < ${ctx.now}::timestamptz - ${hours(KEPT_DAYS * 24)}),
    expired as (
      update intent_signals set expired_at = expires_at
      where organization_id = ${ctx.organizationId} and expired_at is null and expires_at <= ${ctx.now}
      returning 1)
    select count(*)::integer as count from expired`.execute(ctx.tx);
  return rows[0]!.count;
}

export interface DecayStep {
  /** Where the next step goes on; null when everybody was looked at. */
  last: string | null;
  changed: number;
}

/** Lets the scores of one batch fade: those that have one, and those that a signal waits for. For the job. */
export async function decayBatch(
  ctx: Ctx,
  subject: IntentSubject,
  after: string | null,
  limit: number,
): Promise<DecayStep> {
  const key = sql.ref(`${subject}_id`);
  const { rows } = await sql<{ id: string }>`
    select id from (
      select id from ${sql.table(`${subject}s`)}
      where organization_id = ${ctx.organizationId} and deleted_at is null and intent_score > 0
      union
      select ${key} from intent_signals
      where organization_id = ${ctx.organizationId} and ${key} is not null and expires_at > ${ctx.now}) due
    where ${after}::uuid is null or id > ${after}::uuid
    order by id limit ${limit}::integer`.execute(ctx.tx);
  const ids = rows.map((row) => row.id);
  const changes = await refreshIntent(ctx, subject, ids, 'time');
  return { last: ids.length < limit ? null : ids.at(-1)!, changed: changes.length };
}
