import { sql } from 'kysely';
import {
  decides,
  type Qualification,
  qualify,
  type SignalEvidence,
} from '../../../domain/agent/qualification.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { bdrProspectQualified } from '../events.ts';
import type { AgentConfig } from './agent-config.ts';
import { count, recordDecision } from './agent-log.ts';
import { type Execution, whom } from './executions.ts';
import { readFacts, readSignals } from './research.ts';

/** What is known for and against, from answers and from the record itself. */
export async function assess(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<Qualification> {
  const facts = await readFacts(ctx, execution.prospectId);
  const role = facts.find(({ kind }) => kind === 'role');
  const fromRecord: SignalEvidence[] =
    role && decides(role.values.title ?? '')
      ? [{ signal: 'authority', isMet: true, factId: role.id, text: role.text, observedAt: role.observedAt }]
      : [];
  return qualify(config.qualificationFramework, [...fromRecord, ...(await readSignals(ctx, execution.prospectId))]);
}

/** Scores somebody who has answered, and decides whether people take over. */
export async function qualifyProspect(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<void> {
  const result = await assess(ctx, execution, config);
  const wantsToMeet = await askedToMeet(ctx, execution);
  const isReady = result.score >= config.handoffThreshold || wantsToMeet;
  await sql`
    update bdr_workflow_executions set score = ${result.score}, stage = ${isReady ? 'handoff' : 'follow_up'}
    where organization_id = ${ctx.organizationId} and id = ${execution.id}`.execute(ctx.tx);
  const isQualified = result.score >= config.autoQualifyThreshold || isReady;
  const { rows } = await sql<{ changed: boolean }>`
    update prospects set qualification_score = ${result.score},
      status = case when ${isQualified} and status in ('new', 'contacted', 'engaged') then 'qualified' else status end
    where organization_id = ${ctx.organizationId} and id = ${execution.prospectId}
    returning ${isQualified} and ${execution.score ?? -1} < ${config.autoQualifyThreshold} as changed`.execute(ctx.tx);
  if (rows[0]?.changed) {
    await count(ctx, { teamId: config.teamId, timezone: config.workingHours.timezone }, { qualified: 1 });
    const data = { id: execution.prospectId, score: result.score };
    await emit(ctx, bdrProspectQualified, { entityId: execution.prospectId, data });
  }
  const met = result.answers.filter(({ status }) => status === 'met').map(({ label }) => label);
  await recordDecision(ctx, {
    ...whom(execution),
    type: 'qualification',
    decision: isReady ? 'hand off' : 'ask on',
    reasoning: `${result.framework} ${result.score} of 100: ${met.join(', ') || 'nothing'} is given${wantsToMeet ? '; asked to meet' : ''}.`,
    evidence: result.answers.flatMap(({ evidence }) => evidence),
  });
}

/** Somebody of whom enough is known already is not written to first. */
export async function handOverKnown(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<void> {
  const result = await assess(ctx, execution, config);
  if (result.score < config.handoffThreshold) return;
  await sql`
    update bdr_workflow_executions set score = ${result.score}, stage = 'handoff'
    where organization_id = ${ctx.organizationId} and id = ${execution.id}`.execute(ctx.tx);
  await recordDecision(ctx, {
    ...whom(execution),
    type: 'qualification',
    decision: 'hand off',
    reasoning: `${result.framework} ${result.score} of 100 from what is held already.`,
    evidence: result.answers.flatMap(({ evidence }) => evidence),
  });
}

async function askedToMeet(ctx: Ctx, { id }: Execution): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`
    select exists (select from bdr_replies where organization_id = ${ctx.organizationId} and execution_id = ${id}
                   and intent = 'meeting_request') as asked`.execute(ctx.tx);
  return rows[0]!.asked;
}
