import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { type GuardedSend, REST, type SendHold } from '../../platform/sends/index.ts';
import type { BulkStatus } from './bulk-view.ts';

/** Why a message of a mailing rests, and why it never leaves. */
export const MAILING_PAUSED = 'MAILING_PAUSED';
export const MAILING_CANCELLED = 'mailing_cancelled';

/** The state of the mailing that a message belongs to, as a column of a statement that is asked anyway. */
export function statusOfMailing(ctx: Ctx, { touch }: Pick<GuardedSend, 'touch'>): RawBuilder<BulkStatus | null> {
  const jobId = touch?.['bulkJobId'];
  if (typeof jobId !== 'string') return sql`null`;
  return sql`(select status from bulk_email_jobs where organization_id = ${ctx.organizationId} and id = ${jobId}::uuid)`;
}

/**
 * What was under way when somebody decided may come back to the ledger: the provider was busy, or never had it. It then
 * fares like what waited there.
 */
export function objectionOfMailing(status: BulkStatus | null): string | SendHold | null {
  if (status === 'cancelled') return MAILING_CANCELLED;
  return status === 'paused' ? { code: MAILING_PAUSED, until: REST } : null;
}
