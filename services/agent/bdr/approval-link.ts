import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { notify } from '../../platform/notifications/index.ts';
import { type Mailing, planMail } from '../../platform/sends/index.ts';
import type { AgentConfig } from './agent-config.ts';
import { agentManagers, recordDecision } from './agent-log.ts';
import { type ApprovalView, readApproval } from './approval-view.ts';
import { approve, reject } from './approvals.ts';
import { type Execution, whom } from './executions.ts';

/**
 * Tells whoever answers for the agent that a message waits, with a link that decides about this one message alone. A new
 * link ends the one before.
 */
export async function askForDecision(
  ctx: Ctx,
  mailing: Mailing,
  config: AgentConfig,
  approvalId: string,
  round: number,
): Promise<void> {
  const message = await readApproval(ctx, approvalId);
  if (message.status !== 'pending') return;
  const managers = await agentManagers(ctx, config.teamId, config.managerId);
  const title = `A message to ${message.prospectName ?? message.company ?? 'a prospect'} waits for you`;
  await notify(ctx, managers, 'bdr.approval_requested', {
    title,
    body: message.subject,
    entity: { type: 'bdr_approval', id: approvalId },
    dedupeKey: `bdr.approval_requested:${approvalId}:${round}`,
  });
  const address = await addressOf(ctx, managers[0]);
  if (address === undefined || mailing.transport === null) return;
  const token = randomBytes(32).toString('base64url');
  await sql`
    update bdr_approval_queue set link_hash = ${hashOf(token)}
    where organization_id = ${ctx.organizationId} and id = ${approvalId}`.execute(ctx.tx);
  const organization = ctx.organizationId.replaceAll('-', '');
  await planMail(ctx, mailing, {
    dedupeKey: `bdr.approval:${approvalId}:${round}`,
    purpose: 'transactional',
    to: address,
    subject: { type: 'bdr_approval', id: approvalId },
    mail: {
      subject: title,
      paragraphs: [
        `${config.agentName} wants to write to ${message.prospectName ?? 'a prospect'}:`,
        message.subject,
        ...message.body.split('\n\n'),
        message.grounded ? 'Every statement rests on a fact.' : 'The checker objects to it; look twice.',
        { label: 'Look and decide', url: `${mailing.publicUrl}/api/v1/bdr/decide/${organization}.${token}` },
      ],
    },
  });
}

async function addressOf(ctx: Ctx, userId: string | undefined) {
  if (userId === undefined) return undefined;
  const user = await ctx.tx
    .selectFrom('users')
    .select(['email', 'first_name', 'last_name'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', userId)
    .executeTakeFirst();
  if (!user) return undefined;
  return { email: user.email, name: [user.first_name, user.last_name].filter(Boolean).join(' ') || null };
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Half of the time is over: it is asked again, more loudly. */
export async function escalateDraft(
  ctx: Ctx,
  mailing: Mailing,
  execution: Execution,
  config: AgentConfig,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update bdr_approval_queue set escalated_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and execution_id = ${execution.id} and status = 'pending'
      and escalated_at is null
    returning id`.execute(ctx.tx);
  const id = rows[0]?.id;
  if (id === undefined) return;
  const reasoning = 'Half of the time to decide is over.';
  await recordDecision(ctx, { ...whom(execution), type: 'approval', decision: 'escalated', reasoning });
  // A manager of one's own was asked already; the others are asked now.
  await askForDecision(ctx, mailing, { ...config, managerId: null }, id, 1);
}

const LINK = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.([\w-]{43})$/;

/** The organization and the hash in a link. @throws AppError not_found. */
export function readDecisionLink(text: string): { organizationId: string; hash: Buffer } {
  const parts = LINK.exec(text);
  if (!parts)
    throw notFound('The link', 'Ask for a new one: each message has one link, and it ends with the decision.');
  return { organizationId: parts.slice(1, 6).join('-'), hash: hashOf(parts[6]!) };
}

async function byLink(ctx: Ctx, hash: Buffer): Promise<string> {
  const row = await ctx.tx
    .selectFrom('bdr_approval_queue')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('link_hash', '=', hash)
    .executeTakeFirst();
  if (!row) throw notFound('The link', 'The message was decided, or there is a newer link.');
  return row.id;
}

/** Only looks: a mail scanner that follows the link decides nothing. */
export const getLinkedMessage = verb(
  { permission: null },
  async (ctx, { hash }: { hash: Buffer }): Promise<ApprovalView> => readApproval(ctx, await byLink(ctx, hash)),
);

export interface LinkedDecision {
  readonly hash: Buffer;
  readonly decision: 'approve' | 'reject';
  readonly reason?: string | undefined;
}

/** @throws AppError not_found; conflict `MESSAGE_EXPIRED`. */
export const decideLinkedMessage = verb(
  { permission: null },
  async (ctx, { hash, decision, reason }: LinkedDecision): Promise<ApprovalView> => {
    const id = await byLink(ctx, hash);
    return decision === 'approve'
      ? approve(ctx, { id })
      : reject(ctx, { id, reason: reason ?? 'Rejected by the link in a mail.', regenerate: false });
  },
);
