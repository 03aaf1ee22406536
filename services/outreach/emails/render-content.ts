import { invalid, invalidAll } from '../../../domain/core/errors.ts';
import {
  type MissingPolicy,
  renderTemplate,
  strayBraces,
  type TemplateValues,
  type TemplateVariable,
} from '../../../domain/outreach/template.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { messageValues } from '../templates/message-values.ts';
import type { TemplateCategory } from '../templates/template-view.ts';

/** What is given of a message; subject, HTML and text win over the template's. */
export interface WrittenContent {
  readonly templateId?: string | null | undefined;
  readonly subject?: string | undefined;
  readonly html?: string | undefined;
  readonly text?: string | undefined;
  readonly variables?: TemplateValues | undefined;
  /** Default: what the template says, else refuse. */
  readonly missingVariables?: MissingPolicy | undefined;
}

export interface RenderedContent {
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
  readonly templateId: string | null;
  readonly templateNumber: number | null;
  readonly category: TemplateCategory | null;
}

/** @throws AppError validation: no such template, nothing to say, or values that are missing. */
export async function renderContent(
  ctx: Ctx,
  given: WrittenContent & {
    readonly prospectId: string | null;
    readonly dealId?: string | null | undefined;
    readonly userId?: string | null | undefined;
  },
): Promise<RenderedContent> {
  const template = given.templateId ? await readContent(ctx, given.templateId) : null;
  const subject = given.subject ?? template?.subject;
  // A given text without HTML replaces the template's HTML too: both parts have to say the same.
  const hasBody = given.html !== undefined || given.text !== undefined;
  const html = hasBody ? (given.html ?? null) : (template?.html ?? null);
  const text = hasBody ? (given.text ?? null) : (template?.text ?? null);
  if (subject === undefined) throw invalid('subject', 'is required without templateId');
  if (html === null && text === null) throw invalid('html', 'is required without templateId and text');
  const source = { subject, html: html ?? '', text };
  const [stray] = strayBraces(source);
  if (stray) throw invalid(stray, 'has braces {{ that name no variable');
  const { variables, ...about } = given;
  const values = await messageValues(ctx, { ...about, variables });
  const missing = given.missingVariables ?? template?.missing ?? 'refuse';
  const rendered = renderTemplate(source, values, { missing, variables: template?.variables ?? [] });
  if (missing === 'refuse' && rendered.missing.length > 0) {
    throw invalidAll(
      rendered.missing.map((name) => ({ field: `variables.${name}`, message: 'has no value and no default' })),
      'Give the values in variables, or defaults in the template: {{firstName | default: "there"}}.',
    );
  }
  return {
    subject: rendered.subject,
    html: html === null ? null : rendered.html,
    text: rendered.text,
    templateId: given.templateId ?? null,
    templateNumber: template?.number ?? null,
    category: template?.category ?? null,
  };
}

async function readContent(ctx: Ctx, id: string) {
  const row = await ctx.tx
    .selectFrom('email_templates')
    .select(['subject', 'html', 'text', 'variables', 'missing_variables', 'category', 'number'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw invalid('templateId', 'names no template', id);
  return {
    ...row,
    variables: row.variables as unknown as TemplateVariable[],
    missing: row.missing_variables as MissingPolicy,
    category: row.category as TemplateCategory,
  };
}
