import { conflict } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import type { OutreachTools } from '../tools.ts';
import { type EmailView, readEmail } from './email-view.ts';
import { type EmailPlan, planEmail } from './plan-email.ts';

export interface SendEmailInput extends Omit<EmailPlan, 'dedupeKey' | 'touch' | 'userId'> {
  readonly tools: OutreachTools;
}

/**
 * Sends an e-mail, now or at a later time. A suppressed one is written down as such and never leaves.
 * @throws AppError validation; conflict `SENDER_NOT_READY`, `TEST_TO_STRANGER`; unavailable `MAIL_NOT_CONFIGURED`
 */
export const sendEmail = verb(
  { permission: 'emails.send' },
  async (ctx, { tools, ...plan }: SendEmailInput): Promise<EmailView> => {
    const planned = await planEmail(ctx, tools, { ...plan, userId: ctx.principal.userId ?? null });
    if (planned.status === 'scheduled') await startEmail(ctx, planned.id, 1);
    return readEmail(ctx, planned.id);
  },
);

/** The process that waits for the time of an e-mail. */
export const startEmail = (ctx: Ctx, emailId: string, generation: number): Promise<void> =>
  startProcess(
    ctx,
    'emailSend',
    { entityId: emailId, generation },
    { organizationId: ctx.organizationId, emailId, generation },
  );

/** @throws AppError not_found; conflict `EMAIL_NOT_SCHEDULED` once it is on its way. */
export const cancelEmail = verb(
  { permission: 'emails.send' },
  async (ctx, { id }: { id: string }): Promise<EmailView> => {
    const row = await ctx.tx
      .updateTable('emails')
      .set({ status: 'cancelled' })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .where('status', '=', 'scheduled')
      .returning(['id', 'generation'])
      .executeTakeFirst();
    const email = await readEmail(ctx, id);
    if (!row) {
      throw conflict('EMAIL_NOT_SCHEDULED', `The e-mail is ${email.status}; only a scheduled one can be cancelled.`, {
        details: { status: email.status },
        hint: 'What has left cannot be called back.',
      });
    }
    await signalProcess(ctx, 'emailSend', { entityId: id, generation: row.generation }, 'emailChanged');
    await audit(ctx, 'email.cancel', { entityType: 'email', entityId: id });
    return email;
  },
);
