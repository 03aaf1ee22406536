import { sql } from 'kysely';
import { workSourceOf } from '../../../domain/data/touch-source.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import { logActivity, recordTouch, voidTouch } from '../../crm/index.ts';
import { recordSignals, withdrawSignalsOf } from '../../crm/intent/index.ts';
import { notify } from '../../platform/notifications/index.ts';

interface MailRow {
  id: string;
  subject: string;
  address: string;
  prospectId: string | null;
  accountId: string | null;
  userId: string | null;
  sentAt: Date | null;
  campaign: string | null;
  said: Record<string, unknown>;
}

async function readMails(ctx: Ctx, ids: readonly string[]): Promise<Map<string, MailRow>> {
  const { rows } = await sql<MailRow>`
    select e.id, e.subject, e.address, e.prospect_id as "prospectId", p.account_id as "accountId", e.user_id as "userId",
           e.sent_at as "sentAt", e.campaign_id::text as campaign,
           e.touch || jsonb_build_object('bulkJobId', e.bulk_job_id, 'templateId', e.template_id, 'senderId', e.sender_id) as said
    from emails e
    left join prospects p on p.organization_id = e.organization_id and p.id = e.prospect_id
    where e.organization_id = ${ctx.organizationId} and e.id = any(${sql.val([...ids])}::uuid[])`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}

const touchOf = (mail: MailRow) => ({
  channel: 'email',
  prospectId: mail.prospectId,
  accountId: mail.accountId,
  userId: mail.userId,
  outreach: workSourceOf(mail.said),
  ...(mail.campaign === null ? {} : { campaign: mail.campaign }),
});

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
    const { modelCostMicros } = mail.said;
    await recordTouch(ctx, {
      ...touchOf(mail),
      externalId: `b:emails:${mail.id}`,
      direction: 'outbound',
      startedAt,
      ...(typeof modelCostMicros === 'number' ? { modelCostMicros } : {}),
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

/** A person's click is a touch that came from them. One that turns out to be a scanner's is none. */
export async function touchByClick(ctx: Ctx, event: DomainEvent<{ id: string; link: number | null }>): Promise<void> {
  const mail = (await readMails(ctx, [event.data.id])).get(event.data.id);
  if (!mail?.prospectId || (await unclickedLinks(ctx, mail.id, [event.data.link])).length > 0) return;
  const externalId = clickTouch(mail.id, event.data.link);
  await recordTouch(ctx, { ...touchOf(mail), externalId, direction: 'inbound', startedAt: event.occurredAt });
  await signal(ctx, mail.prospectId, clickSignal(mail.id, event.data.link), event.occurredAt);
}

const clickSignal = (emailId: string, link: number | null): string => `email_click:${emailId}:${link ?? 'x'}`;
const clickTouch = (emailId: string, link: number | null): string => `b:email_clicks:${emailId}:${link ?? 'x'}`;

/**
 * Those of the links that no person has followed. Holds the message, so that nobody relabels its visits until this is
 * done, and whoever did has ended.
 */
async function unclickedLinks(
  ctx: Ctx,
  emailId: string,
  links: readonly (number | null)[],
): Promise<(number | null)[]> {
  await sql`
    select from emails where organization_id = ${ctx.organizationId} and id = ${emailId} for no key update`.execute(
    ctx.tx,
  );
  const { rows } = await sql<{ link: number | null }>`
    select distinct link from email_tracking_events
    where organization_id = ${ctx.organizationId} and email_id = ${emailId} and type = 'click'
      and machine_reason is null`.execute(ctx.tx);
  const clicked = new Set(rows.map(({ link }) => link));
  return links.filter((link) => !clicked.has(link));
}

/** Clicks that turned out to be a scanner's are nobody's touches, nor signs of interest. */
export async function voidScannedClicks(
  ctx: Ctx,
  { data: { id, links } }: DomainEvent<{ id: string; links: readonly (number | null)[] }>,
): Promise<void> {
  const unclicked = await unclickedLinks(ctx, id, links);
  for (const link of unclicked) await voidTouch(ctx, clickTouch(id, link), 'The link was followed by a scanner.');
  await withdrawSignalsOf(
    ctx,
    unclicked.map((link) => clickSignal(id, link)),
  );
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
}

const ANSWERS: ReadonlySet<string> = new Set(['reply', 'referral', 'unsubscribe']);

/** What a person answers is a touch, a line in the timeline, a sign of interest, and told to whoever wrote. */
export async function touchByAnswer(ctx: Ctx, event: DomainEvent<{ id: string; kind: string }>): Promise<void> {
  if (!ANSWERS.has(event.data.kind)) return;
  const { rows } = await sql<InboundRow>`
    select i.id, i.channel, i.kind, i.subject, i.text, i.prospect_id as "prospectId", i.email_id as "emailId",
           e.user_id as "userId", p.owner_id as "ownerId",
           coalesce(nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), i.from_name, i.from_address) as name
    from inbound_messages i
    left join emails e on e.organization_id = i.organization_id and e.id = i.email_id
    left join prospects p on p.organization_id = i.organization_id and p.id = i.prospect_id
    where i.organization_id = ${ctx.organizationId} and i.id = ${event.data.id}`.execute(ctx.tx);
  const row = rows[0];
  if (!row) return;
  if (row.prospectId) {
    const mail = row.emailId ? (await readMails(ctx, [row.emailId])).get(row.emailId) : undefined;
    await recordTouch(ctx, {
      ...(mail ? touchOf(mail) : { accountId: null, userId: row.ownerId }),
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
    if (row.kind === 'reply') await signal(ctx, row.prospectId, `email_reply:${row.id}`, event.occurredAt);
  }
  await notify(ctx, row.userId ?? row.ownerId, 'email.replied', {
    title: row.kind === 'unsubscribe' ? `${row.name} wants no more messages` : `${row.name} has answered`,
    entity: { type: 'inbound_message', id: row.id },
    dedupeKey: `email.replied:${row.id}`,
  });
}

const signal = (ctx: Ctx, prospectId: string, sourceKey: string, occurredAt: Date) =>
  recordSignals(ctx, [{ type: 'email_engagement', prospectId, source: 'email', sourceKey, occurredAt }]);

/** A text message that was taken, the same way; the timeline has no line of its kind. */
export async function touchBySms(ctx: Ctx, event: DomainEvent<{ id: string }>): Promise<void> {
  const { rows } = await sql<{
    prospectId: string | null;
    accountId: string | null;
    userId: string | null;
    touch: Record<string, unknown> | null;
  }>`
    select prospect_id as "prospectId", account_id as "accountId", user_id as "userId", touch from sends
    where organization_id = ${ctx.organizationId} and id = ${event.data.id}`.execute(ctx.tx);
  const send = rows[0];
  if (!send?.prospectId) return;
  await recordTouch(ctx, {
    externalId: `b:sends:${event.data.id}`,
    channel: 'sms',
    direction: 'outbound',
    startedAt: event.occurredAt,
    prospectId: send.prospectId,
    accountId: send.accountId,
    userId: send.userId,
    outreach: workSourceOf(send.touch),
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
