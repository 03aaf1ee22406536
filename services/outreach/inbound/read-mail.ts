import { sql } from 'kysely';
import { type Classified, classifyInbound } from '../../../domain/outreach/inbound.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { textOfHtml } from '../emails/html.ts';
import type { LinkSigner } from '../links.ts';

export interface Mail {
  readonly headers: Readonly<Record<string, string>>;
  readonly from: string;
  readonly address: string;
  readonly name: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The e-mail that a mail answers. */
export interface Answered {
  id: string;
  address: string;
  thread_id: string;
  prospect_id: string | null;
  user_id: string | null;
  send_id: string | null;
}

/** A mail that is understood as far as it can be by itself. */
export interface UnderstoodMail {
  readonly mail: Mail;
  readonly told: Classified;
  readonly email: Answered | null;
}

/** What a mail is and which e-mail it answers: by the signed address, then by the ids of messages that it refers to, never by its subject. */
export async function understandMail(
  ctx: Ctx,
  signer: LinkSigner,
  payload: Readonly<Record<string, unknown>>,
): Promise<UnderstoodMail | null> {
  const mail = readMail(payload);
  if (mail === null) return null;
  const token = tokenIn(mail, signer);
  const said = classifyInbound(mail, ctx.now);
  const told = token?.wantsOut ? { ...said, kind: 'unsubscribe' as const, rule: 'unsubscribe_address' } : said;
  return { mail, told, email: await answeredBy(ctx, mail, token?.emailId ?? null) };
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

export async function prospectAt(ctx: Ctx, address: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from prospects
    where organization_id = ${ctx.organizationId} and email_key = ${address} and deleted_at is null
    order by created_at, id limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

/** Where the person who has answered could be written to: nothing begins there until the answer is understood. */
export async function addressesOfAnswer(ctx: Ctx, { mail, told, email }: UnderstoodMail): Promise<string[]> {
  if (told.kind === 'bounce' || told.kind === 'auto_reply') return [];
  const prospectId = (await prospectAt(ctx, mail.address)) ?? email?.prospect_id ?? null;
  const { rows } = await sql<{ address: string | null }>`
    select unnest(array[email_key, phone_key]) as address from prospects
    where organization_id = ${ctx.organizationId} and id = ${prospectId}::uuid`.execute(ctx.tx);
  const addresses = [mail.address, email?.address.toLowerCase(), ...rows.map(({ address }) => address)];
  return [...new Set(addresses.filter((address) => typeof address === 'string'))];
}
