import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { stageEffect } from '../../../domain/crm/deal.rules.ts';
import { isCurrency, toMinorUnits } from '../../../domain/data/money.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { logActivity } from '../activities/log-activity.ts';
import { dealLost, dealReopened, dealStageChanged, dealWon } from '../events.ts';
import type { DealView } from './deal-view.ts';

/** @throws AppError validation for a currency that is none, and an amount that it cannot express. */
export function checkAmount(amount: string | null, currency: string): void {
  if (!isCurrency(currency)) throw invalid('currency', 'is not an ISO 4217 currency', currency);
  if (amount === null) return;
  if (amount.startsWith('-')) throw invalid('amount', 'must be 0 or more', amount);
  const minor = toMinorUnits(amount, currency);
  if (!minor.ok) throw invalid('amount', minor.reason, amount);
}

/** The deal as it is now, kept for every later look at the pipeline of this day. */
export async function keepHistory(ctx: Ctx, dealId: string, fromStage: string | null): Promise<void> {
  await sql`
    insert into deal_stage_history (deal_id, changed_at, from_stage, stage, probability, amount, currency, close_date,
                                    owner_id, team_id, deleted, actor_kind, actor_id)
    select id, ${ctx.now}, ${fromStage}, stage, probability, amount, currency, close_date, owner_id, team_id,
           deleted_at is not null, ${ctx.principal.kind}, ${ctx.principal.id}::uuid
    from deals where organization_id = ${ctx.organizationId} and id = ${dealId}`.execute(ctx.tx);
}

/** What a change of stage brings with it: a line in the timeline and the events that others wait for. */
export async function tellOfStage(ctx: Ctx, before: Pick<DealView, 'stage'>, after: DealView): Promise<void> {
  const effect = stageEffect(before.stage, after.stage);
  if (effect === 'none') return;
  const { id } = after;
  await logActivity(ctx, {
    type: 'deal_stage_changed',
    subject: `${after.name}: ${before.stage} → ${after.stage}`,
    dealId: id,
    accountId: after.accountId,
    data: { from: before.stage, to: after.stage, ...(after.winLossReason ? { reason: after.winLossReason } : {}) },
  });
  await emit(ctx, dealStageChanged, { entityId: id, data: { id, from: before.stage, to: after.stage } });
  // A won deal that is decided otherwise takes its win back first, so that no revenue is counted twice.
  if (before.stage === 'closed_won') {
    await emit(ctx, dealReopened, { entityId: id, data: { id, from: before.stage, win: after.wins } });
  } else if (effect === 'reopened') {
    await emit(ctx, dealReopened, { entityId: id, data: { id, from: before.stage, win: 0 } });
  }
  if (effect === 'won') await emit(ctx, dealWon, { entityId: id, data: { id, win: after.wins } });
  if (effect === 'lost') await emit(ctx, dealLost, { entityId: id, data: { id } });
}
