import { z } from 'zod';
import { SpendBody } from '../../domain/data/spend.input.ts';
import {
  correctSpend,
  getSpend,
  ingestSpend,
  listSpend,
  type SpendView,
  type StoredPlain,
  voidSpend,
} from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { day, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { FactParams, VoidBody } from './facts.dto.ts';

const face = 'a' as const;
const tag = 'ingestion';
const { externalId: _, ...fields } = SpendBody.shape;

const SpendChangesBody = z
  .strictObject({
    date: fields.date.optional(),
    channel: fields.channel.optional(),
    vendorCode: fields.vendorCode.nullable(),
    campaign: fields.campaign.nullable(),
    amountDecimal: fields.amountDecimal.optional(),
    currency: fields.currency.optional(),
  })
  .meta({ id: 'SpendChanges' });

const ListSpendQuery = z.strictObject({
  ...pageQuery,
  startDate: day().optional(),
  endDate: day().optional().describe('Inclusive'),
  sort: z.enum(['date', '-date']).default('-date'),
  channel: text(64).toLowerCase().optional(),
  campaign: text(255).optional(),
  vendorId: id().optional(),
  vendorCode: text(64).optional(),
});

const SpendReceipt = z
  .strictObject({ id: id(), externalId: z.string(), createdAt: timestamp() })
  .meta({ id: 'SpendReceipt' });

const Spend = z
  .strictObject({
    id: id(),
    externalId: z.string(),
    date: day(),
    channel: z.string(),
    vendorId: id().nullable(),
    vendorCode: z.string().nullable(),
    campaign: z.string().nullable(),
    amountDecimal: z.number(),
    currency: z.string(),
    voidedAt: timestamp().nullable(),
    voidReason: z.string().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'Spend' });

const toSpend = ({ amountDecimal, ...spend }: SpendView) => ({ ...spend, amountDecimal: Number(amountDecimal) });

export const ingestSpendEndpoint = defineEndpoint({
  operationId: 'ingestSpend',
  face,
  method: 'post',
  path: '/spend',
  tag,
  summary: 'Ingest cost of a day by channel, vendor and campaign',
  description:
    'The same line twice (external id, else day, channel, vendor and campaign) is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row.',
  errors: [409, 413, 415],
  rateLimit: 'ingest',
  transaction: 'group',
  bulk: true,
  status: 201,
  message: 'Spend ingested',
  body: SpendBody,
  response: SpendReceipt,
  verb: ingestSpend,
  input: ({ body }) => body,
  output: ({ id: spendId, externalId, createdAt }: StoredPlain) => ({
    id: spendId,
    externalId: externalId!,
    createdAt,
  }),
  examples: [
    {
      name: 'A day of a campaign',
      body: {
        date: '2024-01-15',
        channel: 'email',
        vendorCode: 'convin',
        campaign: 'spring',
        amountDecimal: 120.5,
        currency: 'USD',
      },
    },
  ],
});

export const listSpendEndpoint = defineEndpoint({
  operationId: 'listSpend',
  face,
  method: 'get',
  path: '/spend',
  tag,
  summary: 'List spend records, newest day first, without voided ones',
  description: 'The total is exact up to 100,000 and stays there beyond; narrow the dates to look further.',
  list: 'page',
  message: 'Spend records',
  query: ListSpendQuery,
  response: Spend,
  verb: listSpend,
  input: ({ query }) => query,
  output: toSpend,
});

export const getSpendEndpoint = defineEndpoint({
  operationId: 'getSpend',
  face,
  method: 'get',
  path: '/spend/{id}',
  tag,
  summary: 'Get a spend record, also a voided one',
  errors: [404],
  message: 'Spend record',
  params: FactParams,
  response: Spend,
  verb: getSpend,
  input: ({ params }) => params,
  output: toSpend,
  etag: (spend) => spend.version,
});

export const correctSpendEndpoint = defineEndpoint({
  operationId: 'correctSpend',
  face,
  method: 'put',
  path: '/spend/{id}',
  tag,
  summary: 'Correct a spend record (partial); the old version is kept',
  errors: [404, 409, 412],
  message: 'Spend record corrected',
  params: FactParams,
  body: SpendChangesBody,
  response: Spend,
  verb: correctSpend,
  input: ({ params, body, raw }) => ({ id: params.id, expectedVersion: raw.ifMatch, changes: body }),
  output: toSpend,
  etag: (spend) => spend.version,
  examples: [{ name: 'The right amount', body: { amountDecimal: 99.9 } }],
});

export const voidSpendEndpoint = defineEndpoint({
  operationId: 'voidSpend',
  face,
  method: 'post',
  path: '/spend/{id}/void',
  tag,
  summary: 'Void a spend record: it no longer counts, its versions are kept',
  errors: [404, 409, 412],
  message: 'Spend record voided',
  params: FactParams,
  body: VoidBody,
  response: Spend,
  verb: voidSpend,
  input: ({ params, body, raw }) => ({ ...params, ...body, expectedVersion: raw.ifMatch }),
  output: toSpend,
  etag: (spend) => spend.version,
  examples: [{ name: 'Refunded', body: { reason: 'The vendor took the invoice back' } }],
});
