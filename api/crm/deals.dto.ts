import { z } from 'zod';
import { DEAL_STAGES, FORECAST_CATEGORIES } from '../../domain/crm/deal.rules.ts';
import type { DealDetail, DealView } from '../../services/crm/index.ts';
import { currencyCode, day, decimalAmount, freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const stage = z.enum(DEAL_STAGES);
const probability = z
  .number()
  .int('must be a whole number')
  .min(0, 'must be 0 or more')
  .max(100, 'must be 100 or less')
  .describe('Percent; a stage brings its own unless one is given');

const fields = {
  amount: decimalAmount().nullish(),
  currency: currencyCode().optional(),
  probability: probability.optional(),
  stage: stage.optional(),
  closeDate: day().nullish(),
  accountId: id().nullish(),
  ownerId: id().nullish(),
  teamId: id().nullish(),
  winLossReason: text(200).nullish(),
  winLossNotes: text(5_000).nullish(),
  metadata: freeForm().optional(),
  custom: freeForm().optional().describe('Custom fields of the organization, by key; null takes one away'),
};
export const CreateDealBody = z.strictObject({ name: text(200), ...fields }).meta({ id: 'DealInput' });
export const UpdateDealBody = z
  .strictObject({
    name: text(200).optional(),
    ...fields,
    fromStage: stage.optional().describe('The stage that you saw; another one by now is a conflict'),
  })
  .meta({ id: 'DealChanges' });
export const MoveDealBody = z
  .strictObject({
    stage,
    position: z
      .number()
      .int('must be a whole number')
      .min(0, 'must be 0 or more')
      .max(1_000_000)
      .optional()
      .describe('Place in the column, 0 at the top'),
    fromStage: stage.optional().describe('The stage that the card was dragged from; another one by now is a conflict'),
    reason: text(200).optional().describe('Why it was won or lost'),
  })
  .meta({ id: 'DealMove' });

export const DealParams = z.strictObject({ id: id() });
export const DealContactParams = z.strictObject({ id: id(), prospectId: id() });
export const DealContactBody = z
  .strictObject({ prospectId: id(), role: text(50).optional() })
  .meta({ id: 'DealContactInput' });

const filters = {
  ownerId: id().optional(),
  teamId: id().optional(),
  accountId: id().optional(),
  forecastCategory: z.enum(FORECAST_CATEGORIES).optional(),
  closeFrom: day().optional(),
  closeUntil: day().optional(),
  asOf: day().optional().describe('The pipeline as it was when this day ended'),
  q: text(200).optional(),
};
export const DealQuery = z.strictObject({ ...pageQuery, stage: stage.optional(), ...filters });
export const BoardQuery = z.strictObject({
  ...filters,
  perStage: z.coerce
    .number({ error: 'must be a whole number from 1 to 200' })
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(200, 'must be 200 or less')
    .default(50),
});

const dealFields = {
  id: id(),
  name: z.string(),
  amount: z.number().nullable(),
  currency: z.string(),
  probability: z.number(),
  stage,
  forecastCategory: z.enum(FORECAST_CATEGORIES).nullable(),
  closeDate: z.string().nullable(),
  riskScore: z.number().nullable(),
  aiAnalysis: freeForm(),
  metadata: freeForm(),
  accountId: id().nullable(),
  ownerId: id().nullable(),
  teamId: id().nullable(),
  winLossReason: z.string().nullable(),
  winLossNotes: z.string().nullable(),
  stageChangedAt: timestamp(),
  closedAt: timestamp().nullable(),
  wins: z.number(),
  custom: freeForm(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
export const Deal = z.strictObject(dealFields).meta({ id: 'Deal' });
export const DealContactItem = z
  .strictObject({
    prospectId: id(),
    role: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    email: z.string().nullable(),
    linkedAt: timestamp(),
  })
  .meta({ id: 'DealContact' });
export const DealWithContacts = z
  .strictObject({ ...dealFields, contacts: z.array(DealContactItem) })
  .meta({ id: 'DealDetail' });
export const Board = z
  .strictObject({
    stages: z.array(
      z.strictObject({
        stage,
        count: z.number(),
        totals: z
          .array(z.strictObject({ currency: z.string(), amount: z.number(), weighted: z.number() }))
          .describe('Per currency; weighted by probability'),
        deals: z.array(Deal).describe('The first of the column, at most perStage'),
      }),
    ),
  })
  .meta({ id: 'DealBoard' });

export const toDeal = <D extends DealView>(deal: D) => ({
  ...deal,
  amount: deal.amount === null ? null : Number(deal.amount),
});
export const toDealDetail = (deal: DealDetail) => toDeal(deal);
