import { sql } from 'kysely';
import { effectOf, type ReplyEffect, type ReplyReading, wantsNoMore } from '../../../domain/agent/reply.rules.ts';
import { invalid } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { createProspect, createTask } from '../../crm/index.ts';
import { bdrReplyReceived } from '../events.ts';
import type { ModelAnswer } from '../gateway/index.ts';
import { type AgentConfig, requireConfig } from './agent-config.ts';
import { count, logAgentActivity, recordDecision } from './agent-log.ts';
import {
  type Execution,
  finish,
  lockActiveExecution,
  lockExecution,
  requireActiveExecution,
  wake,
  whom,
} from './executions.ts';
import { type MemoryEntry, remember } from './research.ts';

export interface IncomingReply {
  readonly prospectId: string;
  /** The same reply has the same one, however often it arrives. */
  readonly externalId: string;
  readonly text: string;
  readonly receivedAt: Date;
  /** Known from elsewhere: a header, a button. The words are asked anyway. */
  readonly isOptOut?: boolean;
}

const MOST_CHARACTERS = 20_000;

/**
 * Takes in what somebody answered, while the agent works on them. Who wants no more messages is out in this very
 * transaction: no model is asked about it.
 */
export async function receiveReply(ctx: Ctx, reply: IncomingReply): Promise<void> {
  const execution = await lockActiveExecution(ctx, reply.prospectId);
  if (!execution) return;
  const id = uuidv7();
  const { rows } = await sql<{ id: string }>`
    insert into bdr_replies (id, prospect_id, execution_id, external_id, body, received_at)
    values (${id}, ${reply.prospectId}, ${execution.id}, ${reply.externalId}, ${reply.text.slice(0, MOST_CHARACTERS)},
            ${reply.receivedAt})
    on conflict (organization_id, external_id) do nothing returning id`.execute(ctx.tx);
  if (rows.length === 0) return;
  await sql`
    update bdr_approval_queue set replied_at = ${reply.receivedAt}
    where organization_id = ${ctx.organizationId} and id = (
      select id from bdr_approval_queue where organization_id = ${ctx.organizationId} and execution_id = ${execution.id}
        and status = 'sent' order by sent_at desc limit 1) and replied_at is null`.execute(ctx.tx);
  await sql`
    update bdr_workflow_executions set last_reply_at = ${reply.receivedAt}
    where organization_id = ${ctx.organizationId} and id = ${execution.id}`.execute(ctx.tx);
  // An answer changes what should be said: what was not sent yet is written anew.
  await withdrawDrafts(ctx, execution, 'The person has answered.');
  const config = await requireConfig(ctx, execution.teamId);
  await count(ctx, clockOf(config), { replies: 1 });
  await logAgentActivity(ctx, {
    ...whom(execution),
    type: 'replied',
    summary: 'The person answered.',
    data: { replyId: id },
  });
  await emit(ctx, bdrReplyReceived, { entityId: id, data: { id, prospectId: reply.prospectId } });
  if (reply.isOptOut || wantsNoMore(reply.text))
    await optOut(ctx, execution, config, id, 'The person asked for no more messages.');
  await wake(ctx, execution);
}

export interface RecordReplyInput {
  readonly prospectId: string;
  readonly text: string;
  readonly externalId?: string | undefined;
  readonly receivedAt?: Date | undefined;
}

/**
 * An answer that came another way: by telephone, in another mailbox. @throws AppError conflict `NOT_ASSIGNED`; validation.
 */
export const recordReply = verb(
  { permission: 'bdr.edit' },
  async (ctx, input: RecordReplyInput): Promise<Execution> => {
    const execution = await requireActiveExecution(ctx, input.prospectId);
    const receivedAt = input.receivedAt ?? ctx.now;
    if (receivedAt.getTime() > ctx.now.getTime() + 300_000) throw invalid('receivedAt', 'lies in the future');
    const externalId = `by-hand:${input.externalId ?? uuidv7()}`;
    await receiveReply(ctx, { prospectId: input.prospectId, externalId, text: input.text, receivedAt });
    await audit(ctx, 'bdr.reply_record', { entityType: 'prospect', entityId: input.prospectId });
    return (await lockExecution(ctx, execution.id))!;
  },
);

const clockOf = (config: AgentConfig) => ({ teamId: config.teamId, timezone: config.workingHours.timezone });

async function withdrawDrafts(ctx: Ctx, { id }: Execution, reason: string): Promise<void> {
  await sql`
    update bdr_approval_queue set status = 'cancelled', decision_reason = ${reason}, link_hash = null
    where organization_id = ${ctx.organizationId} and execution_id = ${id}
      and status in ('pending', 'approved')`.execute(ctx.tx);
}

async function optOut(
  ctx: Ctx,
  execution: Execution,
  config: AgentConfig,
  replyId: string,
  reason: string,
): Promise<void> {
  await sql`
    update prospects set status = 'do_not_contact'
    where organization_id = ${ctx.organizationId} and id = ${execution.prospectId}`.execute(ctx.tx);
  await sql`
    update bdr_replies set intent = 'unsubscribe', read_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${replyId}`.execute(ctx.tx);
  await recordDecision(ctx, {
    ...whom(execution),
    type: 'opt_out',
    decision: 'never contacted again',
    reasoning: reason,
  });
  await count(ctx, clockOf(config), { opt_outs: 1 });
  await finish(ctx, execution, 'opted_out', reason);
}

export interface UnreadReply {
  readonly id: string;
  readonly text: string;
  readonly receivedAt: Date;
}

export async function readUnreadReply(ctx: Ctx, { id }: Execution): Promise<UnreadReply | undefined> {
  const { rows } = await sql<UnreadReply>`
    select id, coalesce(body, '') as text, received_at as "receivedAt" from bdr_replies
    where organization_id = ${ctx.organizationId} and execution_id = ${id} and read_at is null
    order by received_at, id limit 1`.execute(ctx.tx);
  return rows[0];
}

const NEEDS_ANSWER: ReadonlySet<ReplyEffect> = new Set(['answer', 'qualify']);

/** Keeps what the reader chose from its lists, and does what follows from it. Repeating it does nothing. */
export async function storeReading(
  ctx: Ctx,
  execution: Execution,
  config: AgentConfig,
  reply: UnreadReply,
  answer: ModelAnswer<ReplyReading>,
): Promise<void> {
  const { output: reading } = answer;
  const effect = effectOf(reading);
  const { rows } = await sql<{ id: string }>`
    update bdr_replies
    set intent = ${reading.intent}, reading = ${JSON.stringify(reading)}::jsonb, read_at = ${ctx.now},
        needs_answer = ${NEEDS_ANSWER.has(effect)}
    where organization_id = ${ctx.organizationId} and id = ${reply.id} and read_at is null
    returning id`.execute(ctx.tx);
  if (rows.length === 0) return;
  await remember(ctx, execution.prospectId, signalsOf(reply, reading));
  await recordDecision(ctx, {
    ...whom(execution),
    type: 'reply',
    decision: effect,
    reasoning: `The answer was read as ${reading.intent}, ${reading.sentiment}.`,
    ...answer,
  });
  await count(ctx, clockOf(config), {
    positive_replies: reading.sentiment === 'positive' ? 1 : 0,
    model_cost_micros: answer.costMicros ?? 0,
  });
  await follow(ctx, execution, config, reply, reading, effect);
}

const signalsOf = (reply: UnreadReply, { signals, intent }: ReplyReading): MemoryEntry[] => {
  const day = reply.receivedAt.toISOString().slice(0, 10);
  const common = {
    source: { type: 'bdr_reply', id: reply.id },
    confidence: 0.8,
    observedAt: reply.receivedAt,
  };
  const implied =
    ['interested', 'meeting_request'].includes(intent) && !signals.some(({ signal }) => signal === 'need');
  const all = implied ? [...signals, { signal: 'need' as const, isMet: true }] : signals;
  return all.map(({ signal, isMet }) => ({
    ...common,
    key: `reply:${reply.id}:${signal}`,
    kind: 'signal',
    fact: `In the answer of ${day}: ${signal.replaceAll('_', ' ')} ${isMet ? 'is given' : 'is missing'}.`,
    values: { signal, met: String(isMet) },
  }));
};

async function follow(
  ctx: Ctx,
  execution: Execution,
  config: AgentConfig,
  reply: UnreadReply,
  reading: ReplyReading,
  effect: ReplyEffect,
): Promise<void> {
  switch (effect) {
    case 'opt_out':
      return optOut(ctx, execution, config, reply.id, 'The person asked for no more messages.');
    case 'end_not_interested':
      return finish(ctx, execution, 'disqualified', 'The person is not interested.');
    case 'end_not_now':
      return finish(ctx, execution, 'not_now', 'The person said: not now.');
    case 'refer':
      await refer(ctx, execution, reply, reading.referral);
      return finish(ctx, execution, 'not_now', 'The person named somebody else.');
    case 'pause':
      return setNext(ctx, execution, { nextTouchAt: afterAbsence(ctx, reading.returnsOn) });
    case 'qualify':
      return setNext(ctx, execution, { stage: 'qualify' });
    case 'answer':
      return setNext(ctx, execution, { stage: 'follow_up' });
  }
}

const WEEK_MS = 7 * 86_400_000;

/** A day after the return; nobody is away for longer than a quarter, whatever a reply says. */
function afterAbsence(ctx: Ctx, returnsOn: string | null): Date {
  const latest = ctx.now.getTime() + 13 * WEEK_MS;
  const returned = returnsOn === null ? Number.NaN : Date.parse(`${returnsOn}T00:00:00Z`) + 86_400_000;
  return new Date(
    Number.isNaN(returned) || returned < ctx.now.getTime() ? ctx.now.getTime() + WEEK_MS : Math.min(returned, latest),
  );
}

async function setNext(
  ctx: Ctx,
  execution: Execution,
  { stage, nextTouchAt }: { stage?: 'qualify' | 'follow_up'; nextTouchAt?: Date },
): Promise<void> {
  await sql`
    update bdr_workflow_executions
    set stage = coalesce(${stage ?? null}, stage), next_touch_at = coalesce(${nextTouchAt ?? null}, next_touch_at)
    where organization_id = ${ctx.organizationId} and id = ${execution.id}`.execute(ctx.tx);
}

/** Somebody who was named becomes a record for people to look at; the agent writes to nobody whom a stranger named. */
async function refer(ctx: Ctx, execution: Execution, reply: UnreadReply, name: string | null): Promise<void> {
  if (name === null) return;
  const source = await ctx.tx
    .selectFrom('prospects')
    .select(['first_name', 'last_name', 'company', 'account_id', 'owner_id', 'team_id'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', execution.prospectId)
    .executeTakeFirstOrThrow();
  const [firstName, ...rest] = name.split(' ');
  const made = await createProspect(ctx, {
    firstName: firstName!,
    lastName: rest.join(' ') || null,
    company: source.company,
    accountId: source.account_id,
    ownerId: source.owner_id,
    teamId: source.team_id,
    source: 'bdr_referral',
  });
  const by = [source.first_name, source.last_name].filter(Boolean).join(' ') || 'A prospect';
  const day = reply.receivedAt.toISOString().slice(0, 10);
  await remember(ctx, made.id, [
    {
      key: `referral:${reply.id}`,
      kind: 'referral',
      fact: `${by} named this person on ${day}.`,
      values: { prospectId: execution.prospectId, day },
      source: { type: 'bdr_reply', id: reply.id },
      confidence: 0.5,
      observedAt: reply.receivedAt,
    },
  ]);
  await createTask(ctx, {
    title: `Look at ${name}, whom an answer named`.slice(0, 200),
    type: 'follow_up',
    notes: 'An answer named this person. Add an address and decide whether the agent should write.',
    prospectId: made.id,
    assigneeId: source.owner_id,
    dueAt: new Date(ctx.now.getTime() + 86_400_000),
    source: { type: 'bdr_reply', id: reply.id },
  });
  await recordDecision(ctx, {
    ...whom(execution),
    type: 'referral',
    decision: 'a new record for review',
    reasoning: `The answer named somebody else; prospect ${made.id} has no address and is contacted by nobody.`,
  });
}
