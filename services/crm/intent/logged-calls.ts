import { sql } from 'kysely';
import { INTENT_SIGNAL_TYPES } from '../../../domain/crm/intent.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { refreshTouched } from './refresh-intent.ts';

const { halfLifeDays, lifeDays } = INTENT_SIGNAL_TYPES.call_intent;

/** Strengths of what a person wrote of a call: they called themselves, or the call ended well. */
const INBOUND = 25;
const GOOD_OUTCOME = 40;
const GOOD = '(interest|meeting|demo|callback|call back|quote|proposal|trial|buy|next step)';
const BAD = '(not interest|no interest|uninterest|declin|wrong|refus|never|unsubscrib)';

/** Calls that were logged by hand: one signal per call that says something, as the log is now. */
export async function followLoggedCalls(ctx: Ctx, callIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ prospectId: string | null; accountId: string | null }>`
    with telling as materialized (
      select c.id, c.prospect_id, case when c.prospect_id is null then c.account_id end as account_id, c.occurred_at,
             c.direction, c.outcome,
             case when c.outcome ~* ${GOOD} and c.outcome !~* ${BAD} then ${GOOD_OUTCOME}::integer
                  when c.direction = 'inbound' and c.disposition = 'answered' and coalesce(c.outcome !~* ${BAD}, true)
                    then ${INBOUND}::integer end as strength
      from call_logs c
      where c.organization_id = ${ctx.organizationId} and c.id = any(${sql.val([...callIds])}::uuid[])
        and c.deleted_at is null and c.occurred_at <= ${ctx.now}
        and (c.prospect_id is not null or c.account_id is not null)),
    silent as (
      delete from intent_signals s
      where s.organization_id = ${ctx.organizationId}
        and s.source_key = any(select 'call_log:' || id from unnest(${sql.val([...callIds])}::uuid[]) id)
        and s.source_key not in (select 'call_log:' || id from telling where strength is not null)
      returning s.prospect_id, s.account_id),
    stored as (
      insert into intent_signals as s (type, topic, source, source_key, prospect_id, account_id, strength,
                                       half_life_days, data, occurred_at, expires_at)
      select 'call_intent', direction || ' call', 'call_log', 'call_log:' || id, prospect_id, account_id, strength,
             ${halfLifeDays}::double precision, jsonb_build_object('callId', id, 'outcome', outcome), occurred_at,
             occurred_at + make_interval(days => ${lifeDays}::integer)
      from telling where strength is not null order by id
      on conflict (organization_id, source_key) where source_key is not null do update
      set strength = excluded.strength, data = excluded.data, occurred_at = excluded.occurred_at,
          expires_at = excluded.expires_at, expired_at = null
      returning s.prospect_id, s.account_id)
    select prospect_id as "prospectId", account_id as "accountId" from silent
    union select prospect_id, account_id from stored`.execute(ctx.tx);
  await refreshTouched(ctx, rows);
}
