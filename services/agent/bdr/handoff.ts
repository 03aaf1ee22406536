import { sql } from 'kysely';
import { type AppError, conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { addDealContact, createDeal } from '../../crm/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { bdrHandoffAccepted, bdrHandoffReady, bdrHandoffRejected } from '../events.ts';
import { readSubject } from '../facts/subject.ts';
import { type AgentConfig, requireConfig } from './agent-config.ts';
import { count, logAgentActivity, recordDecision } from './agent-log.ts';
import { type Execution, wake, whom } from './executions.ts';
import { type HandoffDetail, readHandoff } from './handoff-view.ts';
import { assess } from './qualify.ts';

const DAY_MS = 86_400_000;
/** Whoever does not answer that often has somebody else asked. */
const REMINDERS = 2;

/** Puts together what whoever takes over needs, and tells them. Once per execution. */
export async function createHandoff(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<void> {
  const subject = await readSubject(ctx, execution.prospectId);
  const result = await assess(ctx, execution, config);
  const name = [subject.firstName, subject.lastName].filter(Boolean).join(' ') || 'A prospect';
  const met = result.answers.filter(({ status }) => status === 'met').map(({ label }) => label.toLowerCase());
  const where = subject.company === null ? '' : ` of ${subject.company}`;
  const summary = `${name}${where} answered after ${execution.touches} messages. ${result.framework}: ${result.score} of 100; given: ${met.join(', ') || 'nothing yet'}.`;
  const open = result.openQuestions[0];
  const nextStep = open === undefined ? 'Agree on a meeting.' : `Agree on a meeting and find out: ${open}`;
  const assignee = subject.ownerId ?? (await leastBusy(ctx, config, null));
  const { rows } = await sql<{ id: string }>`
    insert into bdr_handoffs (team_id, prospect_id, execution_id, framework, score, answers, summary, next_step,
                              assigned_to, remind_at)
    values (${execution.teamId}, ${execution.prospectId}, ${execution.id}, ${result.framework}, ${result.score},
            ${JSON.stringify(result.answers)}::jsonb, ${summary}, ${nextStep}, ${assignee},
            ${new Date(ctx.now.getTime() + DAY_MS)})
    on conflict do nothing returning id`.execute(ctx.tx);
  const id = rows[0]?.id;
  if (id === undefined) return;
  await count(ctx, clockOf(config), { handoffs_created: 1 });
  await logAgentActivity(ctx, { ...whom(execution), type: 'handed_over', summary, data: { handoffId: id } });
  const data = { id, prospectId: execution.prospectId, score: result.score };
  await emit(ctx, bdrHandoffReady, { entityId: id, data });
  await tell(ctx, id, assignee, `Ready for you: ${name}${where}`, summary, 0);
}

const clockOf = (config: AgentConfig) => ({ teamId: config.teamId, timezone: config.workingHours.timezone });

const tell = (ctx: Ctx, id: string, userId: string | null, title: string, body: string, round: number) =>
  notify(ctx, userId, 'bdr.handoff_ready', {
    title,
    body,
    entity: { type: 'bdr_handoff', id },
    dedupeKey: `bdr.handoff_ready:${id}:${round}`,
  });

/** Of the team, whoever has the fewest open handoffs; else whom the agent answers to. */
export async function leastBusy(ctx: Ctx, config: AgentConfig, not: string | null): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select u.id from users u
    left join bdr_handoffs h on h.organization_id = u.organization_id and h.assigned_to = u.id and h.status = 'pending'
    where u.organization_id = ${ctx.organizationId} and u.deleted_at is null and u.status = 'active'
      and (u.team_id = ${config.teamId} or u.id = ${config.managerId}::uuid or u.role = 'admin')
      and u.id is distinct from ${not}::uuid
    group by u.id, u.team_id, u.created_at
    order by u.team_id = ${config.teamId} desc nulls last, count(h.id), u.created_at, u.id limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? config.managerId;
}

/** Nobody has decided: reminds, and after that asks somebody else. */
export async function remindOfHandoff(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<void> {
  const { rows } = await sql<{ id: string; reminders: number; assignedTo: string | null; summary: string }>`
    update bdr_handoffs set reminders = reminders + 1, remind_at = ${new Date(ctx.now.getTime() + DAY_MS)}
    where organization_id = ${ctx.organizationId} and execution_id = ${execution.id} and status = 'pending'
      and remind_at <= ${ctx.now}
    returning id, reminders, assigned_to as "assignedTo", summary`.execute(ctx.tx);
  const row = rows[0];
  if (!row) return;
  const isOver = row.reminders % REMINDERS === 0;
  const next = isOver ? ((await leastBusy(ctx, config, row.assignedTo)) ?? row.assignedTo) : row.assignedTo;
  if (next !== row.assignedTo) {
    await sql`
      update bdr_handoffs set assigned_to = ${next}
      where organization_id = ${ctx.organizationId} and id = ${row.id}`.execute(ctx.tx);
    const reasoning = `No answer after ${row.reminders} reminders.`;
    await recordDecision(ctx, { ...whom(execution), type: 'handoff', decision: 'reassigned', reasoning });
  }
  await tell(ctx, row.id, next, 'A handoff waits for you', row.summary, row.reminders);
}

export interface DecideHandoffInput {
  id: string;
  createDeal?: boolean | undefined;
  reason?: string | undefined;
}

/** Assigns the person to whoever accepts. @throws AppError not_found; conflict `HANDOFF_DECIDED`. */
export const acceptHandoff = verb(
  { permission: 'bdr.approve' },
  async (ctx, input: DecideHandoffInput): Promise<HandoffDetail> => {
    const { execution, assignedTo, score } = await decide(ctx, input, 'accepted');
    const config = await requireConfig(ctx, execution.teamId);
    const owner = ctx.principal.userId ?? assignedTo;
    await sql`
      update prospects set owner_id = coalesce(${owner}::uuid, owner_id), relationship_stage = 'opportunity'
      where organization_id = ${ctx.organizationId} and id = ${execution.prospectId}`.execute(ctx.tx);
    await sql`
      update bdr_handoffs set assigned_to = coalesce(${owner}::uuid, assigned_to)
      where organization_id = ${ctx.organizationId} and id = ${input.id}`.execute(ctx.tx);
    if (input.createDeal ?? config.createDealOnAccept) await openDeal(ctx, input.id, execution, owner);
    await count(ctx, clockOf(config), { handoffs_accepted: 1 });
    const reasoning = `A person took over at ${score} of 100.`;
    await recordDecision(ctx, { ...whom(execution), type: 'handoff', decision: 'accepted', reasoning });
    await emit(ctx, bdrHandoffAccepted, {
      entityId: input.id,
      data: { id: input.id, prospectId: execution.prospectId },
    });
    await audit(ctx, 'bdr.handoff_accept', { entityType: 'bdr_handoff', entityId: input.id });
    await wake(ctx, execution);
    return readHandoff(ctx, input.id);
  },
);

async function openDeal(ctx: Ctx, handoffId: string, execution: Execution, ownerId: string | null): Promise<void> {
  const subject = await readSubject(ctx, execution.prospectId);
  const name = `${subject.company ?? subject.lastName ?? 'Handoff'}: from the agent`;
  const deal = await createDeal(ctx, { name, accountId: subject.accountId, ownerId, teamId: execution.teamId });
  await addDealContact(ctx, { id: deal.id, prospectId: execution.prospectId, role: 'decision_maker' });
  await sql`
    update bdr_handoffs set deal_id = ${deal.id}
    where organization_id = ${ctx.organizationId} and id = ${handoffId}`.execute(ctx.tx);
}

/** Back to being nurtured; what was wrong is kept to learn from. @throws AppError not_found; conflict `HANDOFF_DECIDED`. */
export const rejectHandoff = verb(
  { permission: 'bdr.approve' },
  async (ctx, input: DecideHandoffInput): Promise<HandoffDetail> => {
    const { execution, score } = await decide(ctx, input, 'rejected');
    const config = await requireConfig(ctx, execution.teamId);
    await count(ctx, clockOf(config), { handoffs_rejected: 1 });
    await sql`
      update prospects set relationship_stage = 'engaged'
      where organization_id = ${ctx.organizationId} and id = ${execution.prospectId}`.execute(ctx.tx);
    await recordDecision(ctx, {
      ...whom(execution),
      type: 'handoff',
      decision: 'rejected',
      reasoning: `At ${score} of 100: ${input.reason ?? 'no reason given'}.`,
    });
    await emit(ctx, bdrHandoffRejected, {
      entityId: input.id,
      data: { id: input.id, prospectId: execution.prospectId },
    });
    await audit(ctx, 'bdr.handoff_reject', {
      entityType: 'bdr_handoff',
      entityId: input.id,
      after: { reason: input.reason },
    });
    await wake(ctx, execution);
    return readHandoff(ctx, input.id);
  },
);

async function decide(ctx: Ctx, { id, reason }: DecideHandoffInput, to: 'accepted' | 'rejected') {
  const { rows } = await sql<{ executionId: string; assignedTo: string | null; score: number }>`
    update bdr_handoffs
    set status = ${to}, decided_by = ${ctx.principal.userId ?? null}, decided_at = ${ctx.now},
        decision_reason = ${reason ?? null}, remind_at = null
    where organization_id = ${ctx.organizationId} and id = ${id} and status = 'pending'
    returning execution_id as "executionId", assigned_to as "assignedTo", score`.execute(ctx.tx);
  const row = rows[0];
  if (!row) throw await whyNot(ctx, id);
  const execution = await ctx.tx
    .selectFrom('bdr_workflow_executions')
    .select(['id', 'team_id as teamId', 'prospect_id as prospectId', 'generation'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', row.executionId)
    .executeTakeFirstOrThrow();
  return { ...row, execution: execution as unknown as Execution };
}

async function whyNot(ctx: Ctx, id: string): Promise<AppError> {
  const { status } = await readHandoff(ctx, id).catch(() => ({ status: null }));
  if (status === null) return notFound('The handoff');
  return conflict('HANDOFF_DECIDED', `The handoff is ${status} already.`, {
    hint: 'GET /api/v1/bdr/handoffs/{id} shows the decision.',
    details: { status },
  });
}
