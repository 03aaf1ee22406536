import { renderTemplate } from '../../../domain/outreach/template.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type MessageAbout, messageValues } from './message-values.ts';

/** Texts for a colleague's eyes, with their places filled; one without a value is blank. */
export async function renderFor(
  ctx: Ctx,
  about: MessageAbout,
  texts: readonly (string | null)[],
): Promise<(string | null)[]> {
  if (!texts.some((text) => text?.includes('{{'))) return [...texts];
  const values = await messageValues(ctx, about);
  const filled = (text: string) =>
    renderTemplate({ subject: text, html: '', text: null }, values, { missing: 'blank' });
  return texts.map((text) => (text === null ? null : filled(text).subject));
}
