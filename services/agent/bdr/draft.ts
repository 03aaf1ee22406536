import { sql } from 'kysely';
import { type BdrChannel, chooseArm, type MessageKind, mayApproveItself } from '../../../domain/agent/bdr.rules.ts';
import { channelOf } from '../../../domain/agent/channel.rules.ts';
import { checkDraft, type Draft, draftBody } from '../../../domain/agent/grounding.rules.ts';
import { LETTER_STRATEGIES, type LetterInput, type LetterStrategy } from '../../../domain/agent/letter.rules.ts';
import { properName } from '../../../domain/agent/prompt.input.ts';
import { qualify } from '../../../domain/agent/qualification.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { bdrApprovalRequested } from '../events.ts';
import { readSubject } from '../facts/subject.ts';
import type { ModelAnswer } from '../gateway/index.ts';
import { readGoodSubjects } from '../writer/best-performers.ts';
import { languageOf, namesOf, readSender } from '../writer/write-letter.ts';
import type { AgentConfig } from './agent-config.ts';
import { count, logAgentActivity, recordDecision } from './agent-log.ts';
import { approvalHash } from './approval-hash.ts';
import { type Execution, whom } from './executions.ts';
import { readFacts, readSignals } from './research.ts';

export interface DraftTask {
  readonly letter: LetterInput;
  readonly kind: MessageKind;
  readonly touchNumber: number;
  readonly attempt: number;
  readonly inReplyTo: string | null;
  readonly channel: BdrChannel;
  readonly recipient: string;
}

/** All that the writer is told: facts of ours, and of a stranger's words only what a reader chose from lists. */
export async function prepareDraft(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<DraftTask> {
  const subject = await readSubject(ctx, execution.prospectId);
  const facts = await readFacts(ctx, execution.prospectId);
  const owed = await readOwedReply(ctx, execution);
  const touchNumber = execution.touches + 1;
  const { rows } = await sql<{ attempt: number }>`
    select 1 + coalesce(max(attempt), 0) as attempt from bdr_approval_queue
    where organization_id = ${ctx.organizationId} and execution_id = ${execution.id}
      and touch_number = ${touchNumber}`.execute(ctx.tx);
  const kind: MessageKind = owed ? 'reply' : execution.touches === 0 ? 'first_touch' : 'follow_up';
  const channel = channelOf(config.preferredChannels, subject.reach, {
    touches: execution.touches,
    isReply: owed !== undefined,
  });
  const strategy = await nextStrategy(ctx, execution.teamId);
  const open = owed
    ? qualify(config.qualificationFramework, await readSignals(ctx, execution.prospectId)).openQuestions[0]
    : undefined;
  return {
    kind,
    touchNumber,
    attempt: rows[0]!.attempt,
    inReplyTo: owed?.id ?? null,
    channel,
    recipient: subject.reach[channel] ?? '',
    letter: {
      recipient: { firstName: properName(subject.firstName), company: subject.company },
      sender: { ...(await readSender(ctx)), name: config.agentName },
      purpose: owed ? 'reply' : kind === 'first_touch' ? 'introduction' : lastOf(execution, config),
      tone: 'professional',
      length: kind === 'first_touch' ? 'medium' : 'short',
      language: languageOf(subject.language),
      strategy,
      facts,
      questions: owed?.topics ?? [],
      goodSubjects: await readGoodSubjects(ctx),
      ...(open === undefined ? {} : { ask: open }),
    },
  };
}

const lastOf = ({ touches }: Execution, { maxTouchesPerProspect }: AgentConfig) =>
  touches + 1 >= maxTouchesPerProspect ? ('break_up' as const) : ('follow_up' as const);

async function readOwedReply(ctx: Ctx, { id }: Execution): Promise<{ id: string; topics: string[] } | undefined> {
  const { rows } = await sql<{ id: string; topics: string[] }>`
    select r.id, coalesce((select array_agg(t) from jsonb_array_elements_text(r.reading -> 'topics') t), '{}') as topics
    from bdr_replies r
    where r.organization_id = ${ctx.organizationId} and r.execution_id = ${id} and r.needs_answer
      and not exists (select from bdr_approval_queue a where a.organization_id = r.organization_id
                      and a.in_reply_to = r.id and not (a.status = 'rejected' and a.regenerate))
    order by r.received_at desc limit 1`.execute(ctx.tx);
  return rows[0];
}

/** What has earned answers so far, by a bandit over the team's own messages. */
async function nextStrategy(ctx: Ctx, teamId: string): Promise<LetterStrategy> {
  const { rows } = await sql<{ strategy: LetterStrategy; sent: number; replied: number }>`
    select strategy, count(*)::integer as sent, count(replied_at)::integer as replied
    from bdr_approval_queue
    where organization_id = ${ctx.organizationId} and team_id = ${teamId} and status = 'sent'
    group by strategy`.execute(ctx.tx);
  const known = new Map(rows.map((row) => [row.strategy, row]));
  return chooseArm(
    LETTER_STRATEGIES.map((arm) => ({ arm, sent: known.get(arm)?.sent ?? 0, replied: known.get(arm)?.replied ?? 0 })),
  );
}

/**
 * Keeps what a model wrote, checked. The number of touch and attempt makes a repeated step store nothing twice.
 * @returns the message that waits for a person; null: none does
 */
export async function storeDraft(
  ctx: Ctx,
  execution: Execution,
  config: AgentConfig,
  task: DraftTask,
  answer: ModelAnswer<Draft>,
): Promise<string | null> {
  const { output: draft } = answer;
  const { letter } = task;
  const reasons = checkDraft(draft, {
    facts: letter.facts,
    allowedHosts: config.allowedHosts,
    ...namesOf(letter),
    language: letter.language,
  });
  const grounded = reasons.length === 0;
  const body = draftBody(draft);
  const isAutomatic = mayApproveItself(
    { autoApprove: config.autoApproveMessages, humanReview: config.requireHumanReview, level: config.autonomyLevel },
    { grounded, kind: task.kind },
  );
  const timeout = config.approvalTimeoutHours * 3_600_000;
  const id = uuidv7();
  const hash = isAutomatic ? approvalHash({ recipient: task.recipient, subject: draft.subject, body }) : null;
  const { rows } = await sql<{ id: string }>`
    insert into bdr_approval_queue (
      id, team_id, prospect_id, execution_id, channel, kind, touch_number, attempt, recipient, subject, body, sentences, grounded,
      reasons, strategy, language, status, approved_hash, decided_at, auto_approved, expires_at, escalate_at,
      in_reply_to, ai_call_id, prompt_version, model, cost_micros)
    values (
      ${id}, ${execution.teamId}, ${execution.prospectId}, ${execution.id}, ${task.channel}, ${task.kind}, ${task.touchNumber},
      ${task.attempt}, ${task.recipient}, ${draft.subject}, ${body}, ${JSON.stringify(draft.sentences)}::jsonb,
      ${grounded}, ${JSON.stringify(reasons)}::jsonb, ${letter.strategy}, ${letter.language},
      ${isAutomatic ? 'approved' : 'pending'}, ${hash}, ${isAutomatic ? ctx.now : null}, ${isAutomatic},
      ${new Date(ctx.now.getTime() + timeout)}, ${new Date(ctx.now.getTime() + timeout / 2)}, ${task.inReplyTo},
      ${answer.callId}, ${answer.promptVersion}, ${answer.model}, ${answer.costMicros})
    on conflict do nothing returning id`.execute(ctx.tx);
  if (rows.length === 0) return null;
  const evidence = [...new Set(draft.sentences.flatMap((sentence) => sentence.evidence))];
  await recordDecision(ctx, {
    ...whom(execution),
    type: 'draft',
    decision: isAutomatic ? 'approved by itself' : 'waits for a person',
    reasoning: grounded
      ? `Every statement rests on a fact; leads with ${letter.strategy}.`
      : `The checker objects: ${[...new Set(reasons.map(({ problem }) => problem))].join(', ')}.`,
    evidence,
    ...answer,
  });
  await logAgentActivity(ctx, {
    ...whom(execution),
    type: 'drafted',
    summary: `Wrote message ${task.touchNumber}.`,
    data: { approvalId: id, grounded },
  });
  const { timezone } = config.workingHours;
  await count(ctx, { teamId: execution.teamId, timezone }, { model_cost_micros: answer.costMicros ?? 0 });
  if (isAutomatic) return null;
  await emit(ctx, bdrApprovalRequested, { entityId: id, data: { id, grounded } });
  return id;
}
