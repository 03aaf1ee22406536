import { type RawBuilder, sql } from 'kysely';
import { AppError, notFound } from '../../../domain/core/errors.ts';
import { localDay } from '../../../domain/core/filter-time.rules.ts';
import {
  dailyLimit,
  judgeSender,
  type SenderHealth,
  type Warmup,
  warmupEnds,
} from '../../../domain/outreach/sender.rules.ts';
import { type DomainFinding, type DomainResult, isVerified } from '../../../domain/outreach/sending-domain.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { readTimeZone } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { type LinkSigner, linkReader } from '../links.ts';
import type { OutreachTools } from '../tools.ts';

export interface SenderView {
  id: string;
  name: string;
  email: string;
  replyTo: string | null;
  userId: string | null;
  signatureHtml: string | null;
  postalAddress: string | null;
  isDefault: boolean;
  status: 'active' | 'paused';
  pausedBy: 'person' | 'breaker' | null;
  pausedReason: string | null;
  dailyCap: number | null;
  hourlyCap: number | null;
  warmup: (Warmup & { endsOn: string | null }) | null;
  /** What may still leave today; null is without a limit. */
  today: { limit: number | null; used: number };
  domain: DomainState | null;
  health: { state: SenderHealth; sent: number; delivered: number; hardBounces: number; complaints: number };
  /** Whether marketing and sequences may leave from it, and if not, why. */
  readyForMarketing: boolean;
  notReady: string[];
  hasEventKey: boolean;
  /** Stands behind `?token=` in the addresses that providers call; null for whoever may not change senders. */
  webhookToken: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface DomainState {
  domain: string;
  spf: DomainResult;
  dkim: DomainResult;
  dmarc: DomainResult;
  verified: boolean;
  findings: DomainFinding[];
  checkedAt: Date;
}

/** Days whose messages say how a sender is doing. */
export const HEALTH_DAYS = 30;
const DAY_MS = 86_400_000;

interface Row {
  id: string;
  name: string;
  email: string;
  replyTo: string | null;
  userId: string | null;
  signatureHtml: string | null;
  postalAddress: string | null;
  isDefault: boolean;
  status: 'active' | 'paused';
  pausedBy: 'person' | 'breaker' | null;
  pausedReason: string | null;
  dailyCap: number | null;
  hourlyCap: number | null;
  warmup: Warmup | null;
  used: number;
  domain: Omit<DomainState, 'verified' | 'checkedAt'> | null;
  checkedAt: Date | null;
  sent: number;
  delivered: number;
  hardBounces: number;
  complaints: number;
  hasEventKey: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  s.id, s.name, s.email, s.reply_to as "replyTo", s.user_id as "userId", s.signature_html as "signatureHtml",
  s.postal_address as "postalAddress", s.is_default as "isDefault", s.status, s.paused_by as "pausedBy",
  s.paused_reason as "pausedReason", s.daily_cap as "dailyCap", s.hourly_cap as "hourlyCap",
  case when s.warmup_started_on is not null then jsonb_build_object('startedOn', to_char(s.warmup_started_on, 'YYYY-MM-DD'),
    'start', s.warmup_start, 'increment', s.warmup_increment, 'target', s.warmup_target) end as warmup,
  case when d.id is not null then jsonb_build_object('domain', d.domain, 'spf', d.spf, 'dkim', d.dkim, 'dmarc', d.dmarc,
    'findings', d.findings) end as domain, d.checked_at as "checkedAt", m.*,
  s.event_public_key is not null as "hasEventKey", s.created_at as "createdAt", s.updated_at as "updatedAt", s.version`);

const source = (ctx: Ctx, dayStart: RawBuilder<unknown>) => sql`
  from senders s
  left join sending_domains d on d.organization_id = s.organization_id and d.domain = s.domain
  cross join lateral (
    select count(*)::integer as sent, count(e.delivered_at)::integer as delivered,
           count(*) filter (where exists (
             select from email_bounces b where b.organization_id = e.organization_id and b.email_id = e.id
               and b.type = 'hard'))::integer as "hardBounces",
           count(*) filter (where exists (
             select from email_bounces b where b.organization_id = e.organization_id and b.email_id = e.id
               and b.type = 'complaint'))::integer as complaints,
           coalesce((select u.taken from sender_usage u where u.organization_id = s.organization_id
              and u.sender_id = s.id and u.period = 'day' and u.starts_at = ${dayStart}), 0) as used
    from emails e
    where e.organization_id = s.organization_id and e.sender_id = s.id and not e.is_test
      and e.sent_at >= ${new Date(ctx.now.getTime() - HEALTH_DAYS * DAY_MS)}) m
  where s.organization_id = ${ctx.organizationId} and s.deleted_at is null`;

/** The local day of the organization: where it starts, and its name. */
export async function senderDay(ctx: Ctx): Promise<{ day: string; start: RawBuilder<unknown>; zone: string }> {
  return dayIn(await readTimeZone(ctx), ctx.now);
}

export function dayIn(zone: string, now: Date): { day: string; start: RawBuilder<unknown>; zone: string } {
  const day = localDay(now.getTime(), zone);
  return { day, zone, start: sql`(${day}::date::timestamp at time zone ${zone})` };
}

function toView({ day, allowUnverified, signer }: Viewing, row: Row): SenderView {
  const { used, domain, checkedAt, sent, delivered, hardBounces, complaints, warmup, ...rest } = row;
  const { health } = judgeSender({ accepted: sent, delivered, hardBounces, complaints });
  const state = domain && { ...domain, verified: isVerified(domain), checkedAt: checkedAt! };
  const notReady = whyNotReady({ postalAddress: row.postalAddress, verified: state?.verified === true });
  return {
    ...rest,
    warmup: warmup && { ...warmup, endsOn: warmupEnds(warmup) },
    today: { limit: dailyLimit({ dailyCap: row.dailyCap, warmup }, day), used },
    domain: state,
    health: { state: health, sent, delivered, hardBounces, complaints },
    webhookToken: signer?.sign('events', row.id) ?? null,
    readyForMarketing: notReady.length === 0 || allowUnverified,
    notReady,
  };
}

interface Viewing {
  readonly day: string;
  readonly allowUnverified: boolean;
  readonly signer: LinkSigner | null;
}

/** Whoever may change senders sets up their webhooks, too. A reader makes no key; the first change does. */
async function viewingOf(ctx: Ctx, { allowUnverified, mailing }: SenderTools, day: string): Promise<Viewing> {
  const { permissions } = ctx.principal;
  const mayEdit = permissions === 'all' || permissions.has('emails.edit');
  const signer = mayEdit ? await linkReader(ctx, mailing.secrets).catch(noneYet) : null;
  return { day, allowUnverified, signer };
}

function noneYet(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}

export type SenderTools = Pick<OutreachTools, 'allowUnverified' | 'mailing'>;

/** What the law and the large receivers ask of whoever writes to many. */
export const whyNotReady = (sender: { postalAddress: string | null; verified: boolean }): string[] => [
  ...(sender.verified ? [] : ['DOMAIN_NOT_VERIFIED']),
  ...(sender.postalAddress ? [] : ['POSTAL_ADDRESS_MISSING']),
];

/** @throws AppError not_found. */
export async function readSender(ctx: Ctx, id: string, tools: SenderTools): Promise<SenderView> {
  const { day, start } = await senderDay(ctx);
  const { rows } = await sql<Row>`select ${COLUMNS} ${source(ctx, start)} and s.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The sender');
  return toView(await viewingOf(ctx, tools, day), rows[0]);
}

/** With caps, ramp, domain and health. @throws AppError not_found. */
export const getSender = verb(
  { permission: 'emails.view' },
  (ctx, input: { id: string; tools: SenderTools }): Promise<SenderView> => readSender(ctx, input.id, input.tools),
);

export interface ListSendersInput extends PageInput {
  status?: 'active' | 'paused' | undefined;
  userId?: string | undefined;
  tools: SenderTools;
}

/** The default one first, then by address. */
export const listSenders = verb(
  { permission: 'emails.view' },
  async (ctx, input: ListSendersInput): Promise<{ items: SenderView[]; total: number }> => {
    const { day, start } = await senderDay(ctx);
    const { status = null, userId = null } = input;
    const viewing = await viewingOf(ctx, input.tools, day);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total ${source(ctx, start)}
          and (${status}::text is null or s.status = ${status}) and (${userId}::uuid is null or s.user_id = ${userId})
        order by s.is_default desc, lower(s.email), s.id limit ${limit}::integer offset ${offset}::bigint`.execute(
        ctx.tx,
      );
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(viewing, row)), total };
  },
);
