import { sql } from 'kysely';
import { dailyLimit, type Warmup } from '../../../domain/outreach/sender.rules.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import type { SendGuard, SendHold } from '../../platform/sends/index.ts';
import { dayIn } from './sender-view.ts';

const HOUR_MS = 3_600_000;
/** How soon a paused sender is looked at again. */
const PAUSE_MS = 300_000;

interface Limits {
  status: 'active' | 'paused';
  daily_cap: number | null;
  hourly_cap: number | null;
  warmup: Warmup | null;
  counted_on: string | null;
  zone: string;
}

/**
 * Holds a send while its sender rests or has used up its day or hour, and counts it against both when it is taken, in the
 * transaction that takes it: the row of the day is locked, so no cap is exceeded however many processes send.
 */
export const senderHasRoom: SendGuard = async (ctx, send) => {
  if (send.senderId === null) return null;
  const { rows } = await sql<Limits>`
    select s.status, s.daily_cap, s.hourly_cap, o.time_zone as zone, to_char(x.counted_on, 'YYYY-MM-DD') as counted_on,
           case when s.warmup_started_on is not null then jsonb_build_object(
             'startedOn', to_char(s.warmup_started_on, 'YYYY-MM-DD'), 'start', s.warmup_start,
             'increment', s.warmup_increment, 'target', s.warmup_target) end as warmup
    from senders s
    join organizations o on o.id = s.organization_id
    join sends x on x.organization_id = s.organization_id and x.id = ${send.id}
    where s.organization_id = ${ctx.organizationId} and s.id = ${send.senderId}`.execute(ctx.tx);
  const limits = rows[0]!;
  if (limits.status === 'paused') return { code: 'SENDER_PAUSED', until: after(ctx, PAUSE_MS) };
  if (send.phase !== 'claim') return null;
  const { day, start, zone } = dayIn(limits.zone, ctx.now);
  if (limits.counted_on === day) return null;
  const daily = dailyLimit({ dailyCap: limits.daily_cap, warmup: limits.warmup }, day);
  const hour = new Date(Math.floor(ctx.now.getTime() / HOUR_MS) * HOUR_MS);
  const hourStart = sql`${hour}::timestamptz`;
  const [ofDay, ofHour] = await Promise.all([
    take(ctx, send.senderId, 'day', start, daily),
    take(ctx, send.senderId, 'hour', hourStart, limits.hourly_cap),
  ]);
  if (!ofDay) {
    if (ofHour) await giveBack(ctx, send.senderId, 'hour', hourStart);
    const next = sql<Date>`((${day}::date + 1)::timestamp at time zone ${zone})`;
    return { code: 'SENDER_DAILY_CAP', until: await instantOf(ctx, next) };
  }
  if (!ofHour) {
    await giveBack(ctx, send.senderId, 'day', start);
    return { code: 'SENDER_HOURLY_CAP', until: new Date(hour.getTime() + HOUR_MS) } satisfies SendHold;
  }
  const counted = sql`update sends set counted_on = ${day}::date
            where organization_id = ${ctx.organizationId} and id = ${send.id}`;
  await letGo(ctx, counted.execute(ctx.tx));
  return null;
};

const after = (ctx: Ctx, milliseconds: number): Date => new Date(ctx.now.getTime() + milliseconds);

/** One more, unless the limit is reached. */
async function take(
  ctx: Ctx,
  senderId: string,
  period: 'day' | 'hour',
  start: ReturnType<typeof sql>,
  limit: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    insert into sender_usage as u (sender_id, period, starts_at, taken) values (${senderId}, ${period}, ${start}, 1)
    on conflict (organization_id, sender_id, period, starts_at) do update set taken = u.taken + 1
      where ${limit}::integer is null or u.taken < ${limit}::integer
    returning taken`.execute(ctx.tx);
  return rows.length > 0;
}

const giveBack = (ctx: Ctx, senderId: string, period: 'day' | 'hour', start: ReturnType<typeof sql>) =>
  sql`update sender_usage set taken = taken - 1 where organization_id = ${ctx.organizationId}
        and sender_id = ${senderId} and period = ${period} and starts_at = ${start}`.execute(ctx.tx);

async function instantOf(ctx: Ctx, expression: ReturnType<typeof sql<Date>>): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select ${expression} as at`.execute(ctx.tx);
  return rows[0]!.at;
}
