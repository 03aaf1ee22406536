import { sql } from 'kysely';
import { type BdrChannel, localDay } from '../../../domain/agent/bdr.rules.ts';
import { CONTACT_CHANNEL_OF, channelOf, type Reach } from '../../../domain/agent/channel.rules.ts';
import type { ProspectState, StepConfig } from '../../../domain/agent/next-step.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { decideContacts } from '../../outreach/governance/index.ts';
import type { AgentConfig } from './agent-config.ts';
import type { Execution } from './executions.ts';

interface Row {
  readonly facts: boolean;
  readonly unread: boolean;
  readonly owes: boolean;
  readonly draft: {
    id: string;
    status: 'pending' | 'approved';
    expiresAt: string;
    escalateAt: string;
    isEscalated: boolean;
    isReply: boolean;
    channel: BdrChannel;
  } | null;
  readonly reach: Reach;
  readonly handoff: { status: 'pending' | 'accepted' | 'rejected'; remindAt: string | null } | null;
  readonly touches: number;
  readonly dayEndsAt: Date;
  readonly bounced: boolean;
}

/** Everything that the next step depends on, in one statement beside the rules of contact. */
export async function readState(
  ctx: Ctx,
  execution: Execution,
  config: AgentConfig,
): Promise<{ state: ProspectState; draftId: string | null }> {
  const { timezone } = config.workingHours;
  const day = localDay(timezone, ctx.now);
  const here = sql`organization_id = ${ctx.organizationId} and execution_id = ${execution.id}`;
  const { rows } = await sql<Row>`
    select
      exists (select from bdr_context_memory m
              where m.organization_id = ${ctx.organizationId} and m.prospect_id = ${execution.prospectId}) as facts,
      exists (select from bdr_replies where ${here} and read_at is null) as unread,
      exists (select from bdr_replies r where r.organization_id = ${ctx.organizationId}
                and r.execution_id = ${execution.id} and r.needs_answer and r.read_at is not null
                and not exists (select from bdr_approval_queue a where a.organization_id = r.organization_id
                                and a.in_reply_to = r.id and not (a.status = 'rejected' and a.regenerate))) as owes,
      exists (select from bdr_approval_queue a
              join emails m on m.organization_id = a.organization_id and m.send_id = a.send_id and m.bounced
              where a.organization_id = ${ctx.organizationId} and a.execution_id = ${execution.id}) as bounced,
      (select jsonb_build_object('id', id, 'status', status, 'expiresAt', expires_at, 'escalateAt', escalate_at,
                                 'isEscalated', escalated_at is not null, 'isReply', kind = 'reply', 'channel', channel)
       from bdr_approval_queue where ${here} and status in ('pending', 'approved')) as draft,
      (select jsonb_build_object('status', status, 'remindAt', remind_at) from bdr_handoffs where ${here}) as handoff,
      (select jsonb_build_object('email', email, 'linkedin', linkedin_url, 'phone', phone) from prospects
       where organization_id = ${ctx.organizationId} and id = ${execution.prospectId}) as reach,
      coalesce((select touches from bdr_daily_counters c where c.organization_id = ${ctx.organizationId}
                and c.team_id = ${config.teamId} and c.day = ${day}::date), 0) as touches,
      (${day}::date + 1)::timestamp at time zone ${timezone} as "dayEndsAt"`.execute(ctx.tx);
  const row = rows[0]!;
  const { touches } = execution;
  const channel = row.draft?.channel ?? channelOf(config.preferredChannels, row.reach, { touches, isReply: row.owes });
  const decision = (
    await decideContacts(ctx, {
      prospectIds: [execution.prospectId],
      channel: CONTACT_CHANNEL_OF[channel],
      purpose: 'sequence',
      userId: null,
    })
  ).get(execution.prospectId);
  return {
    draftId: row.draft?.id ?? null,
    state: {
      stage: execution.stage,
      touches: execution.touches,
      nextTouchAt: execution.nextTouchAt,
      isPaused: !config.isActive || config.pausedAt !== null,
      refusal: refusalOf(decision, row.bounced),
      heldUntil: decision?.decision === 'held' ? decision.until : null,
      hasFacts: row.facts,
      hasUnreadReply: row.unread,
      owesReply: row.owes,
      draft: row.draft && {
        ...row.draft,
        expiresAt: new Date(row.draft.expiresAt),
        escalateAt: new Date(row.draft.escalateAt),
      },
      handoff: row.handoff && {
        status: row.handoff.status,
        remindAt: row.handoff.remindAt === null ? null : new Date(row.handoff.remindAt),
      },
      touchesLeftToday: config.maxDailyTouches - row.touches,
      dayEndsAt: row.dayEndsAt,
    },
  };
}

type Decision = Awaited<ReturnType<typeof decideContacts>> extends Map<string, infer D> ? D : never;

function refusalOf(decision: Decision | undefined, bounced: boolean): ProspectState['refusal'] {
  if (bounced) return { outcome: 'bounced', reason: 'A message to this person bounced.' };
  if (!decision || decision.rule === 'gone') return { outcome: 'gone', reason: 'The record is gone.' };
  if (decision.decision !== 'refused') return null;
  const isOptOut = decision.rule === 'unsubscribed' || decision.rule === 'do_not_contact';
  return { outcome: isOptOut ? 'opted_out' : 'not_contactable', reason: decision.message };
}

export const stepConfig = (config: AgentConfig): StepConfig => ({
  maxTouches: config.maxTouchesPerProspect,
  delayHours: config.minDelayBetweenTouchesHours,
  hours: config.workingHours,
  mayOnlyDraft: config.autonomyLevel === 'draft_only',
});
