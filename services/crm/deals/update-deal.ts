import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import { type DealStage, isOpen, probabilityAfter } from '../../../domain/crm/deal.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { mergedCustom } from '../custom-fields/check-custom.ts';
import { dealDeleted, dealUpdated } from '../events.ts';
import { lockRecord } from '../lock-record.ts';
import { changedFields } from '../prospects/update-prospect.ts';
import { requireRecords } from '../references.ts';
import type { DealFields } from './create-deal.ts';
import { checkAmount, keepHistory, tellOfStage } from './deal-change.ts';
import { type DealDetail, readDeal } from './deal-view.ts';

export interface UpdateDealInput {
  id: string;
  expectedVersion?: number | undefined;
  /** The stage that the caller saw: another one by now is a conflict. */
  fromStage?: DealStage | undefined;
  changes: DealFields;
  /** Place in the new column, 0 at the top; default: kept, or the end of a new column. */
  place?: number | undefined;
}

/** Columns whose history a pipeline of an earlier day needs. */
const PIPELINE_FIELDS: readonly string[] = [
  'stage',
  'probability',
  'amount',
  'currency',
  'closeDate',
  'ownerId',
  'teamId',
];

/**
 * Partial. A change of stage writes history and timeline and tells `deal.stage_changed`, `deal.won`, `deal.lost` or
 * `deal.reopened`. @throws AppError not_found; precondition_failed; validation; conflict `DEAL_STAGE_CHANGED`.
 */
export const updateDeal = verb({ permission: 'deals.edit' }, changeDeal);

/** A card is dragged: the stage and its place in the column. @throws as `updateDeal`. */
export const moveDealStage = verb(
  { permission: 'deals.edit' },
  (
    ctx,
    input: {
      id: string;
      stage: DealStage;
      place?: number | undefined;
      fromStage?: DealStage | undefined;
      reason?: string | undefined;
      expectedVersion?: number | undefined;
    },
  ): Promise<DealDetail> =>
    changeDeal(ctx, {
      ...input,
      changes: { stage: input.stage, ...(input.reason === undefined ? {} : { winLossReason: input.reason }) },
    }),
);

async function changeDeal(ctx: Ctx, input: UpdateDealInput): Promise<DealDetail> {
  const { id, changes } = input;
  await lockRecord(ctx, 'deals', input);
  const before = await readDeal(ctx, id);
  if (input.fromStage !== undefined && input.fromStage !== before.stage) {
    throw conflict('DEAL_STAGE_CHANGED', 'The deal changed stage in the meantime.', {
      hint: 'Read it again and decide anew.',
      details: { stage: before.stage },
    });
  }
  const { custom, ...fields } = changes;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const after = {
    ...before,
    ...given,
    probability: probabilityAfter(before, changes),
    custom: await mergedCustom(ctx, 'deal', before.custom, custom),
  };
  checkAmount(after.amount, after.currency);
  const changed = changedFields(before, { ...after, amount: sameAmount(before.amount, after.amount) });
  if (changed.length === 0 && input.place === undefined) return before;
  await requireRecords(ctx, Object.fromEntries(changed.map((field) => [field, after[field]])));
  const moved = before.stage !== after.stage;
  const position = await positionFor(ctx, id, after.stage, input.place, moved);
  await sql`
    update deals set name = ${after.name}, amount = ${after.amount}::numeric, currency = ${after.currency},
      probability = ${after.probability}, stage = ${after.stage}, position = coalesce(${position}::double precision, position),
      close_date = ${after.closeDate}::date, account_id = ${after.accountId}::uuid, owner_id = ${after.ownerId}::uuid,
      team_id = ${after.teamId}::uuid, win_loss_reason = ${after.winLossReason}, win_loss_notes = ${after.winLossNotes},
      metadata = ${JSON.stringify(after.metadata)}::jsonb, custom = ${JSON.stringify(after.custom)}::jsonb,
      stage_changed_at = case when ${moved} then ${ctx.now}::timestamptz else stage_changed_at end,
      closed_at = case when not ${moved} then closed_at when ${isOpen(after.stage)} then null else ${ctx.now}::timestamptz end,
      wins = wins + ${moved && after.stage === 'closed_won' ? 1 : 0}::integer
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  if (changed.some((field) => PIPELINE_FIELDS.includes(field))) await keepHistory(ctx, id, before.stage);
  const stored = await readDeal(ctx, id);
  if (changed.length > 0) {
    await audit(ctx, moved ? 'deal.move_stage' : 'deal.update', {
      entityType: 'deal',
      entityId: id,
      before: pick(before, changed),
      after: pick(stored, changed),
    });
    await emit(ctx, dealUpdated, { entityId: id, data: { id, fields: changed } });
  }
  await tellOfStage(ctx, before, stored);
  return stored;
}

/** @throws AppError not_found; precondition_failed. */
export const deleteDeal = verb(
  { permission: 'deals.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    await lockRecord(ctx, 'deals', input);
    const before = await readDeal(ctx, input.id);
    await sql`
      update deals set deleted_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and id = ${input.id}`.execute(ctx.tx);
    await keepHistory(ctx, input.id, before.stage);
    await audit(ctx, 'deal.delete', { entityType: 'deal', entityId: input.id, before: { stage: before.stage } });
    await emit(ctx, dealDeleted, { entityId: input.id, data: { id: input.id } });
    return { id: input.id };
  },
);

/** Between the neighbours at the place; the end of the column when it has changed and no place is named. */
async function positionFor(
  ctx: Ctx,
  id: string,
  stage: DealStage,
  place: number | undefined,
  moved: boolean,
): Promise<number | null> {
  if (place === undefined && !moved) return null;
  const { rows } = await sql<{ above: number | null; below: number | null }>`
    select max(position) filter (where place <= ${place ?? 1_000_000_000}::bigint) as above,
           min(position) filter (where place > ${place ?? 1_000_000_000}::bigint) as below
    from (select position, row_number() over (order by position, id) as place from deals
          where organization_id = ${ctx.organizationId} and stage = ${stage} and deleted_at is null
            and id <> ${id}) other`.execute(ctx.tx);
  const { above = null, below = null } = rows[0] ?? {};
  if (above === null) return below === null ? 1 : below - 1;
  return below === null ? above + 1 : (above + below) / 2;
}

/** 5000 and 5000.00 are one amount. */
const sameAmount = (before: string | null, after: string | null): string | null =>
  before !== null && after !== null && plain(before) === plain(after) ? before : after;

const plain = (amount: string): string =>
  amount.includes('.') ? amount.replace(/0+$/, '').replace(/\.$/, '') : amount;

const pick = <T extends object>(row: T, fields: readonly (keyof T)[]) =>
  Object.fromEntries(fields.map((field) => [field, row[field]]));
