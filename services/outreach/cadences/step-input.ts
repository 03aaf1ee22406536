import { sql } from 'kysely';
import { type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import type { Branch, StepConditions, StepType, StepVariant } from '../../../domain/outreach/cadence.rules.ts';
import type { Ctx } from '../../core/context.ts';

export interface StepInput {
  stepNumber?: number | undefined;
  type: StepType;
  delayDays?: number | undefined;
  delayHours?: number | undefined;
  templateId?: string | null | undefined;
  subject?: string | null | undefined;
  content?: string | null | undefined;
  conditions?: StepConditions | null | undefined;
  variants?: readonly StepVariant[] | undefined;
}

export interface NumberedStep extends StepInput {
  stepNumber: number;
}

/** A cadence is read at one glance, and by one look of its process. */
export const MOST_STEPS = 50;

/**
 * What a step needs to be done when its time comes; the templates of all steps in one statement.
 * @param path of a step's fields in the body, such as `steps.0.`
 * @throws AppError validation.
 */
export async function checkSteps(
  ctx: Ctx,
  steps: readonly NumberedStep[],
  path: (index: number) => string,
  all: readonly Pick<NumberedStep, 'stepNumber' | 'type'>[] = steps,
  count = all.length,
): Promise<void> {
  const issues = steps.flatMap((step, index) =>
    [...contentIssues(step, isFollowUp(step, all)), ...branchIssues(step, count)].map((issue) => ({
      ...issue,
      field: `${path(index)}${issue.field}`,
    })),
  );
  const named = steps.flatMap((step, index) =>
    [
      { field: `${path(index)}templateId`, id: step.templateId },
      ...(step.variants ?? []).map((variant, at) => ({
        field: `${path(index)}variants.${at}.templateId`,
        id: variant.templateId,
      })),
    ].flatMap(({ field, id }) => (id ? [{ field, id }] : [])),
  );
  if (named.length > 0) {
    const { rows } = await sql<{ id: string }>`
      select id from email_templates
      where organization_id = ${ctx.organizationId} and deleted_at is null
        and id = any(${sql.val(named.map(({ id }) => id))}::uuid[])`.execute(ctx.tx);
    const known = new Set(rows.map(({ id }) => id));
    for (const { field, id } of named) {
      if (!known.has(id.toLowerCase())) issues.push({ field, message: 'names no template', value: id });
    }
  }
  if (issues.length > 0) throw invalidAll(issues);
}

/** Without a subject of its own an e-mail goes on in the thread of the one before. */
const isFollowUp = ({ stepNumber }: NumberedStep, all: readonly Pick<NumberedStep, 'stepNumber' | 'type'>[]): boolean =>
  all.some((other) => other.type === 'email' && other.stepNumber < stepNumber);

function contentIssues(step: NumberedStep, followsUp: boolean): FieldIssue[] {
  const variants = step.variants ?? [];
  const issues: FieldIssue[] = [];
  if (new Set(variants.map(({ name }) => name)).size < variants.length) {
    issues.push({ field: 'variants', message: 'must have names of their own' });
  }
  if (variants.length === 1) issues.push({ field: 'variants', message: 'must be none, or two or more to compare' });
  if (step.type !== 'email' && step.type !== 'sms') {
    if (step.templateId) issues.push({ field: 'templateId', message: 'belongs to a message' });
    if (variants.length > 0) issues.push({ field: 'variants', message: 'belong to a message' });
    return issues;
  }
  const texts = variants.length > 0 ? variants : [{}];
  for (const text of texts as Partial<StepVariant>[]) {
    const hasTemplate = (text.templateId ?? step.templateId ?? null) !== null;
    const hasContent = (text.content ?? step.content ?? null) !== null;
    const hasSubject = (text.subject ?? step.subject ?? null) !== null;
    if (!hasTemplate && !hasContent) {
      issues.push({ field: 'content', message: 'is required for a message without a template' });
    } else if (step.type === 'email' && !hasTemplate && !hasSubject && !followsUp) {
      issues.push({ field: 'subject', message: 'is required for the first e-mail, unless a template has one' });
    }
  }
  return issues;
}

function branchIssues({ conditions, stepNumber }: NumberedStep, count: number): FieldIssue[] {
  if (!conditions) return [];
  const issues: FieldIssue[] = [];
  const check = (field: string, branch: Branch | undefined) => {
    if (typeof branch !== 'number' || (branch >= stepNumber && branch <= count)) return;
    issues.push({ field, message: `must be this step or a later one, up to ${count}`, value: branch });
  };
  check('conditions.then', conditions.then);
  check('conditions.else', conditions.else);
  const asked = conditions.if.step;
  if (asked !== undefined && asked >= stepNumber) {
    issues.push({ field: 'conditions.if.step', message: 'must be an earlier step', value: asked });
  }
  return issues;
}
