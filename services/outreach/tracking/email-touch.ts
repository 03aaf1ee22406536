import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import { logActivity, recordTouch } from '../../crm/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { noteEngagement, providerOf, readMails, readTexts, textTo, touchOf } from './touch-facts.ts';

type EmailEvent = DomainEvent<{ id: string }>;

/** A message that was taken is a touch of its person, credited to what was at work, and a line in the timeline. */
export async function touchBySentEmails(ctx: Ctx, events: readonly EmailEvent[]): Promise<void> {
  const mails = await readMails(
    ctx,
    events.map(({ data }) => data.id),
  );
  for (const { data, occurredAt } of events) {
    const mail = mails.get(data.id);
    if (!mail?.prospectId) continue;
    const startedAt = mail.sentAt ?? occurredAt;
    await recordTouch(ctx, {
      ...touchOf(mail),
      ...providerOf(mail.transport),
      ...(mail.modelCostMicros === null ? {} : { modelCostMicros: mail.modelCostMicros }),
      externalId: `b:emails:${mail.id}`,
      direction: 'outbound',
      startedAt,
    });
    await logActivity(ctx, {
      type: 'email_sent',
      subject: mail.subject,
      occurredAt: startedAt,
      prospectId: mail.prospectId,
      userId: mail.userId,
      source: { type: 'email', id: mail.id },
    });
  }
}

interface InboundRow {
  id: string;
  channel: 'email' | 'sms';
  kind: string;
  subject: string | null;
  text: string;
  prospectId: string | null;
  emailId: string | null;
  userId: string | null;
  ownerId: string | null;
  name: string | null;
  address: string;
}

const ANSWERS: ReadonlySet<string> = new Set(['reply', 'referral', 'unsubscribe']);

/** What a person answers is a touch, a line in the timeline, a sign of interest, and told to whoever wrote. */
export async function touchByAnswer(ctx: Ctx, event: DomainEvent<{ id: string; kind: string }>): Promise<void> {
  if (!ANSWERS.has(event.data.kind)) return;
  const { rows } = await sql<InboundRow>`
    select i.id, i.channel, i.kind, i.subject, i.text, i.prospect_id as "prospectId", i.email_id as "emailId",
           i.from_address as address,
           e.user_id as "userId", p.owner_id as "ownerId",
           coalesce(nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), i.from_name, i.from_address) as name
    from inbound_messages i
    left join emails e on e.organization_id = i.organization_id and e.id = i.email_id
    left join prospects p on p.organization_id = i.organization_id and p.id = i.prospect_id
    where i.organization_id = ${ctx.organizationId} and i.id = ${event.data.id}`.execute(ctx.tx);
  const row = rows[0];
  if (!row) return;
  if (row.prospectId) {
    const answered = row.emailId
      ? (await readMails(ctx, [row.emailId])).get(row.emailId)
      : row.channel === 'sms'
        ? await textTo(ctx, row.address, event.occurredAt)
        : undefined;
    await recordTouch(ctx, {
      ...(answered ? touchOf(answered) : { accountId: null, userId: row.ownerId }),
      channel: row.channel,
      prospectId: row.prospectId,
      externalId: `b:inbound_messages:${row.id}`,
      direction: 'inbound',
      startedAt: event.occurredAt,
    });
    if (row.channel === 'email') {
      await logActivity(ctx, {
        type: 'email_received',
        subject: row.subject,
        notes: row.text.slice(0, 5_000),
        occurredAt: event.occurredAt,
        prospectId: row.prospectId,
        userId: null,
        source: { type: 'inbound_message', id: row.id },
      });
    }
    if (row.kind === 'reply') await noteEngagement(ctx, row.prospectId, `email_reply:${row.id}`, event.occurredAt);
  }
  await notify(ctx, row.userId ?? row.ownerId, 'email.replied', {
    title: row.kind === 'unsubscribe' ? `${row.name} wants no more messages` : `${row.name} has answered`,
    entity: { type: 'inbound_message', id: row.id },
    dedupeKey: `email.replied:${row.id}`,
  });
}

/** A text message that was taken, the same way; the timeline has no line of its kind. */
export async function touchBySms(ctx: Ctx, event: DomainEvent<{ id: string }>): Promise<void> {
  const text = (await readTexts(ctx, [event.data.id])).get(event.data.id);
  if (!text?.prospectId) return;
  await recordTouch(ctx, {
    ...touchOf(text),
    ...providerOf(text.transport),
    externalId: `b:sends:${event.data.id}`,
    direction: 'outbound',
    startedAt: event.occurredAt,
  });
}

/** Whoever wrote is told when a message will never arrive. */
export async function tellOfBounce(ctx: Ctx, event: DomainEvent<{ id: string; kind: string }>): Promise<void> {
  const mail = (await readMails(ctx, [event.data.id])).get(event.data.id);
  if (!mail) return;
  await notify(ctx, mail.userId, 'email.bounced', {
    title: event.data.kind === 'complaint' ? `${mail.address} complained` : `${mail.address} cannot be reached`,
    body: mail.subject,
    entity: { type: 'email', id: mail.id },
    dedupeKey: `email.bounced:${mail.id}`,
  });
}
