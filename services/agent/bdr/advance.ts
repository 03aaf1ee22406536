import type { BdrTaskType } from '../../../domain/agent/bdr.rules.ts';
import { letterPrompt } from '../../../domain/agent/letter.input.ts';
import { type NextStep, nextStep } from '../../../domain/agent/next-step.rules.ts';
import { replyPrompt } from '../../../domain/agent/reply.input.ts';
import { AppError } from '../../../domain/core/errors.ts';
import type { Outbound } from '../../../domain/core/outbound.port.ts';
import type { Db } from '../../../schema/db.ts';
import type { Ctx, Scope } from '../../core/context.ts';
import type { FaultPoint } from '../../core/fault-points.ts';
import { inTransaction } from '../../core/transaction.ts';
import type { OutreachTools } from '../../outreach/index.ts';
import type { KnowledgeSource } from '../facts/knowledge.ts';
import type { ModelGateway } from '../gateway/index.ts';
import { type AgentConfig, requireConfig } from './agent-config.ts';
import { recordDecision } from './agent-log.ts';
import { askForDecision, escalateDraft } from './approval-link.ts';
import { expireDraft } from './approvals.ts';
import { type DraftTask, prepareDraft, storeDraft } from './draft.ts';
import { type Execution, finish, lockExecution, noteNext, whom } from './executions.ts';
import { createHandoff, remindOfHandoff } from './handoff.ts';
import { readState, stepConfig } from './prospect-state.ts';
import { handOverKnown, qualifyProspect } from './qualify.ts';
import { readUnreadReply, storeReading, type UnreadReply } from './replies.ts';
import { research } from './research.ts';
import { sendApproved } from './send-message.ts';
import { readPages, type SiteTask, siteToRead, storePages } from './web-pages.ts';

export interface AgentDeps {
  readonly db: Db;
  readonly models: ModelGateway;
  /** How messages leave; also how people are asked. */
  readonly outreach: OutreachTools;
  /** To web pages; null: none is read. */
  readonly outbound: Outbound | null;
  /** What research asks beside the record of the customer. */
  readonly knowledge: readonly KnowledgeSource[];
  readonly faultPoint: FaultPoint;
}

export interface ProspectRun {
  readonly executionId: string;
  readonly generation: number;
}

export type Progress =
  | { readonly status: 'waiting'; readonly stage: string; readonly waitsFor: string; readonly waitSeconds: number }
  | { readonly status: 'ended'; readonly outcome: string };

/** What a step needs beyond its transaction: a model is asked between two of them. */
type Look =
  | { readonly kind: 'did' }
  | { readonly kind: 'draft'; readonly execution: Execution; readonly task: DraftTask }
  | { readonly kind: 'read'; readonly execution: Execution; readonly reply: UnreadReply }
  | { readonly kind: 'site'; readonly execution: Execution; readonly task: SiteTask }
  | { readonly kind: 'rest'; readonly progress: Progress };

/** More steps than anybody goes through at once; beyond them something turns in a circle. */
const MOST_STEPS = 20;

/**
 * Takes every step on somebody that is due, and says when to look again. Each step looks at the rows anew and marks itself
 * in them, so that a repetition goes on where the one before was lost.
 */
export async function advanceProspect(
  deps: AgentDeps,
  scope: Scope,
  run: ProspectRun,
  signal?: AbortSignal,
): Promise<Progress> {
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const progress = await takeStep(deps, scope, run, signal).catch((error: unknown) => {
      if (error instanceof AppError && error.code in WAITS) return refused(deps, scope, run, error);
      throw error;
    });
    if (progress) return progress;
  }
  throw new Error(`Execution ${run.executionId} of the agent does not come to rest.`);
}

/** Answers how to rest; null: there may be more to do. */
async function takeStep(
  deps: AgentDeps,
  scope: Scope,
  run: ProspectRun,
  signal?: AbortSignal,
): Promise<Progress | null> {
  const look = await inTransaction(deps.db, scope, (ctx) => lookAndAct(ctx, deps, run));
  await deps.faultPoint(`bdr.after-${look.kind}`);
  if (look.kind === 'rest') return look.progress;
  if (look.kind === 'site') await readCompany(deps, scope, look, signal);
  else if (look.kind !== 'did') await ask(deps, scope, look, signal);
  return null;
}

async function current(ctx: Ctx, { executionId, generation }: ProspectRun) {
  const execution = await lockExecution(ctx, executionId);
  if (!execution || execution.generation !== generation) return null;
  return { execution, config: await requireConfig(ctx, execution.teamId) };
}

async function lookAndAct(ctx: Ctx, deps: AgentDeps, run: ProspectRun): Promise<Look> {
  const found = await current(ctx, run);
  if (!found) return rest({ status: 'ended', outcome: 'gone' });
  const { execution, config } = found;
  if (execution.status !== 'active') return rest({ status: 'ended', outcome: execution.outcome ?? execution.status });
  const { state } = await readState(ctx, execution, config);
  const next = nextStep(state, stepConfig(config), ctx.now);
  if (next.kind === 'end') {
    await finish(ctx, execution, next.outcome, next.reason);
    return rest({ status: 'ended', outcome: next.outcome });
  }
  if (next.kind === 'wait') return rest(await waitFor(ctx, execution, next));
  const { step } = next;
  if (step === 'draft') return { kind: 'draft', execution, task: await prepareDraft(ctx, execution, config) };
  if (step === 'read_reply') {
    return { kind: 'read', execution, reply: (await readUnreadReply(ctx, execution))! };
  }
  const task = step === 'research' && deps.outbound ? await siteToRead(ctx, execution, config) : null;
  if (task) return { kind: 'site', execution, task };
  await carryOut(ctx, deps, execution, config, step);
  return { kind: 'did' };
}

const rest = (progress: Progress): Look => ({ kind: 'rest', progress });

async function carryOut(
  ctx: Ctx,
  deps: AgentDeps,
  execution: Execution,
  config: AgentConfig,
  step: Exclude<Extract<NextStep, { kind: 'do' }>['step'], 'draft' | 'read_reply'>,
): Promise<void> {
  switch (step) {
    case 'research':
      await research(ctx, execution, config, deps.knowledge);
      return handOverKnown(ctx, execution, config);
    case 'send':
      return sendApproved(ctx, deps.outreach, execution, config);
    case 'qualify':
      return qualifyProspect(ctx, execution, config);
    case 'handoff':
      return createHandoff(ctx, execution, config);
    case 'expire':
      return expireDraft(ctx, execution, config);
    case 'escalate':
      return escalateDraft(ctx, deps.outreach.mailing, execution, config);
    case 'remind':
      return remindOfHandoff(ctx, execution, config);
    case 'approve':
      throw new Error('Approving is for people.');
  }
}

async function waitFor(
  ctx: Ctx,
  execution: Execution,
  { until, forWhat }: Extract<NextStep, { kind: 'wait' }>,
): Promise<Progress> {
  const type: BdrTaskType | null = forWhat === 'resume' ? null : forWhat;
  await noteNext(ctx, execution, { type, at: until, waitsFor: forWhat });
  // Rounded up, so that the next look does not come a moment too early.
  const waitSeconds = Math.max(1, Math.ceil((until.getTime() - ctx.now.getTime()) / 1_000));
  return { status: 'waiting', stage: execution.stage, waitsFor: forWhat, waitSeconds };
}

/** Between two transactions: pages that were read once are not read again by whoever repeats the step. */
async function readCompany(
  deps: AgentDeps,
  scope: Scope,
  { execution, task }: Extract<Look, { kind: 'site' }>,
  signal?: AbortSignal,
): Promise<void> {
  const pages = await readPages({ ...deps, outbound: deps.outbound! }, scope, task, execution, signal);
  await deps.faultPoint('bdr.site-read');
  await inTransaction(deps.db, scope, (ctx) => storePages(ctx, pages));
}

type Question = Extract<Look, { kind: 'draft' | 'read' }>;

async function ask(deps: AgentDeps, scope: Scope, question: Question, signal?: AbortSignal): Promise<void> {
  const { execution } = question;
  const options = { prospectId: execution.prospectId, executionId: execution.id, ...(signal && { signal }) };
  if (question.kind === 'draft') {
    const answer = await deps.models.ask(scope, letterPrompt, question.task.letter, options);
    await deps.faultPoint('bdr.model-answered');
    await store(deps, scope, question, async (ctx, config) => {
      const id = await storeDraft(ctx, execution, config, question.task, answer);
      if (id !== null) await askForDecision(ctx, deps.outreach.mailing, config, id, 0);
    });
  } else {
    const answer = await deps.models.ask(scope, replyPrompt, { text: question.reply.text }, options);
    await deps.faultPoint('bdr.model-answered');
    await store(deps, scope, question, (ctx, config) => storeReading(ctx, execution, config, question.reply, answer));
  }
}

/** Only if the step is still due: rows may have changed while the model was thinking. */
async function store(
  deps: AgentDeps,
  scope: Scope,
  question: Question,
  keep: (ctx: Ctx, config: AgentConfig) => Promise<void>,
): Promise<void> {
  const { id: executionId, generation } = question.execution;
  await inTransaction(deps.db, scope, async (ctx) => {
    const found = await current(ctx, { executionId, generation });
    if (found?.execution.status !== 'active') return;
    const { state } = await readState(ctx, found.execution, found.config);
    const next = nextStep(state, stepConfig(found.config), ctx.now);
    const wanted = question.kind === 'draft' ? 'draft' : 'read_reply';
    if (next.kind === 'do' && next.step === wanted) await keep(ctx, found.config);
  });
}

/** How long to wait after each state in which a call to a model or a send may end; null: it would end so again. */
const WAITS: Readonly<Record<string, number | null>> = {
  MODEL_UNAVAILABLE: 300,
  MODEL_ANSWER_MALFORMED: 300,
  AI_BUDGET_EXHAUSTED: 3_600,
  MODEL_NOT_AVAILABLE: 3_600,
  SENDER_NOT_READY: 3_600,
  MAIL_NOT_CONFIGURED: 3_600,
  MODEL_REFUSED: null,
  MODEL_ANSWER_TRUNCATED: null,
};

async function refused(deps: AgentDeps, scope: Scope, run: ProspectRun, error: AppError): Promise<Progress> {
  const wait = WAITS[error.code] ?? null;
  return inTransaction(deps.db, scope, async (ctx): Promise<Progress> => {
    const found = await current(ctx, run);
    if (found?.execution.status !== 'active') return { status: 'ended', outcome: 'gone' };
    const { execution } = found;
    if (found.execution.waitsFor !== error.code) {
      const decision = wait === null ? 'given up' : 'waits';
      await recordDecision(ctx, {
        ...whom(execution),
        type: 'model',
        decision,
        reasoning: `${error.code}: ${error.message}`,
      });
    }
    if (wait === null) {
      await finish(ctx, found.execution, 'stopped', `No model would write: ${error.code}.`, 'failed');
      return { status: 'ended', outcome: 'stopped' };
    }
    const at = new Date(ctx.now.getTime() + wait * 1_000);
    const type = error.code.startsWith('M') && error.code !== 'MAIL_NOT_CONFIGURED' ? 'draft' : 'send';
    await noteNext(ctx, found.execution, { type, at, waitsFor: error.code });
    return { status: 'waiting', stage: execution.stage, waitsFor: error.code, waitSeconds: wait };
  });
}
