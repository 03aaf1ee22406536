import { sql } from 'kysely';
import { type DealStage, isOpen, probabilityAfter, STAGE_PROBABILITY } from '../../../domain/crm/deal.rules.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { actingUser } from '../activities/log-activity.ts';
import { mergedCustom } from '../custom-fields/check-custom.ts';
import { dealCreated } from '../events.ts';
import { requireRecords } from '../references.ts';
import { teamOfNew } from '../team-of-record.ts';
import { checkAmount, keepHistory, tellOfStage } from './deal-change.ts';
import { type DealDetail, readDeal } from './deal-view.ts';

export interface DealFields {
  name?: string | undefined;
  /** Decimal text in `currency`. */
  amount?: string | null | undefined;
  currency?: string | undefined;
  probability?: number | undefined;
  stage?: DealStage | undefined;
  closeDate?: string | null | undefined;
  accountId?: string | null | undefined;
  ownerId?: string | null | undefined;
  teamId?: string | null | undefined;
  winLossReason?: string | null | undefined;
  winLossNotes?: string | null | undefined;
  metadata?: Readonly<Record<string, unknown>> | undefined;
  custom?: Readonly<Record<string, unknown>> | undefined;
}

/** A deal that is created in a decided stage is decided at once. @throws AppError validation. */
export const createDeal = verb(
  { permission: 'deals.edit' },
  async (ctx, input: DealFields & { name: string }): Promise<DealDetail> => {
    await requireRecords(ctx, input);
    const currency = input.currency ?? 'USD';
    checkAmount(input.amount ?? null, currency);
    const stage = input.stage ?? 'discovery';
    const probability = probabilityAfter({ stage, probability: STAGE_PROBABILITY[stage] }, input);
    const custom = await mergedCustom(ctx, 'deal', {}, input.custom);
    const { rows } = await sql<{ id: string }>`
      insert into deals (name, amount, currency, probability, stage, position, close_date, account_id, owner_id, team_id,
                         win_loss_reason, win_loss_notes, metadata, custom, stage_changed_at, closed_at, wins)
      values (${input.name}, ${input.amount ?? null}::numeric, ${currency}, ${probability}, ${stage},
              (select coalesce(max(position), 0) + 1 from deals
               where organization_id = ${ctx.organizationId} and stage = ${stage}),
              ${input.closeDate ?? null}::date, ${input.accountId ?? null}::uuid,
              ${input.ownerId === undefined ? actingUser(ctx) : input.ownerId}::uuid, ${await teamOfNew(ctx, input.teamId)}::uuid,
              ${input.winLossReason ?? null}, ${input.winLossNotes ?? null},
              ${JSON.stringify(input.metadata ?? {})}::jsonb, ${JSON.stringify(custom)}::jsonb, ${ctx.now},
              ${isOpen(stage) ? null : ctx.now}, ${stage === 'closed_won' ? 1 : 0})
      returning id`.execute(ctx.tx);
    const id = rows[0]!.id;
    await keepHistory(ctx, id, null);
    const deal = await readDeal(ctx, id);
    await audit(ctx, 'deal.create', { entityType: 'deal', entityId: id, after: { name: input.name, stage } });
    await emit(ctx, dealCreated, { entityId: id, data: { id } });
    if (!isOpen(stage)) await tellOfStage(ctx, { stage: 'discovery' }, deal);
    return deal;
  },
);
