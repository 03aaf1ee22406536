import { sql } from 'kysely';
import { type Classified, withoutQuote } from '../../../domain/outreach/inbound.rules.ts';
import { workingDay } from '../../../domain/outreach/return-day.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { noteOutOfOffice, noteReply } from '../cadences/index.ts';
import { messageReceived } from '../events.ts';
import { linkSigner } from '../links.ts';
import { storeUnsubscribe } from '../suppressions/unsubscribe.ts';
import type { OutreachTools } from '../tools.ts';
import { applyFates, type InboxEvent } from './apply-events.ts';
import { attachFiles, attachmentsIn, dropFiles } from './inbound-attachments.ts';
import { type Answered, type Mail, prospectAt, understandMail } from './read-mail.ts';

/** Finds out what a mail is and what it answers, and does what follows from it. */
export async function applyMail(ctx: Ctx, tools: OutreachTools, { key, payload }: InboxEvent): Promise<string> {
  const files = attachmentsIn(payload);
  const understood = await understandMail(ctx, await linkSigner(ctx, tools.mailing.secrets), payload);
  if (understood === null || understood.told.kind === 'bounce') {
    await dropFiles(ctx, files);
    return understood === null ? 'unreadable' : applyBounce(ctx, key, understood.email, understood.told);
  }
  const { mail, told, email } = understood;
  const prospectId = (await prospectAt(ctx, mail.address)) ?? email?.prospect_id ?? null;
  const id = await storeMessage(ctx, { mail, told, email, prospectId });
  await attachFiles(ctx, id, files);
  if (email) await noteOnEmail(ctx, email, told, id);
  if (told.kind === 'unsubscribe') {
    await storeUnsubscribe(ctx, {
      address: mail.address,
      emailId: email?.id ?? null,
      prospectId,
      source: 'reply',
      reason: told.rule,
    });
  }
  if (prospectId) await noteForCadences(ctx, prospectId, told);
  await emit(ctx, messageReceived, {
    entityId: id,
    data: { id, kind: told.kind, emailId: email?.id ?? null, prospectId, returnsOn: told.returnsOn },
  });
  return told.kind;
}

async function storeMessage(
  ctx: Ctx,
  {
    mail,
    told,
    email,
    prospectId,
  }: { mail: Mail; told: Classified; email: Answered | null; prospectId: string | null },
): Promise<string> {
  const id = uuidv7();
  await ctx.tx
    .insertInto('inbound_messages')
    .values({
      id,
      channel: 'email',
      from_address: mail.address,
      from_name: mail.name,
      to_address: /[^\s<>",;{}[\]]+@[^\s<>",;{}[\]]+/.exec(mail.to)?.[0]?.slice(0, 320) ?? '',
      subject: mail.subject,
      text: withoutQuote(mail.text).slice(0, 50_000),
      message_id: mail.headers['message-id']?.slice(0, 500) ?? null,
      kind: told.kind,
      rule: told.rule,
      email_id: email?.id ?? null,
      thread_id: email?.thread_id ?? null,
      prospect_id: prospectId,
      returns_on: told.returnsOn === null ? null : sql<Date>`${told.returnsOn}::date`,
      referred_to: told.referredTo,
      received_at: ctx.now,
    })
    .execute();
  return id;
}

const isAnswer = (told: Classified): boolean => told.kind !== 'out_of_office' && told.kind !== 'auto_reply';

async function noteOnEmail(ctx: Ctx, email: Answered, told: Classified, inboundId: string): Promise<void> {
  const data = { inboundId, kind: told.kind, ...(told.returnsOn ? { returnsOn: told.returnsOn } : {}) };
  await sql`
    insert into email_tracking_events (email_id, type, occurred_at, event_key, data)
    values (${email.id}, ${isAnswer(told) ? 'reply' : 'auto_reply'}, ${ctx.now}, ${`inbound:${inboundId}`},
            ${JSON.stringify(data)}::jsonb)
    on conflict (organization_id, email_id, event_key) do nothing`.execute(ctx.tx);
  if (!isAnswer(told)) return;
  await sql`update emails set replied_at = coalesce(replied_at, ${ctx.now})
            where organization_id = ${ctx.organizationId} and id = ${email.id}`.execute(ctx.tx);
}

/** Whoever answers rests in their cadences; whoever is away rests until the first working day on which they are back. */
async function noteForCadences(ctx: Ctx, prospectId: string, told: Classified): Promise<void> {
  if (told.kind === 'reply' || told.kind === 'referral') await noteReply(ctx, prospectId, ctx.now);
  if (told.kind !== 'out_of_office' || told.returnsOn === null) return;
  const { rows } = await sql<{ at: Date }>`
    select (${workingDay(told.returnsOn)}::date::timestamp at time zone coalesce(p.time_zone, o.time_zone)) as at
    from prospects p join organizations o on o.id = p.organization_id
    where p.organization_id = ${ctx.organizationId} and p.id = ${prospectId}`.execute(ctx.tx);
  if (rows[0]) await noteOutOfOffice(ctx, prospectId, rows[0].at);
}

/** A report of non-delivery that came as a mail; one that names no message of ours tells us nothing. */
async function applyBounce(ctx: Ctx, key: string, email: Answered | null, { bounce }: Classified): Promise<string> {
  const found = email ?? (await newestTo(ctx, bounce?.recipient ?? null));
  if (!found || !bounce || found.send_id === null) return 'bounce of nothing';
  const eventKey = `dsn:${key}`;
  const { rows } = await sql`
    insert into email_tracking_events (email_id, type, occurred_at, event_key, data)
    values (${found.id}, 'bounce', ${ctx.now}, ${eventKey}, ${JSON.stringify({ bounce: bounce.type, statusCode: bounce.status })}::jsonb)
    on conflict (organization_id, email_id, event_key) do nothing
    returning id`.execute(ctx.tx);
  if (rows.length === 0) return 'bounce';
  await applyFates(ctx, [
    {
      type: 'bounce',
      bounce: bounce.type,
      key: eventKey,
      emailId: found.id,
      sendId: found.send_id,
      providerId: null,
      address: bounce.recipient ?? found.address.toLowerCase(),
      occurredAt: ctx.now,
      statusCode: bounce.status,
      reason: null,
      stop: null,
      userAgent: null,
      ipAddress: null,
      url: null,
      machine: null,
    },
  ]);
  return 'bounce';
}

async function newestTo(ctx: Ctx, address: string | null): Promise<Answered | null> {
  if (address === null) return null;
  const { rows } = await sql<Answered>`
    select id, address, thread_id, prospect_id, user_id, send_id from emails
    where organization_id = ${ctx.organizationId} and lower(address) = ${address} and sent_at is not null
    order by created_at desc, id desc limit 1`.execute(ctx.tx);
  return rows[0] ?? null;
}
