import type { MailAddress, MailContent, SendChannel, SendPurpose } from '../../../domain/platform/mail.port.ts';
import { headerText } from '../../../domain/platform/mail.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import type { Secrets } from '../../core/secrets.ts';

/** How the content of a send, and of its copy in the outbox, is kept. */
export const CONTENT_FIELD = 'content';

export interface MessagePlan {
  /** One key, one message: planning it again changes nothing. */
  readonly dedupeKey: string;
  readonly channel: SendChannel;
  readonly purpose: SendPurpose;
  readonly from: string;
  readonly to: MailAddress;
  /** What it is about; guards and observers ask it. */
  readonly subject: { readonly type: string; readonly id: string };
  readonly content: MailContent;
  readonly prospectId?: string | null;
  readonly accountId?: string | null;
  readonly senderId?: string | null;
  readonly userId?: string | null;
  /** Dimensions that its interaction is credited to. */
  readonly touch?: Readonly<Record<string, unknown>>;
  /** Default: at once. */
  readonly notBefore?: Date;
}

/**
 * Enters a rendered message of any channel into the ledger, in the caller's transaction: it leaves exactly when that
 * commits.
 * @returns the id of the send, or null when this key was planned before
 */
export async function planMessage(
  ctx: Ctx,
  { secrets }: { readonly secrets: Secrets },
  plan: MessagePlan,
): Promise<string | null> {
  const id = uuidv7();
  const box = await secrets.box(ctx);
  const row = await ctx.tx
    .insertInto('sends')
    .values({
      id,
      dedupe_key: plan.dedupeKey,
      channel: plan.channel,
      purpose: plan.purpose,
      subject_type: plan.subject.type,
      subject_id: plan.subject.id,
      to_address: plan.to.email,
      to_name: plan.to.name === null ? null : headerText(plan.to.name),
      from_address: plan.from,
      // Links in it are as good as passwords.
      content: box.seal({ table: 'sends', field: CONTENT_FIELD, rowId: id }, JSON.stringify(plan.content)),
      next_attempt_at: plan.notBefore ?? ctx.now,
      prospect_id: plan.prospectId ?? null,
      account_id: plan.accountId ?? null,
      sender_id: plan.senderId ?? null,
      user_id: plan.userId ?? null,
      touch: plan.touch === undefined ? null : JSON.stringify(plan.touch),
    })
    .onConflict((clash) => clash.columns(['organization_id', 'dedupe_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}
