import { sql } from 'kysely';
import {
  type ProviderEvent,
  readSendGridEvent,
  SOFT_BOUNCE_RETRY_MINUTES,
} from '../../../domain/outreach/provider-event.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { settleByReport } from '../../platform/sends/index.ts';
import { noteStop } from '../cadences/index.ts';
import { startEmail } from '../emails/send-email.ts';
import { settleEmail } from '../emails/settle-email.ts';
import { emailBounced } from '../events.ts';
import { holdContacts } from '../governance/index.ts';
import { tripBreakers } from '../senders/breaker.ts';
import { storeUnsubscribe } from '../suppressions/unsubscribe.ts';
import { recordVisit } from '../tracking/record-visit.ts';

export interface InboxEvent {
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Matched extends ProviderEvent {
  readonly key: string;
  readonly emailId: string;
  readonly sendId: string;
}

/**
 * Works off events of a provider, many at once and in any order: what an e-mail's row says afterwards follows from the set
 * of its events, never from their order. An event that is known already changes nothing.
 */
export async function applyProviderEvents(ctx: Ctx, rows: readonly InboxEvent[]): Promise<void> {
  const events = rows.flatMap(({ key, payload }) => {
    const event = readSendGridEvent(payload);
    return event ? [{ ...event, key }] : [];
  });
  const reported = await matchSends(ctx, events);
  if (reported.length === 0) return;
  await noteReports(ctx, reported);
  // Invitations and the like are no e-mails of outreach: of them is known now that they were taken.
  const matched = reported.flatMap((event) => (event.emailId ? [{ ...event, emailId: event.emailId }] : []));
  if (matched.length === 0) return;
  const fresh = await storeEvents(
    ctx,
    matched.filter(({ type }) => type !== 'open' && type !== 'click'),
  );
  await applyFates(ctx, fresh);
  for (const visit of matched.filter(({ type }) => type === 'open' || type === 'click')) await applyVisit(ctx, visit);
}

/** Bounces, complaints and the rest of what is told of known e-mails, once each. */
export async function applyFates(ctx: Ctx, fresh: readonly Matched[]): Promise<void> {
  if (fresh.length === 0) return;
  await holdContacts(
    ctx,
    fresh.flatMap(({ type, address }) => (type === 'delivered' ? [] : [address])),
  );
  await storeBounces(ctx, fresh);
  await blacklist(ctx, fresh);
  await computeStatus(ctx, [...new Set(fresh.map(({ emailId }) => emailId))]);
  await retrySoftBounces(ctx, fresh);
  for (const { type, stop, address, emailId } of fresh) {
    if (type !== 'unsubscribe' && stop !== 'unsubscribed') continue;
    const entry = {
      address: address ?? (await addressOf(ctx, emailId)),
      emailId,
      prospectId: await prospectOf(ctx, emailId),
    };
    await storeUnsubscribe(ctx, { ...entry, source: 'provider' });
  }
  const bad = fresh.filter(({ type, bounce }) => bounce === 'hard' || type === 'spam');
  for (const { emailId, type } of bad) {
    const kind = type === 'spam' ? 'complaint' : 'hard';
    const { prospect_id: prospectId } = await readPlace(ctx, emailId);
    if (prospectId) await noteStop(ctx, prospectId, type === 'spam' ? 'complained' : 'bounced');
    await emit(ctx, emailBounced, { entityId: emailId, data: { id: emailId, kind } });
  }
  if (bad.length > 0)
    await tripBreakers(
      ctx,
      await sendersOf(
        ctx,
        bad.map(({ emailId }) => emailId),
      ),
    );
}

type Reported = Omit<Matched, 'emailId'> & { readonly emailId: string | null };

async function matchSends(ctx: Ctx, events: readonly (ProviderEvent & { key: string })[]): Promise<Reported[]> {
  const sendIds = events.flatMap(({ sendId }) => sendId ?? []);
  const providerIds = events.flatMap(({ sendId, providerId }) =>
    sendId === null && providerId !== null ? [providerId] : [],
  );
  const { rows } = await sql<{ sendId: string; providerId: string | null; emailId: string | null }>`
    select id as "sendId", provider_id as "providerId", case when subject_type = 'email' then subject_id end as "emailId"
    from sends
    where organization_id = ${ctx.organizationId} and channel = 'email'
      and (id = any(${sql.val(sendIds)}::uuid[]) or provider_id = any(${sql.val(providerIds)}::text[]))`.execute(
    ctx.tx,
  );
  const bySend = new Map(rows.map((row) => [row.sendId, row]));
  const byProvider = new Map(rows.flatMap((row) => (row.providerId ? [[row.providerId, row] as const] : [])));
  return events.flatMap((event) => {
    const row = event.sendId ? bySend.get(event.sendId) : byProvider.get(event.providerId ?? '');
    return row ? [{ ...event, sendId: row.sendId, emailId: row.emailId }] : [];
  });
}

/** Whatever is told of a send says that it was taken: that ends an open question. */
async function noteReports(ctx: Ctx, matched: readonly Reported[]): Promise<void> {
  const providerIds = new Map(matched.map(({ sendId, providerId }) => [sendId, providerId]));
  const { rows } = await sql<{ id: string; open: boolean }>`
    update sends set reported_at = coalesce(reported_at, ${ctx.now})
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...providerIds.keys()])}::uuid[])
    returning id, settled_at is null as open`.execute(ctx.tx);
  for (const { id, open } of rows) {
    if (open) await settleByReport(ctx, { sendId: id, providerId: providerIds.get(id) ?? null }, [settleEmail]);
  }
}

/** Answers those that were not known. */
async function storeEvents(ctx: Ctx, events: readonly Matched[]): Promise<Matched[]> {
  if (events.length === 0) return [];
  const values = events.map(({ emailId, type, occurredAt, key, statusCode, reason, bounce, sendId }) => ({
    email_id: emailId,
    type,
    occurred_at: occurredAt,
    event_key: key,
    data: {
      ...(statusCode ? { statusCode } : {}),
      ...(reason ? { reason } : {}),
      ...(bounce ? { bounce } : {}),
      sendId,
    },
  }));
  const { rows } = await sql<{ email_id: string; event_key: string }>`
    insert into email_tracking_events (email_id, type, occurred_at, event_key, data)
    select distinct on (email_id, event_key) email_id, type, occurred_at, event_key, data
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as e(email_id uuid, type text, occurred_at timestamptz, event_key text, data jsonb)
    on conflict (organization_id, email_id, event_key) do nothing
    returning email_id, event_key`.execute(ctx.tx);
  const known = new Set(rows.map((row) => `${row.email_id} ${row.event_key}`));
  return events.filter(({ emailId, key }) => known.delete(`${emailId} ${key}`));
}

async function storeBounces(ctx: Ctx, events: readonly Matched[]): Promise<void> {
  const values = events
    .filter(({ type }) => type === 'bounce' || type === 'spam')
    .map(({ emailId, address, type, bounce, statusCode, reason, occurredAt, key }) => ({
      email_id: emailId,
      address,
      type: type === 'spam' ? 'complaint' : bounce,
      status_code: statusCode,
      reason,
      occurred_at: occurredAt,
      event_key: key,
    }));
  if (values.length === 0) return;
  await sql`
    insert into email_bounces (email_id, address, type, status_code, reason, occurred_at, event_key, prospect_id)
    select b.email_id, lower(coalesce(b.address, e.address)), b.type, b.status_code, b.reason, b.occurred_at, b.event_key,
           e.prospect_id
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as b(email_id uuid, address text, type text, status_code text, reason text, occurred_at timestamptz, event_key text)
    join emails e on e.organization_id = ${ctx.organizationId} and e.id = b.email_id
    on conflict (organization_id, event_key) do nothing`.execute(ctx.tx);
}

/** Dead addresses and people who complain get nothing more, from any sender. */
async function blacklist(ctx: Ctx, events: readonly Matched[]): Promise<void> {
  const values = events.flatMap(({ type, bounce, stop, emailId, address, reason }) => {
    const why =
      type === 'spam' ? 'complaint' : bounce === 'hard' ? 'hard_bounce' : stop === 'unsubscribed' ? null : stop;
    return why ? [{ email_id: emailId, address, why, notes: reason }] : [];
  });
  if (values.length === 0) return;
  await sql`
    insert into email_blacklist (email, reason, notes, email_id, created_at)
    select distinct on (1) lower(coalesce(b.address, e.address)), b.why, left(b.notes, 1000), b.email_id, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as b(email_id uuid, address text, why text, notes text)
    join emails e on e.organization_id = ${ctx.organizationId} and e.id = b.email_id
    order by 1, b.why
    on conflict (organization_id, email) do nothing`.execute(ctx.tx);
}

/** The state that the events of an e-mail add up to, whatever their order. */
async function computeStatus(ctx: Ctx, emailIds: readonly string[]): Promise<void> {
  await sql`
    update emails e set
      delivered_at = f.delivered_at, bounced = f.bounced,
      -- It arrived after all: nothing is left to repeat.
      status = case when e.status = 'scheduled' and e.soft_bounces > 0 and f.delivered_at is not null then 'delivered'
                    when e.status in ('scheduled', 'queued', 'cancelled', 'suppressed') then e.status
                    when f.bounced then 'bounced' when f.dropped then 'failed'
                    when f.delivered_at is not null then 'delivered' else e.status end,
      error_code = case when f.dropped then 'DROPPED' when e.error_code = 'DROPPED' then null else e.error_code end
    from (
      select t.email_id, min(t.occurred_at) filter (where t.type = 'delivered') as delivered_at,
             bool_or(t.type = 'bounce' and t.data ->> 'bounce' = 'hard') as bounced, bool_or(t.type = 'dropped') as dropped
      from email_tracking_events t
      where t.organization_id = ${ctx.organizationId} and t.email_id = any(${sql.val([...emailIds])}::uuid[])
      group by t.email_id) f
    where e.organization_id = ${ctx.organizationId} and e.id = f.email_id`.execute(ctx.tx);
}

/** Of its newest hand-over alone: an older one that bounces late is no reason to send again. */
async function retrySoftBounces(ctx: Ctx, events: readonly Matched[]): Promise<void> {
  for (const { bounce, emailId, sendId } of events) {
    if (bounce !== 'soft') continue;
    const { rows } = await sql<{ generation: number; again: boolean }>`
      update emails set
        soft_bounces = soft_bounces + 1,
        generation = generation + case when soft_bounces < ${SOFT_BOUNCE_RETRY_MINUTES.length}::integer then 1 else 0 end,
        scheduled_at = ${ctx.now}::timestamptz + make_interval(mins =>
          (${sql.val([...SOFT_BOUNCE_RETRY_MINUTES])}::integer[])[least(soft_bounces + 1, ${SOFT_BOUNCE_RETRY_MINUTES.length})]),
        status = case when soft_bounces < ${SOFT_BOUNCE_RETRY_MINUTES.length}::integer then 'scheduled' else 'bounced' end,
        bounced = soft_bounces >= ${SOFT_BOUNCE_RETRY_MINUTES.length}::integer
      where organization_id = ${ctx.organizationId} and id = ${emailId} and send_id = ${sendId}
        and status in ('sent', 'unknown', 'queued') and delivered_at is null
      returning generation, status = 'scheduled' as again`.execute(ctx.tx);
    const row = rows[0];
    if (row?.again) await startEmail(ctx, emailId, row.generation);
    else if (row) await emit(ctx, emailBounced, { entityId: emailId, data: { id: emailId, kind: 'soft' } });
  }
}

async function applyVisit(ctx: Ctx, event: Matched): Promise<void> {
  const { emailId, type, url, key, occurredAt, ipAddress, userAgent, machine } = event;
  await recordVisit(ctx, {
    emailId,
    kind: type as 'open' | 'click',
    link: null,
    url,
    ipAddress,
    userAgent,
    occurredAt,
    eventKey: key,
    ...(machine ? { knownMachine: machine } : {}),
  });
}

async function sendersOf(ctx: Ctx, emailIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct sender_id as id from emails
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...emailIds])}::uuid[])
      and sender_id is not null order by 1`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

const readPlace = async (ctx: Ctx, emailId: string) => {
  const { rows } = await sql<{ address: string; prospect_id: string | null }>`
    select address, prospect_id from emails
    where organization_id = ${ctx.organizationId} and id = ${emailId}`.execute(ctx.tx);
  return rows[0]!;
};
const addressOf = async (ctx: Ctx, emailId: string): Promise<string> => (await readPlace(ctx, emailId)).address;
const prospectOf = async (ctx: Ctx, emailId: string): Promise<string | null> =>
  (await readPlace(ctx, emailId)).prospect_id;
