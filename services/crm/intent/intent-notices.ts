import { sql } from 'kysely';
import { INTENT_TIERS, type IntentTier } from '../../../domain/crm/intent.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { notify } from '../../platform/notifications/index.ts';

interface Subject {
  prospectId: string | null;
  accountId: string | null;
}

/** Whom a person or company concerns: the owner, else everybody of its team. */
async function concerned(ctx: Ctx, { prospectId, accountId }: Subject) {
  const { rows } = await sql<{ name: string; people: string[] }>`
    select r.name, array(
      select u.id from users u
      where u.organization_id = ${ctx.organizationId}
        and case when r.owner_id is null then u.team_id = r.team_id else u.id = r.owner_id end) as people
    from (
      select coalesce(nullif(trim(concat_ws(' ', first_name, last_name)), ''), email, phone, 'A prospect') as name,
             owner_id, team_id
      from prospects
      where organization_id = ${ctx.organizationId} and id = ${prospectId}::uuid and deleted_at is null
      union all
      select name, owner_id, team_id from accounts
      where organization_id = ${ctx.organizationId} and id = ${accountId}::uuid and deleted_at is null) r`.execute(
    ctx.tx,
  );
  return rows[0];
}

const entityOf = ({ prospectId, accountId }: Subject) =>
  prospectId ? { type: 'prospect', id: prospectId } : { type: 'account', id: accountId! };

export async function tellOfSpike(ctx: Ctx, data: Subject & { id: string; score: number }): Promise<void> {
  const subject = await concerned(ctx, data);
  if (!subject) return;
  await notify(ctx, subject.people, 'intent.spike_detected', {
    title: `${subject.name} shows much more interest than usual`,
    body: `Intent score ${Math.round(data.score)} of 100`,
    entity: entityOf(data),
    dedupeKey: `intent.spike_detected:${data.id}`,
  });
}

/** Interest that fades is no news, and a company's is told of by its alerts. */
export async function tellOfTier(
  ctx: Ctx,
  eventId: string,
  data: Subject & { from: IntentTier; to: IntentTier; score: number },
): Promise<void> {
  const isRising = INTENT_TIERS.indexOf(data.to) > INTENT_TIERS.indexOf(data.from);
  if (data.prospectId === null || !isRising || data.to === 'warm') return;
  const subject = await concerned(ctx, data);
  if (!subject) return;
  await notify(ctx, subject.people, 'intent.tier_changed', {
    title: `${subject.name} is ${data.to} now`,
    body: `Intent score ${Math.round(data.score)} of 100, ${data.from} before`,
    entity: entityOf(data),
    dedupeKey: `intent.tier_changed:${eventId}`,
  });
}
