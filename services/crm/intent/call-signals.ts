import { type RawBuilder, sql } from 'kysely';
import { CALL_INTENT, INTENT_SIGNAL_TYPES } from '../../../domain/crm/intent.rules.ts';
import { PURCHASE_LIKE, SUPPORT_LIKE } from '../../../domain/data/call-intent.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { linkCustomersOfFacts } from '../prospects/customer-link.ts';
import { knownPeople, whoIsBehind } from './people.query.ts';
import { refreshTouched } from './refresh-intent.ts';

const { halfLifeDays, lifeDays } = INTENT_SIGNAL_TYPES.call_intent;
const { leastStrength, mostStrength, strengthWithoutProbability } = CALL_INTENT;

/** Likely buyers speak of it more plainly: the probability moves the strength between its two ends. */
const STRENGTH: RawBuilder<unknown> = sql`
  case when i.purchase_probability is null then ${strengthWithoutProbability}::integer
       else round((${leastStrength}::integer + ${mostStrength - leastStrength}::integer * i.purchase_probability)::numeric)::integer end`;

/**
 * An intent to buy that was heard in a call is a signal of the prospect, once per interaction and as it is corrected;
 * an interaction that was voided or says something else has none.
 */
export async function followCalls(ctx: Ctx, interactionIds: readonly string[]): Promise<void> {
  await linkCustomersOfFacts(ctx, 'interactions', interactionIds);
  const { people } = await whoIsBehind(ctx, 'interactions', interactionIds);
  const heard = sql`
    select i.id, i.primary_intent, i.purchase_probability, i.started_at, ${STRENGTH} as strength, known.*
    from interactions i
    left join identity_links l on l.organization_id = i.organization_id and l.customer_id = i.customer_id
      and l.ended_xid is null
    join ${knownPeople(ctx, people)} known on known.person = coalesce(l.canonical_id, i.customer_id)
    where i.organization_id = ${ctx.organizationId} and i.id = any(${sql.val([...interactionIds])}::uuid[])
      and i.voided_at is null and i.channel ~ '(call|phone|voice)' and i.primary_intent ~* ${PURCHASE_LIKE}
      and i.primary_intent !~* ${SUPPORT_LIKE} and i.started_at <= ${ctx.now}
      and (known.prospect_id is not null or known.account_id is not null)`;
  const { rows } = await sql<{ prospectId: string | null; accountId: string | null }>`
    with heard as materialized (${heard}),
    silent as (
      delete from intent_signals s
      where s.organization_id = ${ctx.organizationId}
        and s.source_key = any(select 'interaction:' || id from unnest(${sql.val([...interactionIds])}::uuid[]) id)
        and s.source_key not in (select 'interaction:' || id from heard)
      returning s.prospect_id, s.account_id),
    stored as (
      insert into intent_signals as s (type, topic, source, source_key, customer_id, prospect_id, account_id, strength,
                                       half_life_days, data, occurred_at, expires_at)
      select 'call_intent', primary_intent, 'interaction', 'interaction:' || id, person, prospect_id,
             case when prospect_id is null then account_id end, strength, ${halfLifeDays}::double precision,
             jsonb_build_object('interactionId', id, 'purchaseProbability', purchase_probability), started_at,
             started_at + make_interval(days => ${lifeDays}::integer)
      from heard order by id
      on conflict (organization_id, source_key) where source_key is not null do update
      set topic = excluded.topic, strength = excluded.strength, data = excluded.data, prospect_id = excluded.prospect_id,
          account_id = excluded.account_id, customer_id = excluded.customer_id, occurred_at = excluded.occurred_at,
          expires_at = excluded.expires_at, expired_at = null
      returning s.prospect_id, s.account_id)
    select prospect_id as "prospectId", account_id as "accountId" from silent
    union select prospect_id, account_id from stored`.execute(ctx.tx);
  await refreshTouched(ctx, rows);
}
