import { sql } from 'kysely';
import { type AccountSigns, accountHealth, type HealthFactor } from '../../../domain/crm/account-health.rules.ts';
import { verb } from '../../core/context.ts';
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
    const { rows } = await sql<AccountSigns>`
      with touch as (
        select a.occurred_at from activities a
        where a.organization_id = ${ctx.organizationId} and a.account_id = ${id} and a.deleted_at is null
          and a.occurred_at <= ${ctx.now}
          and a.type not in ('status_changed', 'record_changed', 'deal_stage_changed', 'task_completed', 'meeting_scheduled'))
      select (select floor(extract(epoch from ${ctx.now}::timestamptz - max(occurred_at)) / 86400)::integer from touch)
               as "daysSinceContact",
             (select count(*)::integer from touch
              where occurred_at > ${ctx.now}::timestamptz - interval '30 days') as "touches30",
             (select count(*)::integer from touch
              where occurred_at > ${ctx.now}::timestamptz - interval '60 days'
                and occurred_at <= ${ctx.now}::timestamptz - interval '30 days') as "touchesBefore30",
             (select count(*)::integer from prospects p
              where p.organization_id = ${ctx.organizationId} and p.account_id = ${id} and p.deleted_at is null) as contacts,
             count(d.id) filter (where d.stage not in ('closed_won', 'closed_lost'))::integer as "openDeals",
             count(d.id) filter (where d.stage = 'closed_won')::integer as "wonDeals",
             count(d.id) filter (where d.stage = 'closed_lost')::integer as "lostDeals"
      from (values (1)) one
      left join deals d on d.organization_id = ${ctx.organizationId} and d.account_id = ${id} and d.deleted_at is null`.execute(
      ctx.tx,
    );
    return { accountId: id, ...accountHealth(rows[0]!), computedAt: ctx.now };
  },
);
