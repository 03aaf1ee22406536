import { sql } from 'kysely';
import { letGo } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { SendObserver, SettledSend } from '../../platform/sends/index.ts';
import { MAILING_CANCELLED } from '../bulk/mailing-decision.ts';
import { emailSent, smsSent } from '../events.ts';

const STATUS: Record<SettledSend['state'], string> = {
  accepted: 'sent',
  failed: 'failed',
  suppressed: 'suppressed',
  unknown: 'unknown',
};

/**
 * Writes the end of a send into its e-mail, in the transaction that settles it. What a provider has told before (delivered,
 * bounced) stays: its events may overtake its answer.
 */
export const settleEmail: SendObserver = async (ctx, send) => {
  if (send.subjectType !== 'email') return;
  const isAccepted = send.state === 'accepted';
  // As those of its mailing that waited when it was cancelled.
  const isCancelled = send.state === 'suppressed' && send.code === MAILING_CANCELLED;
  const stop = send.state === 'suppressed' && !isCancelled ? send.code : null;
  const { rows } = await sql<{ id: string; is_test: boolean }>`
    update emails set
      status = case when status in ('delivered', 'bounced') then status else ${isCancelled ? 'cancelled' : STATUS[send.state]} end,
      sent_at = case when ${isAccepted} then coalesce(sent_at, ${ctx.now}) else sent_at end,
      transport = ${send.transport},
      sendgrid_message_id = case when ${send.transport} = 'sendgrid' then ${send.providerId} else sendgrid_message_id end,
      suppressed_by = coalesce(${stop}, suppressed_by),
      error_code = case when ${isAccepted} or ${send.state} = 'suppressed' then null else ${send.code} end
    where organization_id = ${ctx.organizationId} and id = ${send.subjectId}::uuid and send_id = ${send.id}
    returning id, is_test`.execute(ctx.tx);
  const email = rows[0];
  if (!email || !isAccepted) return;
  const told = email.is_test ? null : emit(ctx, emailSent, { entityId: email.id, data: { id: email.id } });
  const written = sql`
    insert into email_tracking_events (email_id, type, occurred_at, event_key, data)
    values (${email.id}, 'sent', ${ctx.now}, ${`sent:${send.id}`}, ${JSON.stringify({ transport: send.transport })}::jsonb)
    on conflict (organization_id, email_id, event_key) do nothing`.execute(ctx.tx);
  await letGo(ctx, Promise.all([told, written]));
};

/** A text that was taken is told of; its send is its row. */
export const settleSms: SendObserver = async (ctx, send) => {
  if (send.subjectType !== 'sms' || send.state !== 'accepted') return;
  await emit(ctx, smsSent, { entityId: send.id, data: { id: send.id } });
};
