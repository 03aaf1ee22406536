import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** A call as those see it who read what was said in it. */
export interface CallRecord {
  readonly id: string;
  readonly interactionId: string | null;
  readonly callLogId: string | null;
  readonly prospectId: string | null;
  readonly accountId: string | null;
  /** Who spoke for the organization. */
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly userId: string | null;
  readonly language: string | null;
  readonly startedAt: Date;
  readonly durationSeconds: number | null;
  /** Text, or statements with their speakers; null while none has come. */
  readonly transcript: unknown;
  readonly transcriptUrl: string | null;
}

export async function readCallRecord(ctx: Ctx, liveCallId: string): Promise<CallRecord | null> {
  const { rows } = await sql<CallRecord>`
    select c.id, c.interaction_id as "interactionId", l.id as "callLogId", p.id as "prospectId",
           p.account_id as "accountId", a.id as "agentId", coalesce(a.name, c.agent_name) as "agentName",
           a.user_id as "userId", c.facts -> 'language' ->> 'value' as language,
           coalesce(c.started_at, c.first_event_at) as "startedAt", c.duration_seconds as "durationSeconds",
           t.content as transcript, c.facts -> 'transcriptUrl' ->> 'value' as "transcriptUrl"
    from live_calls c
    left join call_transcripts t on t.organization_id = c.organization_id and t.live_call_id = c.id
    left join agents a on a.organization_id = c.organization_id and a.external_id = c.agent_external_id
    left join call_logs l on l.organization_id = c.organization_id and l.live_call_id = c.id and l.deleted_at is null
    left join interactions i on i.organization_id = c.organization_id and i.id = c.interaction_id
    left join lateral (
      select p.id, p.account_id from prospects p
      where p.organization_id = c.organization_id and p.deleted_at is null
        and (p.id = l.prospect_id or p.customer_id = i.customer_id)
      order by (p.id = l.prospect_id) desc nulls last, p.created_at, p.id limit 1) p on true
    where c.organization_id = ${ctx.organizationId} and c.id = ${liveCallId}`.execute(ctx.tx);
  return rows[0] ?? null;
}
