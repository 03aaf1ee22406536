import { checkMessage, type MessageCheck } from '../../../domain/outreach/message-check.rules.ts';
import { renderTemplate, type TemplateValues } from '../../../domain/outreach/template.rules.ts';
import { verb } from '../../core/context.ts';
import { safeHtml, textOfHtml } from '../emails/html.ts';
import { messageValues } from './message-values.ts';
import { readTemplate } from './template-view.ts';

export interface TemplatePreview {
  subject: string;
  html: string;
  text: string;
  /** Places without a value; what the template does with them is its `missingVariables`. */
  missing: readonly string[];
  defaulted: readonly string[];
  check: MessageCheck;
}

export interface PreviewInput {
  id: string;
  variables?: TemplateValues | undefined;
  prospectId?: string | undefined;
  dealId?: string | undefined;
}

/** What would be sent, with a look at links and words that receivers dislike. @throws AppError not_found; validation. */
export const previewTemplate = verb(
  { permission: 'emails.view' },
  async (ctx, { id, ...about }: PreviewInput): Promise<TemplatePreview> => {
    const template = await readTemplate(ctx, id);
    const values = await messageValues(ctx, { ...about, userId: ctx.principal.userId ?? null });
    const { variables } = template;
    const missing = template.missingVariables === 'blank' ? 'blank' : 'keep';
    const rendered = renderTemplate(template, values, { variables, missing });
    const html = safeHtml(rendered.html);
    const text = rendered.text ?? textOfHtml(html);
    const { subject } = rendered;
    return {
      subject,
      html,
      text,
      missing: rendered.missing,
      defaulted: rendered.defaulted,
      check: checkMessage({ subject, html, text }),
    };
  },
);
