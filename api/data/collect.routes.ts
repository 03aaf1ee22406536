import { z } from 'zod';
import { HitBody } from '../../domain/data/behavior.input.ts';
import { collectHits, type StoredPlain } from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id } from '../http/schemas.ts';

/** Whose the row is stays unsaid: anybody may read a public key out of a page. */
const HitReceipt = z.strictObject({ id: id(), externalId: z.string().nullable() }).meta({ id: 'HitReceipt' });

/** As much as a browser sends after its page is gone. */
const BODY_LIMIT_BYTES = 65_536;

export const collectHitsEndpoint = defineEndpoint({
  operationId: 'collectHits',
  face: 'a',
  method: 'post',
  path: '/collect',
  tag: 'ingestion',
  summary: 'Receive page views, events and identifications from a web page',
  description:
    'For the script `/beacon.js`: JSON that may call itself text/plain, without headers of its own. The key is public and stands in the URL; the `Origin` of the page must be in the list of `PUT /v1/organization/beacon`, or the answer is 403 `ORIGIN_NOT_ALLOWED`. `identify` is stored as an event of that type and names the customer of its session. An external_id that exists changes nothing. An array of up to 1,000 answers 200 with one outcome per row.',
  credential: 'write_key',
  bodyKind: 'beacon',
  bodyLimitBytes: BODY_LIMIT_BYTES,
  errors: [409],
  rateLimit: 'ingest',
  idempotent: false,
  bulk: true,
  status: 201,
  message: 'Stored',
  body: HitBody,
  response: HitReceipt,
  verb: collectHits,
  input: ({ body }) => body,
  output: ({ id: rowId, externalId }: StoredPlain) => ({ id: rowId, externalId }),
  shownBy: {
    operation: 'getCustomerJourney',
    params: { customerId: '{{ingestEvent.customerId}}' },
    query: { include: 'page_views,events' },
  },
  examples: [
    {
      name: 'page',
      body: { type: 'page', url: 'https://shop.example/pricing', sessionId: 'session-1', externalId: 'h-1' },
    },
    {
      name: 'event',
      body: {
        type: 'event',
        name: 'button_click',
        sessionId: 'session-1',
        properties: { button: 'buy' },
        externalId: 'h-2',
      },
    },
    {
      name: 'identify',
      body: {
        type: 'identify',
        sessionId: 'session-1',
        visitorId: 'v-1',
        customerIdentifiers: [{ type: 'email', value: 'ada@example.com' }],
        externalId: 'h-3',
      },
    },
  ],
});
