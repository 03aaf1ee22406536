import { sql } from 'kysely';
import { type Classified, classifyInbound, withoutQuote } from '../../../domain/outreach/inbound.rules.ts';
import { workingDay } from '../../../domain/outreach/return-day.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { noteOutOfOffice, noteReply } from '../cadences/index.ts';
import { textOfHtml } from '../emails/html.ts';
import { messageReceived } from '../events.ts';
import { type LinkSigner, linkSigner } from '../links.ts';
import { storeUnsubscribe } from '../suppressions/unsubscribe.ts';
import type { OutreachTools } from '../tools.ts';
import { applyFates, type InboxEvent } from './apply-events.ts';

interface Mail {
  readonly headers: Readonly<Record<string, string>>;
  readonly from: string;
  readonly address: string;
  readonly name: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

interface Answered {
  id: string;
  address: string;
  thread_id: string;
  prospect_id: string | null;
  user_id: string | null;
  send_id: string | null;
}

/**
 * Finds out what a mail is and what it answers: by the signed address, then by the ids of messages that it refers to, never
 * by its subject; and does what follows from it.
 */
export async function applyMail(ctx: Ctx, tools: OutreachTools, { key, payload }: InboxEvent): Promise<string> {
  const mail = readMail(payload);
  if (mail === null) return 'unreadable';
  const signer = await linkSigner(ctx, tools.mailing.secrets);
  const token = tokenIn(mail, signer);
  const said = classifyInbound(mail, ctx.now);
  const told = token?.wantsOut ? { ...said, kind: 'unsubscribe' as const, rule: 'unsubscribe_address' } : said;
  const email = await answeredBy(ctx, mail, token?.emailId ?? null);
  if (told.kind === 'bounce') return applyBounce(ctx, key, email, told);
  const prospectId = (await prospectAt(ctx, mail.address)) ?? email?.prospect_id ?? null;
  const id = await storeMessage(ctx, { mail, told, email, prospectId });
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

function readMail(payload: Readonly<Record<string, unknown>>): Mail | null {
  const field = (name: string): string => (typeof payload[name] === 'string' ? (payload[name] as string) : '');
  const from = field('from');
  const address = /<([^<>\s]+@[^<>\s]+)>/.exec(from)?.[1] ?? /[^\s<>",;]+@[^\s<>",;]+/.exec(from)?.[0];
  if (!address) return null;
  const name = from
    .replace(/<[^>]*>/, '')
    .replace(/["']/g, '')
    .trim();
  return {
    headers: readHeaders(field('headers')),
    from,
    address: address.toLowerCase().slice(0, 320),
    name: name === '' || name.includes('@') ? null : name.slice(0, 200),
    to: `${field('to')} ${field('envelope')}`.slice(0, 2_000),
    subject: field('subject').slice(0, 998),
    text: field('text') || textOfHtml(field('html')),
  };
}

/** Folded lines belong to the line before; the first of a name counts. */
function readHeaders(text: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const match = /^([\w-]{1,76}):\s*(.*)$/.exec(line);
    if (match) headers[match[1]!.toLowerCase()] ??= match[2]!.slice(0, 2_000);
  }
  return headers;
}

function tokenIn({ to }: Mail, signer: LinkSigner): { emailId: string; wantsOut: boolean } | null {
  for (const [, kind, token] of to.matchAll(/\b(reply|unsubscribe)\+([a-z2-7]{40})@/gi)) {
    const emailId = signer.openReply(token!);
    if (emailId) return { emailId, wantsOut: kind!.toLowerCase() === 'unsubscribe' };
  }
  return null;
}

async function answeredBy(ctx: Ctx, { headers }: Mail, emailId: string | null): Promise<Answered | null> {
  const ids = `${headers['in-reply-to'] ?? ''} ${headers.references ?? ''}`.match(/<[^<>\s]{1,300}>/g) ?? [];
  const { rows } = await sql<Answered>`
    select id, address, thread_id, prospect_id, user_id, send_id from emails
    where organization_id = ${ctx.organizationId}
      and (id = ${emailId}::uuid or message_id = any(${sql.val(ids.slice(0, 20))}::text[]))
    order by (id = ${emailId}::uuid) desc nulls last, array_position(${sql.val(ids.slice(0, 20))}::text[], message_id), id desc
    limit 1`.execute(ctx.tx);
  return rows[0] ?? null;
}

async function prospectAt(ctx: Ctx, address: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from prospects
    where organization_id = ${ctx.organizationId} and email_key = ${address} and deleted_at is null
    order by created_at, id limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
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
