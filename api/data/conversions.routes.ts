import {
  type ConversionView,
  correctConversion,
  getConversion,
  listConversions,
  voidConversion,
} from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { Conversion, ConversionChangesBody, FactParams, ListConversionsQuery, VoidBody } from './facts.dto.ts';

const face = 'a' as const;
const tag = 'ingestion';

const toConversion = ({ amountDecimal, ...conversion }: ConversionView) => ({
  ...conversion,
  amountDecimal: Number(amountDecimal),
});

export const listConversionsEndpoint = defineEndpoint({
  operationId: 'listConversions',
  face,
  method: 'get',
  path: '/conversions',
  tag,
  summary: 'List conversions, newest first, without voided ones',
  description: 'The total is exact up to 100,000 and stays there beyond; narrow the dates to look further.',
  list: 'page',
  message: 'Conversions',
  query: ListConversionsQuery,
  response: Conversion,
  verb: listConversions,
  input: ({ query }) => query,
  output: toConversion,
});

export const getConversionEndpoint = defineEndpoint({
  operationId: 'getConversion',
  face,
  method: 'get',
  path: '/conversions/{id}',
  tag,
  summary: 'Get a conversion, also a voided one',
  errors: [404],
  message: 'Conversion',
  params: FactParams,
  response: Conversion,
  verb: getConversion,
  input: ({ params }) => params,
  output: toConversion,
  etag: (conversion) => conversion.version,
});

export const correctConversionEndpoint = defineEndpoint({
  operationId: 'correctConversion',
  face,
  method: 'put',
  path: '/conversions/{id}',
  tag,
  summary: 'Correct a conversion (partial); the old version is kept',
  description:
    'Absent fields stay as they are, null takes the metadata away. Runs that were executed before keep their input; new ones read the new version. The external id cannot change. A conversion stays at least as large as its refunds (else 409 REFUNDS_EXCEED_AMOUNT) and keeps their currency; when its customer changes, its refunds follow. A refund stays one, of the same original.',
  errors: [404, 409, 412],
  message: 'Conversion corrected',
  params: FactParams,
  body: ConversionChangesBody,
  response: Conversion,
  verb: correctConversion,
  input: ({ params, body, raw }) => ({ id: params.id, expectedVersion: raw.ifMatch, changes: body }),
  output: toConversion,
  etag: (conversion) => conversion.version,
  examples: [{ name: 'The right amount', body: { amountDecimal: 4500.0 } }],
});

export const voidConversionEndpoint = defineEndpoint({
  operationId: 'voidConversion',
  face,
  method: 'post',
  path: '/conversions/{id}/void',
  tag,
  summary: 'Void a conversion: it no longer counts, its versions are kept',
  description:
    'A conversion with refunds is refused (409 HAS_REFUNDS): void those first. A voided refund counts no more, and its amount may be refunded again.',
  errors: [404, 409, 412],
  message: 'Conversion voided',
  params: FactParams,
  body: VoidBody,
  response: Conversion,
  verb: voidConversion,
  input: ({ params, body, raw }) => ({ ...params, ...body, expectedVersion: raw.ifMatch }),
  output: toConversion,
  etag: (conversion) => conversion.version,
  examples: [{ name: 'Never paid', body: { reason: 'The order was never paid' } }],
});
