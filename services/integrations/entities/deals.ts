import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { DEAL_STAGES, type DealStage } from '../../../domain/crm/deal.rules.ts';
import type { Fields } from '../../../domain/integrations/adapter.port.ts';
import { createDeal, type DealFields, deleteDeal, updateDeal } from '../../crm/index.ts';
import type { LocalEntity } from './entity.ts';
import { readRecords, textOf } from './read-fields.ts';

const COLUMNS = {
  name: 'e.name',
  amount: 'trim_scale(e.amount)::text',
  currency: 'e.currency',
  stage: 'e.stage',
  closeDate: `to_char(e.close_date, 'YYYY-MM-DD')`,
  winLossNotes: 'e.win_loss_notes',
  accountId: 'e.account_id',
};

/** @throws AppError validation for a stage that nobody has mapped */
function valuesOf({ stage, ...fields }: Fields): DealFields {
  if (stage === undefined || stage === null) return fields as DealFields;
  if (!(DEAL_STAGES as readonly unknown[]).includes(stage)) throw invalid('stage', 'is no stage of deals', stage);
  return { ...fields, stage: stage as DealStage } as DealFields;
}

/** Deals are never matched by their names: two offers to one company may be called the same. */
export const dealEntity: LocalEntity = {
  table: 'deals',
  fields: new Set(Object.keys(COLUMNS)),
  read: (ctx, ids) => readRecords(ctx, 'deals', COLUMNS, ids),
  match: async (_ctx, records) => records.map(() => null),
  create: async (ctx, fields) =>
    (await createDeal(ctx, { ...valuesOf(fields), name: textOf(fields, 'name') ?? 'Unnamed', ownerId: null })).id,
  update: async (ctx, id, changes) => void (await updateDeal(ctx, { id, changes: valuesOf(changes) })),
  remove: async (ctx, id) => void (await deleteDeal(ctx, { id })),
  outgoing: () => sql<boolean>`true`,
};
