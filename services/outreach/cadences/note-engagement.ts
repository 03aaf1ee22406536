import { sql } from 'kysely';
import type { CadenceSettings } from '../../../domain/outreach/cadence.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { holdContacts } from '../governance/index.ts';
import { endEnrollments, pauseEnrollments, replyPauseEnd } from './enrollment-state.ts';

interface OpenEnrollment {
  id: string;
  cadenceId: string;
  settings: CadenceSettings;
}

/**
 * A person has replied, on whatever channel: they rest in every cadence that pauses by replies, and where a cadence says
 * so, their colleagues of the same account rest in it, too. Nothing leaves to them from here on.
 */
export async function noteReply(ctx: Ctx, prospectId: string, repliedAt: Date): Promise<void> {
  await holdPerson(ctx, prospectId);
  await noteOnLastMessages(ctx, prospectId, repliedAt);
  const open = await openEnrollments(ctx, prospectId);
  if (open.length === 0) return;
  await sql`
    update cadence_enrollments set replied_at = coalesce(replied_at, ${repliedAt})
    where organization_id = ${ctx.organizationId} and id = any(${sql.val(open.map(({ id }) => id))}::uuid[])`.execute(
    ctx.tx,
  );
  for (const { id, cadenceId, settings } of open.filter((one) => one.settings.autoPauseOnReply !== false)) {
    const until = replyPauseEnd(ctx, settings.replyPauseDays);
    await pauseEnrollments(ctx, [id], { reason: 'reply', until });
    if (!settings.pauseAccountOnReply) continue;
    const colleagues = await colleaguesIn(ctx, cadenceId, prospectId);
    await pauseEnrollments(ctx, colleagues, { reason: 'account_reply', until });
  }
}

/** Whoever has been through a cadence, but for a last message that has not left yet: the guard sees the reply. */
const noteOnLastMessages = (ctx: Ctx, prospectId: string, repliedAt: Date) =>
  sql`
    update cadence_enrollments e set replied_at = ${repliedAt}
    where e.organization_id = ${ctx.organizationId} and e.prospect_id = ${prospectId} and e.ended_at is not null
      and exists (
        select from cadence_step_executions x
        join sends s on s.organization_id = x.organization_id and s.id = x.send_id and s.settled_at is null
        where x.organization_id = e.organization_id and x.enrollment_id = e.id)`.execute(ctx.tx);

/** An automatic answer names the day of return: nothing is sent before the next working hour after it. */
export async function noteOutOfOffice(ctx: Ctx, prospectId: string, until: Date): Promise<void> {
  if (until <= ctx.now) return;
  await holdPerson(ctx, prospectId);
  const open = await openEnrollments(ctx, prospectId);
  await pauseEnrollments(
    ctx,
    open.map(({ id }) => id),
    { reason: 'out_of_office', until },
  );
}

/** A person wants no more, or cannot be reached: they leave every cadence. */
export async function noteStop(ctx: Ctx, prospectId: string, reason: string): Promise<void> {
  await holdPerson(ctx, prospectId);
  const open = await openEnrollments(ctx, prospectId);
  await endEnrollments(
    ctx,
    open.map(({ id }) => id),
    { status: 'exited', reason },
  );
}

/** Messages that are about to leave to the person wait until this is written. */
async function holdPerson(ctx: Ctx, prospectId: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom('prospects')
    .select(['email_key', 'phone_key'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', prospectId)
    .executeTakeFirst();
  if (row) await holdContacts(ctx, [row.email_key, row.phone_key]);
}

async function openEnrollments(ctx: Ctx, prospectId: string): Promise<OpenEnrollment[]> {
  const { rows } = await sql<OpenEnrollment>`
    select e.id, e.cadence_id as "cadenceId", c.settings
    from cadence_enrollments e
    join cadences c on c.organization_id = e.organization_id and c.id = e.cadence_id
    where e.organization_id = ${ctx.organizationId} and e.prospect_id = ${prospectId} and e.ended_at is null
    order by e.id for no key update of e`.execute(ctx.tx);
  return rows;
}

async function colleaguesIn(ctx: Ctx, cadenceId: string, prospectId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select e.id from cadence_enrollments e
    join prospects p on p.organization_id = e.organization_id and p.id = e.prospect_id
    join prospects one on one.organization_id = p.organization_id and one.id = ${prospectId}
      and one.account_id = p.account_id and one.id <> p.id
    where e.organization_id = ${ctx.organizationId} and e.cadence_id = ${cadenceId} and e.ended_at is null
    order by e.id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
