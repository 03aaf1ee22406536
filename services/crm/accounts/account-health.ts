import { type RawBuilder, sql } from 'kysely';
import { type AccountSigns, accountHealth, type HealthFactor } from '../../../domain/crm/account-health.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { readAccount } from './account-view.ts';

export interface AccountHealth {
  accountId: string;
  score: number;
  level: 'good' | 'fair' | 'poor';
  factors: HealthFactor[];
  computedAt: Date;
}

/** Computed as it is read, from the account's own timeline, people and deals. @throws AppError not_found. */
export const readAccountHealth = verb(
  { permission: 'accounts.view' },
  async (ctx, { id }: { id: string }): Promise<AccountHealth> => {
    await readAccount(ctx, id);
    const [row] = await signsOf(ctx, sql`a.id = ${id}`);
    const { accountId, ...signs } = row!;
    return { accountId, ...accountHealth(signs), computedAt: ctx.now };
  },
);

/** Accounts of one statement. */
const BATCH = 2_000;

/** Keeps the health of every account beside it, for lists and filters; what has not changed is not written. Answers how many were. */
export async function refreshAccountHealth(ctx: Ctx): Promise<number> {
  let changed = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await signsOf(ctx, sql`a.id > ${after}::uuid and a.deleted_at is null`, BATCH);
    const scores = rows.map(({ accountId: id, ...signs }) => {
      const { score, factors } = accountHealth(signs);
      return { id, score, factors };
    });
    const { numAffectedRows } = await sql`
      update accounts a
      set health_score = h.score, health_factors = h.factors, health_computed_at = ${ctx.now}
      from jsonb_to_recordset(${JSON.stringify(scores)}::jsonb) as h(id uuid, score integer, factors jsonb)
      where a.organization_id = ${ctx.organizationId} and a.id = h.id
        and (a.health_score, a.health_factors) is distinct from (h.score, h.factors)`.execute(ctx.tx);
    changed += Number(numAffectedRows ?? 0n);
    if (rows.length < BATCH) return changed;
    after = rows.at(-1)!.accountId;
  }
}

/** What was done with the account, not what was changed in it. */
const NO_TOUCH = sql.raw(
  `('status_changed', 'record_changed', 'deal_stage_changed', 'task_completed', 'meeting_scheduled')`,
);

/** Of the accounts `a` that the condition finds, by id. */
async function signsOf(
  ctx: Ctx,
  condition: RawBuilder<unknown>,
  limit = 1,
): Promise<(AccountSigns & { accountId: string })[]> {
  const { rows } = await sql<AccountSigns & { accountId: string }>`
    select a.id as "accountId", touch.*, people.*, deal.*
    from (select a.id from accounts a where a.organization_id = ${ctx.organizationId} and ${condition}
          order by a.id limit ${limit}) a
    cross join lateral (
      select floor(extract(epoch from ${ctx.now}::timestamptz - max(t.occurred_at)) / 86400)::integer as "daysSinceContact",
             count(*) filter (where t.occurred_at > ${ctx.now}::timestamptz - interval '30 days')::integer as "touches30",
             count(*) filter (where t.occurred_at > ${ctx.now}::timestamptz - interval '60 days'
               and t.occurred_at <= ${ctx.now}::timestamptz - interval '30 days')::integer as "touchesBefore30"
      from activities t
      where t.organization_id = ${ctx.organizationId} and t.account_id = a.id and t.deleted_at is null
        and t.occurred_at <= ${ctx.now} and t.type not in ${NO_TOUCH}) touch
    cross join lateral (
      select count(*)::integer as contacts from prospects p
      where p.organization_id = ${ctx.organizationId} and p.account_id = a.id and p.deleted_at is null) people
    cross join lateral (
      select count(*) filter (where d.stage not in ('closed_won', 'closed_lost'))::integer as "openDeals",
             count(*) filter (where d.stage = 'closed_won')::integer as "wonDeals",
             count(*) filter (where d.stage = 'closed_lost')::integer as "lostDeals"
      from deals d
      where d.organization_id = ${ctx.organizationId} and d.account_id = a.id and d.deleted_at is null) deal
    order by a.id`.execute(ctx.tx);
  return rows;
}
