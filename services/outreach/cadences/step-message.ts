import { AppError } from '../../../domain/core/errors.ts';
import type { CadenceStep, StepVariant } from '../../../domain/outreach/cadence.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { planOutreachSend } from '../plan-send.ts';
import type { OutreachTools } from '../tools.ts';

export interface StepMessage {
  readonly enrollmentId: string;
  readonly cadenceId: string;
  readonly step: CadenceStep;
  readonly variant: StepVariant | null;
  readonly prospectId: string;
  readonly userId: string | null;
  readonly address: { readonly email: string | null; readonly name: string | null };
  /** The e-mail of the step before, whose thread a follow-up without a subject of its own goes on with. */
  readonly inReplyTo: string | null;
}

export type SentMessage =
  | { readonly kind: 'planned'; readonly emailId: string | null; readonly sendId: string | null }
  /** Nobody can write this now: without a sender, or without a transport. */
  | { readonly kind: 'held'; readonly code: string }
  /** This person cannot be written to in these words. */
  | { readonly kind: 'refused'; readonly code: string };

/** Plans the message of a step in the ledger, in the caller's transaction. */
export type StepMessenger = (ctx: Ctx, message: StepMessage) => Promise<SentMessage>;

/** One step of one enrollment is one message, however often its activity is run. */
export const createStepMessenger =
  (tools: OutreachTools): StepMessenger =>
  async (ctx, message) => {
    const { step, variant, enrollmentId, cadenceId, prospectId, userId } = message;
    const common = {
      dedupeKey: `cadence:${enrollmentId}:${step.id}`,
      prospectId,
      userId,
      touch: {
        cadenceId,
        enrollmentId,
        stepId: step.id,
        stepNumber: step.stepNumber,
        ...(variant ? { variant: variant.name } : {}),
      },
    };
    const templateId = variant?.templateId ?? step.templateId ?? undefined;
    const subject = variant?.subject ?? step.subject ?? undefined;
    const content = variant?.content ?? step.content ?? undefined;
    try {
      const planned =
        step.type === 'sms'
          ? await planOutreachSend(ctx, tools, { channel: 'sms', purpose: 'sequence', text: content ?? '', ...common })
          : await planOutreachSend(ctx, tools, {
              channel: 'email',
              category: 'sequence',
              to: [{ email: message.address.email!, name: message.address.name }],
              ...(templateId ? { templateId } : {}),
              ...(subject ? { subject } : {}),
              ...(content ? { html: content } : {}),
              ...(message.inReplyTo && !subject ? { inReplyTo: message.inReplyTo } : {}),
              ...common,
            });
      if (planned.suppressedBy !== null) return { kind: 'refused', code: planned.suppressedBy };
      return { kind: 'planned', emailId: planned.emailId, sendId: planned.sendId };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.kind === 'validation') return { kind: 'refused', code: 'content' };
      return { kind: 'held', code: error.code };
    }
  };
