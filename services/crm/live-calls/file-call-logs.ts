import { sql } from 'kysely';
import { dispositionOf } from '../../../domain/crm/live-call.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { logActivity } from '../activities/log-activity.ts';
import { findTaskOfCall } from '../calls/call-task.ts';
import { callChanged, callLogged } from '../events.ts';

interface EndedCall {
  id: string;
  interactionId: string;
  direction: 'inbound' | 'outbound' | null;
  phone: string | null;
  outcome: string | null;
  durationSeconds: number | null;
  startedAt: Date;
  prospectId: string;
  userId: string | null;
  costMinor: number | null;
  costCurrency: string | null;
  callLogId: string | null;
  /** A person has taken it out of the log: it does not come back by itself. */
  removed: boolean;
}

/**
 * Ended calls with somebody who is a prospect stand in the call log and the timeline, once; what the call says anew
 * corrects the entry, and what people have written into it stays.
 */
export async function fileCallLogs(ctx: Ctx, liveCallIds: readonly string[]): Promise<void> {
  const { rows } = await sql<EndedCall>`
    select distinct on (c.id)
      c.id, i.id as "interactionId", c.direction, c.outcome, c.duration_seconds as "durationSeconds",
      c.started_at as "startedAt", case c.direction when 'outbound' then c.callee else c.caller end as phone,
      p.id as "prospectId", a.user_id as "userId", i.cost_minor as "costMinor", i.cost_currency as "costCurrency",
      l.id as "callLogId",
      exists (select from call_logs gone where gone.organization_id = c.organization_id and gone.live_call_id = c.id
                and gone.deleted_at is not null) as removed
    from live_calls c
    join interactions i on i.organization_id = c.organization_id and i.id = c.interaction_id and i.voided_at is null
    join customer_identifiers own on own.organization_id = i.organization_id and own.customer_id = i.customer_id
    join prospects p on p.organization_id = c.organization_id and p.deleted_at is null
      and (p.customer_id = i.customer_id or (own.type = 'phone' and p.phone_key = own.value)
           or (own.type = 'email' and p.email_key = own.value))
    left join agents a on a.organization_id = c.organization_id and a.external_id = c.agent_external_id
    left join call_logs l on l.organization_id = c.organization_id and l.live_call_id = c.id and l.deleted_at is null
    where c.organization_id = ${ctx.organizationId} and c.id = any(${sql.val([...liveCallIds])}::uuid[])
      and c.status = 'ended'
    order by c.id, (p.customer_id = i.customer_id) desc nulls last, p.created_at, p.id`.execute(ctx.tx);
  for (const call of rows) {
    if (call.callLogId !== null) await correctLog(ctx, call, call.callLogId);
    else if (!call.removed) await addLog(ctx, call);
  }
}

const factsOf = (call: EndedCall) => ({
  interaction_id: call.interactionId,
  direction: call.direction ?? ('inbound' as const),
  duration_seconds: call.durationSeconds,
  disposition: dispositionOf(call.outcome, call.durationSeconds),
  phone: call.phone,
  cost_minor: call.costMinor,
  cost_currency: call.costCurrency,
  occurred_at: call.startedAt,
});

async function addLog(ctx: Ctx, call: EndedCall): Promise<void> {
  const facts = factsOf(call);
  const { prospectId, userId } = call;
  const made = { prospectId, userId, direction: facts.direction, occurredAt: call.startedAt };
  const { id } = await ctx.tx
    .insertInto('call_logs')
    .values({
      ...facts,
      live_call_id: call.id,
      prospect_id: call.prospectId,
      user_id: call.userId,
      task_id: await findTaskOfCall(ctx, made),
      outcome: call.outcome,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await logActivity(ctx, {
    type: facts.direction === 'outbound' ? 'call_made' : 'call_received',
    subject: facts.disposition ? `Call: ${facts.disposition}` : 'Call',
    occurredAt: call.startedAt,
    prospectId: call.prospectId,
    userId: call.userId,
    source: { type: 'call_log', id },
    data: { durationSeconds: call.durationSeconds, disposition: facts.disposition },
  });
  await emit(ctx, callLogged, { entityId: id, data: { id } });
}

async function correctLog(ctx: Ctx, call: EndedCall, id: string): Promise<void> {
  const facts = factsOf(call);
  const { rows } = await sql<{ id: string }>`
    update call_logs set interaction_id = ${facts.interaction_id}, direction = ${facts.direction},
      duration_seconds = ${facts.duration_seconds}::integer,
      disposition = coalesce(${facts.disposition}::text, disposition), phone = ${facts.phone},
      outcome = coalesce(${call.outcome}::text, outcome), cost_minor = ${facts.cost_minor}::bigint,
      cost_currency = ${facts.cost_currency}, occurred_at = ${facts.occurred_at}
    where organization_id = ${ctx.organizationId} and id = ${id}
      and (interaction_id, direction, duration_seconds, phone, cost_minor, cost_currency, occurred_at, outcome)
        is distinct from (${facts.interaction_id}::uuid, ${facts.direction}, ${facts.duration_seconds}::integer,
          ${facts.phone}::text, ${facts.cost_minor}::bigint, ${facts.cost_currency}::text,
          ${facts.occurred_at}::timestamptz, coalesce(${call.outcome}::text, outcome))
    returning id`.execute(ctx.tx);
  if (rows.length > 0) await emit(ctx, callChanged, { entityId: id, data: { id } });
}
