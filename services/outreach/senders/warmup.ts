import { sql } from 'kysely';
import { invalid, notFound } from '../../../domain/core/errors.ts';
import { dailyLimit, type Warmup, warmupEnds } from '../../../domain/outreach/sender.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { lockSender } from './change-sender.ts';
import { senderDay } from './sender-view.ts';

export interface WarmupState {
  senderId: string;
  email: string;
  warmup: (Warmup & { endsOn: string | null }) | null;
  dailyCap: number | null;
  today: { day: string; limit: number | null; used: number };
}

async function readStates(ctx: Ctx, senderId: string | null): Promise<WarmupState[]> {
  const { day, start } = await senderDay(ctx);
  const { rows } = await sql<{
    senderId: string;
    email: string;
    warmup: Warmup | null;
    dailyCap: number | null;
    used: number;
  }>`
    select s.id as "senderId", s.email, s.daily_cap as "dailyCap", coalesce(u.taken, 0) as used,
           case when s.warmup_started_on is not null then jsonb_build_object(
             'startedOn', to_char(s.warmup_started_on, 'YYYY-MM-DD'), 'start', s.warmup_start,
             'increment', s.warmup_increment, 'target', s.warmup_target) end as warmup
    from senders s
    left join sender_usage u on u.organization_id = s.organization_id and u.sender_id = s.id and u.period = 'day'
      and u.starts_at = ${start}
    where s.organization_id = ${ctx.organizationId} and s.deleted_at is null
      and (${senderId}::uuid is null or s.id = ${senderId})
    order by s.is_default desc, lower(s.email), s.id`.execute(ctx.tx);
  return rows.map(({ used, warmup, ...row }) => ({
    ...row,
    warmup: warmup && { ...warmup, endsOn: warmupEnds(warmup) },
    today: { day, limit: dailyLimit({ dailyCap: row.dailyCap, warmup }, day), used },
  }));
}

/** Every sender's ramp and what is left of today. @throws AppError not_found for an unknown sender. */
export const readWarmup = verb(
  { permission: 'emails.view' },
  async (ctx, { senderId = null }: { senderId?: string | null | undefined }): Promise<{ senders: WarmupState[] }> => {
    const senders = await readStates(ctx, senderId);
    if (senderId !== null && senders.length === 0) throw notFound('The sender');
    return { senders };
  },
);

export interface ConfigureWarmupInput {
  /** Default: the default sender. */
  senderId?: string | undefined;
  enabled: boolean;
  startVolume: number;
  increment: number;
  target: number;
  /** Default: today, or the day on which the running ramp began. */
  startedOn?: string | undefined;
}

/** A ramp from today on, or another one from its first day; `enabled: false` takes it away. @throws AppError not_found; validation. */
export const configureWarmup = verb(
  { permission: 'emails.edit' },
  async (ctx, input: ConfigureWarmupInput): Promise<{ senders: WarmupState[] }> => {
    const senderId = input.senderId ?? (await defaultSender(ctx));
    const row = await lockSender(ctx, senderId, undefined);
    if (input.target < input.startVolume) throw invalid('target', 'must not be below startVolume', input.target);
    const { day } = await senderDay(ctx);
    const running = row.warmup_started_on === null ? day : await dayOf(ctx, senderId);
    const ramp = input.enabled
      ? {
          warmup_started_on: sql<Date>`${input.startedOn ?? running}::date`,
          warmup_start: input.startVolume,
          warmup_increment: input.increment,
          warmup_target: input.target,
        }
      : { warmup_started_on: null, warmup_start: null, warmup_increment: null, warmup_target: null };
    await ctx.tx
      .updateTable('senders')
      .set(ramp)
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', senderId)
      .execute();
    await audit(ctx, 'sender.warmup', {
      entityType: 'sender',
      entityId: senderId,
      after: {
        enabled: input.enabled,
        startVolume: input.startVolume,
        increment: input.increment,
        target: input.target,
      },
    });
    return { senders: await readStates(ctx, null) };
  },
);

async function dayOf(ctx: Ctx, senderId: string): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    select to_char(warmup_started_on, 'YYYY-MM-DD') as day from senders
    where organization_id = ${ctx.organizationId} and id = ${senderId}`.execute(ctx.tx);
  return rows[0]!.day;
}

async function defaultSender(ctx: Ctx): Promise<string> {
  const row = await ctx.tx
    .selectFrom('senders')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('is_default', '=', true)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('The default sender', 'Create a sender with POST /senders first.');
  return row.id;
}
