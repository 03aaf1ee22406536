import { sql } from 'kysely';
import { SMS_RANK, SMS_STOP_CODES, smsDelivery, smsKeyword } from '../../../domain/outreach/provider-event.rules.ts';
import { type Ctx, committedRefusal, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { settleByReport } from '../../platform/sends/index.ts';
import { noteReply, noteStop } from '../cadences/index.ts';
import { settleSms } from '../emails/settle-email.ts';
import { messageReceived, smsOptedOut } from '../events.ts';
import { holdContacts, settleDispatches } from '../governance/index.ts';
import { storeInbox } from './receive.ts';

export interface SmsAnswer {
  /** What is texted back. */
  readonly answer: string | null;
}

/**
 * A text or the state of one, as Twilio tells it. A wish to be left alone and an answer are stored at once and acknowledged
 * when no message to the person is on its way any more. @throws AppError unavailable `MESSAGE_UNDER_WAY`: it is stored all the same
 */
export const receiveSms = verb(
  { permission: null },
  async (
    ctx,
    { fields, sendId }: { fields: Readonly<Record<string, string>>; sendId: string | null },
  ): Promise<SmsAnswer> => {
    const sid = (fields.MessageSid ?? fields.SmsSid ?? '').slice(0, 64);
    const status = fields.MessageStatus ?? fields.SmsStatus ?? '';
    const isInbound =
      fields.Body !== undefined && fields.From !== undefined && (status === '' || status === 'received');
    const key = isInbound ? `${sid}:received` : `${sid}:${status}`;
    const payload = isInbound ? { sid, kind: 'received' } : { sid, status, code: fields.ErrorCode ?? null };
    const { received } = await storeInbox(ctx, 'twilio', null, [{ key, payload }]);
    const addresses = isInbound ? await addressesOfText(ctx, fields) : [];
    await holdContacts(ctx, addresses);
    const answer = isInbound
      ? await takeText(ctx, fields, received > 0)
      : await noteStatus(ctx, { sid, status, sendId, fields });
    await sql`update outreach_inbox set processed_at = ${ctx.now}, payload = null, outcome = ${isInbound ? 'received' : status}
              where organization_id = ${ctx.organizationId} and source = 'twilio' and event_key = ${key}`.execute(
      ctx.tx,
    );
    if (addresses.length === 0) return { answer };
    const refusal = await settleDispatches(ctx, addresses);
    return refusal ? committedRefusal(refusal) : { answer };
  },
);

/** Where whoever stops or answers could be written to; START and HELP stop nothing. */
async function addressesOfText(ctx: Ctx, fields: Readonly<Record<string, string>>): Promise<string[]> {
  const keyword = smsKeyword(fields.Body!);
  if (keyword === 'start' || keyword === 'help') return [];
  const from = fields.From!.slice(0, 32);
  const { rows } = await sql<{ email: string }>`
    select email_key as email from prospects
    where organization_id = ${ctx.organizationId} and phone_key = ${from} and deleted_at is null and email_key is not null`.execute(
    ctx.tx,
  );
  return [from, ...rows.map(({ email }) => email)];
}

async function takeText(ctx: Ctx, fields: Readonly<Record<string, string>>, isNew: boolean): Promise<string | null> {
  const from = fields.From!.slice(0, 32);
  const keyword = smsKeyword(fields.Body!);
  if (isNew) {
    const prospectId = await prospectWith(ctx, from);
    if (keyword === 'stop') await optOut(ctx, { phone: from, prospectId, keyword: fields.Body!.slice(0, 100) });
    if (keyword === 'start') await optIn(ctx, from);
    if (keyword === null || keyword === 'stop') await storeText(ctx, fields, prospectId, keyword === 'stop');
  }
  return keyword === 'help'
    ? 'Reply STOP to get no more messages. For anything else write to the person who texted you.'
    : null;
}

async function storeText(
  ctx: Ctx,
  fields: Readonly<Record<string, string>>,
  prospectId: string | null,
  isStop: boolean,
): Promise<void> {
  const id = uuidv7();
  const kind = isStop ? 'unsubscribe' : 'reply';
  await ctx.tx
    .insertInto('inbound_messages')
    .values({
      id,
      channel: 'sms',
      from_address: fields.From!.slice(0, 32),
      to_address: (fields.To ?? '').slice(0, 32),
      text: fields.Body!.slice(0, 5_000),
      message_id: (fields.MessageSid ?? '').slice(0, 64),
      kind,
      rule: isStop ? 'keyword' : 'person',
      prospect_id: prospectId,
      received_at: ctx.now,
    })
    .execute();
  if (prospectId && !isStop) await noteReply(ctx, prospectId, ctx.now);
  await emit(ctx, messageReceived, { entityId: id, data: { id, kind, emailId: null, prospectId, returnsOn: null } });
}

/** Once per number; a number that came back may leave again. */
export async function optOut(
  ctx: Ctx,
  { phone, prospectId, keyword }: { phone: string; prospectId: string | null; keyword: string | null },
): Promise<void> {
  await holdContacts(ctx, [phone]);
  const { rows } = await sql<{ id: string }>`
    insert into sms_opt_outs as o (phone, prospect_id, keyword, opted_out_at)
    values (${phone}, ${prospectId}::uuid, ${keyword}, ${ctx.now})
    on conflict (organization_id, phone) do update set opted_out_at = ${ctx.now}, opted_in_at = null, keyword = excluded.keyword
      where o.opted_in_at is not null
    returning id`.execute(ctx.tx);
  if (rows[0] && prospectId) await noteStop(ctx, prospectId, 'opted_out');
  if (rows[0]) await emit(ctx, smsOptedOut, { entityId: rows[0].id, data: { id: rows[0].id, prospectId } });
}

const optIn = (ctx: Ctx, phone: string) =>
  sql`update sms_opt_outs set opted_in_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and phone = ${phone} and opted_in_at is null`.execute(ctx.tx);

async function prospectWith(ctx: Ctx, phone: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from prospects
    where organization_id = ${ctx.organizationId} and phone_key = ${phone} and deleted_at is null
    order by created_at, id limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

interface StatusReport {
  readonly sid: string;
  readonly status: string;
  readonly sendId: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** States come in any order; a later rank is never taken back. */
async function noteStatus(ctx: Ctx, { sid, status, sendId, fields }: StatusReport): Promise<null> {
  const delivery = smsDelivery(status);
  if (delivery === null) return null;
  const { rows } = await sql<{ id: string; to_address: string; prospect_id: string | null; open: boolean }>`
    update sends set
      reported_at = coalesce(reported_at, ${ctx.now}),
      delivery = case when coalesce((${JSON.stringify(SMS_RANK)}::jsonb ->> delivery)::integer, 0) < ${SMS_RANK[delivery]}::integer
                      then ${delivery} else delivery end
    where organization_id = ${ctx.organizationId} and channel = 'sms'
      and (id = ${sendId}::uuid or (provider_id = ${sid} and ${sid} <> ''))
    returning id, to_address, prospect_id, settled_at is null as open`.execute(ctx.tx);
  for (const row of rows) {
    if (row.open) await settleByReport(ctx, { sendId: row.id, providerId: sid }, [settleSms]);
    if (SMS_STOP_CODES.has(fields.ErrorCode ?? '')) {
      await optOut(ctx, { phone: row.to_address, prospectId: row.prospect_id, keyword: null });
    }
  }
  return null;
}
