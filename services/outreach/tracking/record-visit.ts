import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type MachineReason, machineReason, SEVERAL_LINKS_SECONDS } from '../../../domain/outreach/machine.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { Secrets } from '../../core/secrets.ts';
import { clicksCorrected, emailClicked, emailOpened } from '../events.ts';
import { linkReader } from '../links.ts';

export interface VisitInput {
  token: string;
  secrets: Secrets;
  ipAddress: string | null;
  userAgent: string | null;
}

/** The pixel of a message was loaded. @throws AppError not_found for a link that nobody has signed. */
export const recordOpen = verb({ permission: null }, async (ctx, input: VisitInput): Promise<void> => {
  const { id } = (await linkReader(ctx, input.secrets)).open(input.token, 'open');
  await recordVisit(ctx, { emailId: id, kind: 'open', link: null, url: null, ...input });
});

/** A link of a message was followed; answers where it leads. @throws AppError not_found. */
export const recordClick = verb({ permission: null }, async (ctx, input: VisitInput): Promise<{ url: string }> => {
  const { id, index } = (await linkReader(ctx, input.secrets)).open(input.token, 'click');
  const row = await ctx.tx
    .selectFrom('emails')
    .select('links')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  const url = (row?.links as string[] | undefined)?.[index];
  if (url === undefined) throw notFound('The link');
  await recordVisit(ctx, { emailId: id, kind: 'click', link: index, url, ...input });
  return { url };
});

export interface Visit {
  readonly emailId: string;
  readonly kind: 'open' | 'click';
  readonly link: number | null;
  readonly url: string | null;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly occurredAt?: Date;
  /** The provider's name of it; default: made of who, what and the minute, so that a reload counts once. */
  readonly eventKey?: string;
  /** What the provider itself says of it. */
  readonly knownMachine?: MachineReason | null;
}

/** Writes a visit down once and adds it to its message, as a person's or as a machine's. */
export async function recordVisit(ctx: Ctx, visit: Visit): Promise<void> {
  const { emailId, kind, link, url, ipAddress, userAgent } = visit;
  const at = visit.occurredAt ?? ctx.now;
  const { rows } = await sql<{ sent_at: Date | null; is_test: boolean; opened: boolean; clicked_at: Date | null }>`
    select sent_at, is_test, opened, (
        select min(t.occurred_at) from email_tracking_events t
        where t.organization_id = e.organization_id and t.email_id = e.id and t.type = 'click'
          and t.link is not distinct from ${link}::integer and t.machine_reason is null) as clicked_at
    from emails e
    where e.organization_id = ${ctx.organizationId} and e.id = ${emailId} for update`.execute(ctx.tx);
  const email = rows[0];
  if (!email || email.is_test) return;
  const secondsSinceSent = email.sent_at === null ? null : (at.getTime() - email.sent_at.getTime()) / 1000;
  const reason = visit.knownMachine ?? machineReason({ kind, userAgent, secondsSinceSent });
  const minute = Math.floor(at.getTime() / 60_000);
  const who = createHash('sha256').update(`${ipAddress}|${userAgent}`).digest('base64url').slice(0, 16);
  const { rows: stored } = await sql`
    insert into email_tracking_events (email_id, type, occurred_at, event_key, ip_address, user_agent, url, link, machine_reason)
    values (${emailId}, ${kind}, ${at}, ${visit.eventKey ?? `${kind}:${link ?? ''}:${minute}:${who}`}, ${ipAddress},
            ${userAgent?.slice(0, 500) ?? null}, ${url}, ${link}, ${reason})
    on conflict (organization_id, email_id, event_key) do nothing
    returning id`.execute(ctx.tx);
  if (stored.length === 0) return;
  const scanned = kind === 'click' && reason === null && (await relabelScan(ctx, visit, at));
  await countVisits(ctx, emailId);
  if (reason !== null || scanned) return;
  if (kind === 'open') {
    if (!email.opened) await emit(ctx, emailOpened, { entityId: emailId, data: { id: emailId } });
  } else if (email.clicked_at === null) {
    await emit(ctx, emailClicked, { entityId: emailId, data: { id: emailId, link } });
  } else if (at < email.clicked_at) {
    await emit(ctx, clicksCorrected, { entityId: emailId, data: { id: emailId } });
  }
}

/** Several links at once were followed by a scanner: those of before were no person's either. */
async function relabelScan(ctx: Ctx, { emailId, link }: Visit, at: Date): Promise<boolean> {
  const span = SEVERAL_LINKS_SECONDS * 1000;
  const { rows } = await sql<{ id: string }>`
    with near as (
      select id, link from email_tracking_events
      where organization_id = ${ctx.organizationId} and email_id = ${emailId} and type = 'click'
        and occurred_at between ${new Date(at.getTime() - span)} and ${new Date(at.getTime() + span)})
    update email_tracking_events t set machine_reason = 'several_links_at_once'
    from near
    where t.organization_id = ${ctx.organizationId} and t.id = near.id and t.machine_reason is null
      and exists (select from near other where other.link is distinct from ${link}::integer)
    returning t.id`.execute(ctx.tx);
  if (rows.length === 0) return false;
  await emit(ctx, clicksCorrected, { entityId: emailId, data: { id: emailId } });
  return true;
}

/** What the message's row says of visits is always what its events say. */
const countVisits = (ctx: Ctx, emailId: string) =>
  sql`
    update emails e set
      open_count = v.opens, click_count = v.clicks, machine_count = v.machines,
      opened = v.opens + v.clicks > 0, clicked = v.clicks > 0, opened_at = v.opened_at, clicked_at = v.clicked_at
    from (
      select count(*) filter (where type = 'open' and machine_reason is null)::integer as opens,
             count(*) filter (where type = 'click' and machine_reason is null)::integer as clicks,
             count(*) filter (where type in ('open', 'click') and machine_reason is not null)::integer as machines,
             min(occurred_at) filter (where type in ('open', 'click') and machine_reason is null) as opened_at,
             min(occurred_at) filter (where type = 'click' and machine_reason is null) as clicked_at
      from email_tracking_events
      where organization_id = ${ctx.organizationId} and email_id = ${emailId}) v
    where e.organization_id = ${ctx.organizationId} and e.id = ${emailId}`.execute(ctx.tx);
