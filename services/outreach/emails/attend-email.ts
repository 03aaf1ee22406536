import type { Ctx } from '../../core/context.ts';
import type { OutreachTools } from '../tools.ts';
import { enterLedger } from './enter-ledger.ts';

export type EmailAttention =
  | { readonly status: 'waiting'; readonly waitSeconds: number }
  | { readonly status: 'released' | 'cancelled' | 'replaced' | 'gone' };

/**
 * Looks at an e-mail that is for later: enters it into the ledger when its time has come. A repeated look finds it there.
 */
export async function attendEmail(
  ctx: Ctx,
  tools: OutreachTools,
  { emailId, generation }: { emailId: string; generation: number },
): Promise<EmailAttention> {
  const row = await ctx.tx
    .selectFrom('emails')
    .select(['status', 'scheduled_at', 'generation'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', emailId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return { status: 'gone' };
  if (row.generation !== generation) return { status: 'replaced' };
  if (row.status === 'cancelled') return { status: 'cancelled' };
  if (row.status !== 'scheduled') return { status: 'released' };
  const waitMs = (row.scheduled_at?.getTime() ?? 0) - ctx.now.getTime();
  if (waitMs > 0) return { status: 'waiting', waitSeconds: Math.ceil(waitMs / 1000) };
  await enterLedger(ctx, tools, emailId);
  return { status: 'released' };
}
