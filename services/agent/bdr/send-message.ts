import { sql } from 'kysely';
import { type BdrChannel, localDay } from '../../../domain/agent/bdr.rules.ts';
import { CONTACT_CHANNEL_OF } from '../../../domain/agent/channel.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { createTask } from '../../crm/index.ts';
import { claimContact } from '../../outreach/governance/index.ts';
import { type OutreachTools, planEmail } from '../../outreach/index.ts';
import type { SendGuard } from '../../platform/sends/index.ts';
import { bdrDailyLimitReached, bdrMessageSent } from '../events.ts';
import { chargeCalls, unchargeCalls } from '../gateway/index.ts';
import type { AgentConfig } from './agent-config.ts';
import { count, logAgentActivity, recordDecision } from './agent-log.ts';
import { approvalHash } from './approval-hash.ts';
import { type Execution, whom } from './executions.ts';
import { leastBusy } from './handoff.ts';
import { planNextTouch } from './next-touch.ts';

interface Message {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly approvedHash: Uint8Array | null;
  readonly channel: BdrChannel;
  /** Where the channel leads now. */
  readonly address: string | null;
  readonly ownerId: string | null;
  readonly name: string | null;
  readonly kind: string;
  readonly strategy: string;
  readonly promptVersion: string;
}

const readMessage = async (ctx: Ctx, executionId: string): Promise<Message | undefined> =>
  (
    await sql<Message>`
      select a.id, a.recipient, a.subject, a.body, a.approved_hash as "approvedHash", a.kind, a.channel,
             case a.channel when 'linkedin' then p.linkedin_url when 'phone' then p.phone else p.email end as address,
             p.owner_id as "ownerId",
             a.strategy, a.prompt_version as "promptVersion",
             nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as name
      from bdr_approval_queue a
      join prospects p on p.organization_id = a.organization_id and p.id = a.prospect_id
      where a.organization_id = ${ctx.organizationId} and a.execution_id = ${executionId} and a.status = 'approved'
      for no key update of a`.execute(ctx.tx)
  ).rows[0];

/**
 * Hands the approved message to the ledger, in the transaction that counts it against the cap of the day. Who or what was
 * changed after the decision is decided about again.
 */
export async function sendApproved(
  ctx: Ctx,
  tools: OutreachTools,
  execution: Execution,
  config: AgentConfig,
): Promise<void> {
  const message = await readMessage(ctx, execution.id);
  if (!message) return;
  const expected = approvalHash({ ...message, recipient: message.address ?? '' });
  if (message.approvedHash === null || !expected.equals(message.approvedHash)) {
    await decideAgain(ctx, execution, message);
    return;
  }
  if (!(await takeTouch(ctx, config))) return;
  const left =
    message.channel === 'email'
      ? await mail(ctx, tools, execution, config, message)
      : await giveTask(ctx, execution, config, message);
  if (left === null) return;
  const next = await planNextTouch(ctx, execution, config);
  await sql`
    update bdr_approval_queue
    set status = 'sent', sent_at = ${ctx.now}, send_id = ${left.sendId}, task_id = ${left.taskId}, link_hash = null
    where organization_id = ${ctx.organizationId} and id = ${message.id}`.execute(ctx.tx);
  await sql`
    update bdr_workflow_executions
    set touches = touches + 1, last_touch_at = ${ctx.now}, next_touch_at = ${next}, stage = 'follow_up'
    where organization_id = ${ctx.organizationId} and id = ${execution.id}`.execute(ctx.tx);
  await sql`
    update prospects set status = 'contacted'
    where organization_id = ${ctx.organizationId} and id = ${execution.prospectId} and status = 'new'`.execute(ctx.tx);
  const { timezone } = config.workingHours;
  const first = execution.touches === 0 ? 1 : 0;
  await count(ctx, { teamId: config.teamId, timezone }, { messages_sent: 1, prospects_contacted: first });
  const summary =
    left.taskId === null
      ? `Sent message ${execution.touches + 1}.`
      : `Gave message ${execution.touches + 1} to a person as a task, for ${message.channel}.`;
  const data = { approvalId: message.id, channel: message.channel };
  await logAgentActivity(ctx, { ...whom(execution), type: 'sent', summary, data });
  await emit(ctx, bdrMessageSent, { entityId: message.id, data: { id: message.id, prospectId: execution.prospectId } });
}

interface Left {
  readonly sendId: string | null;
  readonly taskId: string | null;
}

/** What the credit of this message goes to, and what models cost since the one before: readings and lost drafts too. */
async function touchOf(ctx: Ctx, execution: Execution, config: AgentConfig, message: Message) {
  const { micros, unpriced } = await chargeCalls(ctx, execution.id, message.id);
  return {
    bdrAgentId: config.id!,
    promptVersion: message.promptVersion,
    variant: message.strategy,
    // A cost that nobody knows is none, rather than nothing.
    ...(micros === 0 && unpriced > 0 ? {} : { modelCostMicros: micros }),
  };
}

/** Null: the ledger would not take it. */
async function mail(
  ctx: Ctx,
  tools: OutreachTools,
  execution: Execution,
  config: AgentConfig,
  message: Message,
): Promise<Left | null> {
  const email = await planEmail(ctx, tools, {
    dedupeKey: `bdr:${message.id}`,
    category: 'sequence',
    to: [{ email: message.recipient, name: message.name }],
    prospectId: execution.prospectId,
    subject: literal(message.subject),
    text: literal(message.body),
    touch: await touchOf(ctx, execution, config, message),
  });
  if (email.sendId !== null) return { sendId: email.sendId, taskId: null };
  await unchargeCalls(ctx, message.id);
  await withdraw(ctx, execution, message, email.suppressedBy ?? email.status);
  return null;
}

const DAY_MS = 86_400_000;
/** What a task of the agent names as its source. */
export const MESSAGE_SOURCE = 'bdr_approval';

/** No machine writes on LinkedIn or calls by itself: whoever owns the prospect is given the words to do it with. */
async function giveTask(ctx: Ctx, execution: Execution, config: AgentConfig, message: Message): Promise<Left> {
  const { prospectId } = execution;
  const channel = CONTACT_CHANNEL_OF[message.channel];
  const where = channel === 'call' ? 'Call' : 'Write on LinkedIn to';
  const { id: taskId } = await createTask(ctx, {
    title: `${where} ${message.name ?? 'the prospect'}: ${message.subject}`.slice(0, 200),
    type: channel === 'call' ? 'call' : 'linkedin',
    notes: message.body,
    prospectId,
    assigneeId: message.ownerId ?? (await leastBusy(ctx, config, null)),
    dueAt: new Date(ctx.now.getTime() + DAY_MS),
    source: { type: MESSAGE_SOURCE, id: message.id },
    touch: await touchOf(ctx, execution, config, message),
  });
  await claimContact(ctx, { prospectId, channel, source: { type: 'task', id: taskId } });
  return { sendId: null, taskId };
}

/** Braces are text here: what a model wrote fills in nothing. */
const literal = (text: string): string => text.replaceAll('{{', '{ {').replaceAll('}}', '} }');

/** The address is stopped: the next look ends the work, or goes on without this message. */
async function withdraw(ctx: Ctx, execution: Execution, message: Message, why: string): Promise<void> {
  await sql`
    update bdr_approval_queue set status = 'cancelled', decision_reason = ${why}, link_hash = null
    where organization_id = ${ctx.organizationId} and id = ${message.id}`.execute(ctx.tx);
  await sql`
    update bdr_workflow_executions set next_touch_at = ${new Date(ctx.now.getTime() + 86_400_000)}
    where organization_id = ${ctx.organizationId} and id = ${execution.id}`.execute(ctx.tx);
  await recordDecision(ctx, {
    ...whom(execution),
    type: 'send',
    decision: 'held back',
    reasoning: `Suppressed: ${why}.`,
  });
}

/** How soon after a pause a held message leaves. */
const PAUSE_LOOK_MS = 60_000;

/** The decision was about another message: somebody has to look once more. */
async function decideAgain(ctx: Ctx, execution: Execution, message: Message): Promise<void> {
  await sql`
    update bdr_approval_queue
    set status = 'pending', approved_hash = null, decided_by = null, decided_at = null, auto_approved = false,
        recipient = ${message.address ?? ''}
    where organization_id = ${ctx.organizationId} and id = ${message.id}`.execute(ctx.tx);
  const reasoning = 'The recipient or the text is not the one that was approved.';
  await recordDecision(ctx, { ...whom(execution), type: 'send', decision: 'approval withdrawn', reasoning });
}

/** One guarded statement per touch: the cap of a day holds whoever sends at once. */
async function takeTouch(ctx: Ctx, config: AgentConfig): Promise<boolean> {
  const day = localDay(config.workingHours.timezone, ctx.now);
  await sql`
    insert into bdr_daily_counters (team_id, day) values (${config.teamId}, ${day}::date)
    on conflict do nothing`.execute(ctx.tx);
  const here = sql`organization_id = ${ctx.organizationId} and team_id = ${config.teamId} and day = ${day}::date`;
  const { rows } = await sql<{ touches: number }>`
    update bdr_daily_counters set touches = touches + 1
    where ${here} and touches < ${config.maxDailyTouches} returning touches`.execute(ctx.tx);
  const isLast = rows[0]?.touches === config.maxDailyTouches;
  if (isLast) {
    await emit(ctx, bdrDailyLimitReached, { entityId: config.teamId, data: { teamId: config.teamId, day } });
  }
  return rows.length > 0;
}

/**
 * Why a message of the agent must not leave any more. Asked when it is claimed and again when its hand-over begins, so a
 * pause, a stop or an opt-out holds from the moment it is committed.
 */
export const messageIsWanted: SendGuard = async (ctx, { id, purpose, toAddress }) => {
  if (purpose !== 'sequence') return null;
  const { rows } = await sql<{ active: boolean; paused: boolean; refused: boolean; email: string | null }>`
    select c.is_active as active, c.paused_at is not null as paused, p.email,
           coalesce(e.outcome in ('stopped', 'opted_out', 'bounced', 'gone'), false) or p.deleted_at is not null
             or p.status = 'do_not_contact' as refused
    from bdr_approval_queue a
    join bdr_agent_configs c on c.organization_id = a.organization_id and c.team_id = a.team_id
    join bdr_workflow_executions e on e.organization_id = a.organization_id and e.id = a.execution_id
    join prospects p on p.organization_id = a.organization_id and p.id = a.prospect_id
    where a.organization_id = ${ctx.organizationId} and a.send_id = ${id}`.execute(ctx.tx);
  const row = rows[0];
  // Sequences of others are not the agent's.
  if (!row) return null;
  if (!row.active) return { code: 'bdr.inactive', until: new Date(ctx.now.getTime() + PAUSE_LOOK_MS) };
  // It goes on where it stopped; a pause loses nothing.
  if (row.paused) return { code: 'bdr.paused', until: new Date(ctx.now.getTime() + PAUSE_LOOK_MS) };
  if (row.refused) return 'bdr.stopped';
  return row.email?.toLowerCase() === toAddress.toLowerCase() ? null : 'bdr.recipient';
};
