import { z } from 'zod';
import { EventBody, PageViewBody } from '../../domain/data/behavior.input.ts';
import { ingestEvent, ingestPageView } from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, timestamp } from '../http/schemas.ts';

const BehaviorReceipt = z
  .strictObject({
    id: id(),
    externalId: z.string().nullable(),
    customerId: id().nullable().describe('null: nobody was named in the session yet'),
    createdAt: timestamp(),
  })
  .meta({ id: 'BehaviorReceipt' });

const common = {
  face: 'a',
  method: 'post',
  tag: 'ingestion',
  errors: [409, 413, 415],
  rateLimit: 'ingest',
  transaction: 'group',
  bulk: true,
  status: 201,
  response: BehaviorReceipt,
} as const;

export const ingestEventEndpoint = defineEndpoint({
  ...common,
  operationId: 'ingestEvent',
  path: '/events',
  summary: 'Ingest a real-time event (form submission, button click, video view, download, custom)',
  description:
    'Without identifiers an event belongs to whoever is named in its session, before or after. An external_id that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row.',
  message: 'Event ingested',
  body: EventBody,
  verb: ingestEvent,
  input: ({ body }) => body,
  shownBy: {
    operation: 'getCustomer',
    params: { customerId: '{{ingestEvent.customerId}}' },
    shows: { events: 1 },
  },
  examples: [
    {
      name: 'A form',
      body: {
        type: 'form_submission',
        occurredAt: '2024-01-15T10:30:00Z',
        sessionId: 'session-1',
        customerIdentifiers: [{ type: 'email', value: 'ada@example.com' }],
        contentId: 'whitepaper-7',
        properties: { form: 'contact' },
      },
    },
  ],
});

export const ingestPageViewEndpoint = defineEndpoint({
  ...common,
  operationId: 'ingestPageView',
  path: '/page-views',
  summary: 'Track one page view',
  description:
    'Without identifiers a page view belongs to whoever is named in its session, before or after. An external_id that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row.',
  message: 'Page view tracked',
  body: PageViewBody,
  verb: ingestPageView,
  input: ({ body }) => body,
  shownBy: {
    operation: 'getCustomerJourney',
    params: { customerId: '{{ingestEvent.customerId}}' },
    query: { include: 'page_views' },
  },
  examples: [
    {
      name: 'A visitor',
      body: {
        url: 'https://www.example.com/pricing?utm_source=newsletter',
        sessionId: 'session-1',
        visitorId: 'visitor-1',
        occurredAt: '2024-01-15T10:29:00Z',
      },
    },
  ],
});
