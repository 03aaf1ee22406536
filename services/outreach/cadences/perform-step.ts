import type { CadenceStep, StepType } from '../../../domain/outreach/cadence.rules.ts';
import type { ContactRule } from '../../../domain/outreach/contact-decision.rules.ts';
import { variantOf } from '../../../domain/outreach/variant.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { createTask, type TaskType } from '../../crm/index.ts';
import { claimContact, decideContacts, holdContacts } from '../governance/index.ts';
import { renderFor } from '../templates/render-for.ts';
import type { StepMessenger } from './step-message.ts';

/** A person whose step is due, as the row lock has it. */
export interface DuePerson {
  readonly enrollmentId: string;
  readonly cadenceId: string;
  readonly prospectId: string;
  readonly accountId: string | null;
  readonly userId: string | null;
  readonly ownerId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  /** The latest e-mail of this enrollment. */
  readonly lastEmailId: string | null;
}

export type StepResult =
  | {
      readonly kind: 'done';
      readonly outcome: 'sent' | 'task' | 'skipped';
      readonly rule: string | null;
      readonly variant: string | null;
      readonly emailId: string | null;
      readonly sendId: string | null;
      readonly taskId: string | null;
    }
  | { readonly kind: 'held'; readonly rule: string; readonly until: Date }
  | { readonly kind: 'end'; readonly reason: string };

/** A refusal by these is no matter of this step: the person leaves the cadence. */
const ENDING: ReadonlySet<string> = new Set<ContactRule | 'opted_out'>([
  'gone',
  'do_not_contact',
  'unsubscribed',
  'opted_out',
  'blacklisted',
  'customer',
  'open_deal',
  'owner_collision',
]);
const LOOK_AGAIN_MS = 3_600_000;
const HELD_BY_SUPPORT_MS = 24 * LOOK_AGAIN_MS;

const skipped = (rule: string): StepResult => ({ ...NOTHING, kind: 'done', outcome: 'skipped', rule });
const NOTHING = { rule: null, variant: null, emailId: null, sendId: null, taskId: null };

/** Does one step for one person, in the transaction that moves the enrollment on: it is done exactly when that is. */
export async function performStep(
  ctx: Ctx,
  messenger: StepMessenger,
  person: DuePerson,
  { step, executionId }: { step: CadenceStep; executionId: string },
): Promise<StepResult> {
  const objection = await objectionTo(ctx, person, step.type);
  if (objection) return objection;
  if (step.type === 'email' || step.type === 'sms') return sendMessage(ctx, messenger, person, step);
  return giveTask(ctx, person, step, executionId);
}

async function objectionTo(ctx: Ctx, person: DuePerson, type: StepType): Promise<StepResult | null> {
  if (type === 'task') return null;
  const { prospectId, accountId, userId } = person;
  await holdContacts(ctx, [prospectId, accountId]);
  const question = { prospectIds: [prospectId], channel: type, purpose: 'sequence', userId } as const;
  const decision = (await decideContacts(ctx, question)).get(prospectId)!;
  if (decision.decision === 'allowed') return null;
  const rule = decision.rule!;
  if (decision.decision === 'held') return { kind: 'held', rule, until: decision.until! };
  if (rule === 'support') return { kind: 'held', rule, until: new Date(ctx.now.getTime() + HELD_BY_SUPPORT_MS) };
  return ENDING.has(rule) ? { kind: 'end', reason: rule } : skipped(rule);
}

async function sendMessage(
  ctx: Ctx,
  messenger: StepMessenger,
  person: DuePerson,
  step: CadenceStep,
): Promise<StepResult> {
  const { enrollmentId, cadenceId, prospectId, userId, email, name, lastEmailId } = person;
  const variant = variantOf(step.variants, step.id, prospectId);
  const sent = await messenger(ctx, {
    enrollmentId,
    cadenceId,
    step,
    variant,
    prospectId,
    userId,
    address: { email, name },
    inReplyTo: lastEmailId,
  });
  if (sent.kind === 'held') {
    return { kind: 'held', rule: sent.code, until: new Date(ctx.now.getTime() + LOOK_AGAIN_MS) };
  }
  if (sent.kind === 'refused') return ENDING.has(sent.code) ? { kind: 'end', reason: sent.code } : skipped(sent.code);
  const { emailId, sendId } = sent;
  return { ...NOTHING, kind: 'done', outcome: 'sent', variant: variant?.name ?? null, emailId, sendId };
}

const TASK_TYPES: Readonly<Partial<Record<StepType, TaskType>>> = { call: 'call', linkedin: 'linkedin' };
const DAY_MS = 86_400_000;
/** What a task of a step names as its source. */
export const STEP_SOURCE = 'cadence_step_execution';

/** What a person does by hand, due within a day. */
async function giveTask(ctx: Ctx, person: DuePerson, step: CadenceStep, executionId: string): Promise<StepResult> {
  const { cadenceId, enrollmentId, prospectId, userId, ownerId } = person;
  const text = await renderFor(ctx, { prospectId, userId }, [step.subject, step.content]);
  const title = text[0] ?? text[1]?.split('\n')[0]?.slice(0, 200);
  const task = await createTask(ctx, {
    ...(title ? { title } : {}),
    type: TASK_TYPES[step.type] ?? 'other',
    notes: text[1] ?? null,
    prospectId,
    assigneeId: userId ?? ownerId,
    dueAt: new Date(ctx.now.getTime() + DAY_MS),
    source: { type: STEP_SOURCE, id: executionId },
    touch: { cadenceId, enrollmentId, stepId: step.id, stepNumber: step.stepNumber },
  });
  if (step.type === 'call' || step.type === 'linkedin') {
    await claimContact(ctx, { prospectId, channel: step.type, source: { type: 'task', id: task.id } });
  }
  return { ...NOTHING, kind: 'done', outcome: 'task', taskId: task.id };
}
