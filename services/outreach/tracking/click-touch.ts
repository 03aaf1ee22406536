import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import { recordTouch, voidTouch } from '../../crm/index.ts';
import { withdrawSignals } from '../../crm/intent/index.ts';
import { noteEngagement, readMails, touchOf } from './touch-facts.ts';

const touchIdOf = (visitId: string): string => `b:email_tracking_events:${visitId}`;
const signalKeyOf = (visitId: string): string => `email_click:${visitId}`;

/** A person's first click on a link is a touch that came from them. */
export async function touchByClick(ctx: Ctx, event: DomainEvent<{ id: string; link: number | null }>): Promise<void> {
  const mail = (await readMails(ctx, [event.data.id])).get(event.data.id);
  if (!mail?.prospectId) return;
  // Whoever tells a scanner from a person holds the e-mail: either they come first and are seen here, or they take the
  // touch back.
  await sql`select from emails where organization_id = ${ctx.organizationId} and id = ${mail.id} for share`.execute(
    ctx.tx,
  );
  const { rows } = await sql<{ id: string; at: Date }>`
    select id, occurred_at as at from email_tracking_events
    where organization_id = ${ctx.organizationId} and email_id = ${mail.id} and type = 'click'
      and link is not distinct from ${event.data.link}::integer and machine_reason is null
    order by occurred_at, id limit 1`.execute(ctx.tx);
  const visit = rows[0];
  if (!visit) return;
  const startedAt = visit.at;
  await recordTouch(ctx, { ...touchOf(mail), externalId: touchIdOf(visit.id), direction: 'inbound', startedAt });
  await noteEngagement(ctx, mail.prospectId, signalKeyOf(visit.id), startedAt);
}

/** Clicks that turned out to be a scanner's are touches and signs of interest no longer. */
export async function untouchClicks(
  ctx: Ctx,
  { data: { visitIds } }: DomainEvent<{ id: string; visitIds: string[] }>,
): Promise<void> {
  for (const id of visitIds) await voidTouch(ctx, touchIdOf(id), 'A scanner followed the link.');
  const { rows } = await sql<{ id: string; version: number }>`
    select id, version from intent_signals
    where organization_id = ${ctx.organizationId} and source_key = any(${sql.val(visitIds.map(signalKeyOf))}::text[])`.execute(
    ctx.tx,
  );
  if (rows.length > 0) await withdrawSignals(ctx, rows);
}
