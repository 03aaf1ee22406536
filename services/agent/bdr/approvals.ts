import { sql } from 'kysely';
import { checkDraft, type Draft, type DraftSentence, draftBody } from '../../../domain/agent/grounding.rules.ts';
import { properName } from '../../../domain/agent/prompt.input.ts';
import { type AppError, conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { requireVersion } from '../../core/versions.ts';
import { bdrApprovalExpired } from '../events.ts';
import { readSubject } from '../facts/subject.ts';
import { namesOf, readSender } from '../writer/write-letter.ts';
import { type AgentConfig, requireConfig } from './agent-config.ts';
import { recordDecision } from './agent-log.ts';
import { approvalHash } from './approval-hash.ts';
import { type ApprovalView, readApproval } from './approval-view.ts';
import { type Execution, wake, whom } from './executions.ts';
import { readFacts } from './research.ts';

export interface EditFields {
  readonly subject?: string | undefined;
  /** Paragraphs are separated by an empty line. */
  readonly body?: string | undefined;
}

/** @throws AppError not_found; conflict `MESSAGE_DECIDED` or `MESSAGE_EXPIRED`. */
async function lockPending(ctx: Ctx, id: string, expectedVersion?: number): Promise<ApprovalView> {
  const { rows } = await sql<{ status: string; expires_at: Date; version: number }>`
    select status, expires_at, version from bdr_approval_queue
    where organization_id = ${ctx.organizationId} and id = ${id} for no key update`.execute(ctx.tx);
  const row = rows[0];
  if (!row) throw notFound('The message');
  requireVersion(row.version, expectedVersion);
  if (row.status !== 'pending') throw decided(row.status);
  if (row.expires_at <= ctx.now) throw decided('expired');
  return readApproval(ctx, id);
}

const decided = (status: string): AppError =>
  conflict(status === 'expired' ? 'MESSAGE_EXPIRED' : 'MESSAGE_DECIDED', `The message is ${status} already.`, {
    hint: 'GET /api/v1/bdr/approvals lists what waits for a decision.',
    details: { status },
  });

/** A new text of a person: its sentences keep the evidence that they had, and all of it is checked again. */
async function edited(ctx: Ctx, before: ApprovalView, { subject, body }: EditFields): Promise<ApprovalView> {
  if (subject === undefined && body === undefined) return before;
  const draft: Draft = {
    subject: subject ?? before.subject,
    sentences: body === undefined ? before.sentences : sentencesOf(body, before.sentences),
  };
  const text = draftBody(draft);
  if (draft.subject === before.subject && text === before.body) return before;
  const config = await requireConfig(ctx, before.teamId);
  const person = await readSubject(ctx, before.prospectId);
  const sender = { ...(await readSender(ctx)), name: config.agentName };
  const recipient = { firstName: properName(person.firstName), company: person.company };
  const reasons = checkDraft(draft, {
    facts: await readFacts(ctx, before.prospectId),
    allowedHosts: config.allowedHosts,
    ...namesOf({ recipient, sender }),
    language: before.language,
  });
  await sql`
    update bdr_approval_queue
    set subject = ${draft.subject}, body = ${text}, sentences = ${JSON.stringify(draft.sentences)}::jsonb,
        grounded = ${reasons.length === 0}, reasons = ${JSON.stringify(reasons)}::jsonb, edits = edits + 1,
        approved_hash = null
    where organization_id = ${ctx.organizationId} and id = ${before.id}`.execute(ctx.tx);
  await audit(ctx, 'bdr.message_edit', { entityType: 'bdr_approval', entityId: before.id });
  return readApproval(ctx, before.id);
}

function sentencesOf(body: string, before: readonly DraftSentence[]): DraftSentence[] {
  const known = new Map(before.map(({ text, evidence }) => [text.trim(), evidence]));
  return body.split(/\n{2,}/).flatMap((part, paragraph) =>
    part
      .split(/(?<=[.!?])\s+|\n/)
      .filter((text) => text.trim() !== '')
      .map((text) => ({ text: text.trim(), evidence: known.get(text.trim()) ?? [], paragraph })),
  );
}

export interface EditInput extends EditFields {
  readonly id: string;
  readonly expectedVersion?: number | undefined;
}

/** @throws AppError not_found; precondition_failed; conflict `MESSAGE_DECIDED`, `MESSAGE_EXPIRED`. */
export const editApproval = verb(
  { permission: 'bdr.approve' },
  async (ctx, { id, expectedVersion, ...fields }: EditInput): Promise<ApprovalView> =>
    edited(ctx, await lockPending(ctx, id, expectedVersion), fields),
);

/**
 * Binds the decision to recipient, subject and body as they are now. While the agent rests the message is held.
 * @throws AppError as `editApproval`
 */
export const approveMessage = verb({ permission: 'bdr.approve' }, (ctx, input: EditInput) => approve(ctx, input));

/** Whoever calls it has seen to it that the decision is somebody's to make. */
export async function approve(ctx: Ctx, { id, expectedVersion, ...fields }: EditInput): Promise<ApprovalView> {
  const message = await edited(ctx, await lockPending(ctx, id, expectedVersion), fields);
  await sql`
    update bdr_approval_queue
    set status = 'approved', approved_hash = ${approvalHash(message)}, decided_by = ${ctx.principal.userId ?? null},
        decided_at = ${ctx.now}, link_hash = null
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  await noteDecision(ctx, message, 'approved', message.edits > 0 ? 'Edited and approved.' : 'Approved as written.');
  return readApproval(ctx, id);
}

export interface RejectInput {
  readonly id: string;
  readonly reason: string;
  /** Write it anew at once; otherwise this touch is left out. */
  readonly regenerate: boolean;
  readonly expectedVersion?: number | undefined;
}

export const rejectMessage = verb({ permission: 'bdr.approve' }, (ctx, input: RejectInput) => reject(ctx, input));

export async function reject(
  ctx: Ctx,
  { id, reason, regenerate, expectedVersion }: RejectInput,
): Promise<ApprovalView> {
  const message = await lockPending(ctx, id, expectedVersion);
  await sql`
    update bdr_approval_queue
    set status = 'rejected', decided_by = ${ctx.principal.userId ?? null}, decided_at = ${ctx.now},
        decision_reason = ${reason}, regenerate = ${regenerate}, link_hash = null
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  const config = await requireConfig(ctx, message.teamId);
  if (!regenerate) await leaveOut(ctx, message.executionId, config);
  await noteDecision(ctx, message, 'rejected', reason);
  return readApproval(ctx, id);
}

/** The next touch keeps its distance, as if this one had been made. */
async function leaveOut(ctx: Ctx, executionId: string, config: AgentConfig): Promise<void> {
  const next = new Date(ctx.now.getTime() + config.minDelayBetweenTouchesHours * 3_600_000);
  await sql`
    update bdr_workflow_executions set next_touch_at = greatest(next_touch_at, ${next})
    where organization_id = ${ctx.organizationId} and id = ${executionId}`.execute(ctx.tx);
}

async function noteDecision(ctx: Ctx, message: ApprovalView, decision: string, reasoning: string): Promise<void> {
  const { teamId, prospectId, executionId } = message;
  await recordDecision(ctx, { teamId, prospectId, executionId, type: 'approval', decision, reasoning });
  await audit(ctx, `bdr.message_${decision}`, {
    entityType: 'bdr_approval',
    entityId: message.id,
    after: { reasoning },
  });
  const { generation } = await ctx.tx
    .selectFrom('bdr_workflow_executions')
    .select('generation')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', executionId)
    .executeTakeFirstOrThrow();
  await wake(ctx, { prospectId, generation });
}

/** Nobody has decided in time: this touch is left out. */
export async function expireDraft(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update bdr_approval_queue set status = 'expired', decided_at = ${ctx.now}, link_hash = null
    where organization_id = ${ctx.organizationId} and execution_id = ${execution.id} and status = 'pending'
      and expires_at <= ${ctx.now}
    returning id`.execute(ctx.tx);
  const id = rows[0]?.id;
  if (id === undefined) return;
  await leaveOut(ctx, execution.id, config);
  const reasoning = 'Nobody decided in time.';
  await recordDecision(ctx, { ...whom(execution), type: 'approval', decision: 'expired', reasoning });
  await emit(ctx, bdrApprovalExpired, { entityId: id, data: { id } });
}
