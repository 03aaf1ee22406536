import { ingestConversion, ingestInteraction } from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import {
  ConversionBody,
  ConversionReceipt,
  InteractionBody,
  InteractionReceipt,
  toConversion,
  toParticipants,
} from './ingestion.dto.ts';

export const ingestInteractionEndpoint = defineEndpoint({
  operationId: 'ingestInteraction',
  face: 'a',
  method: 'post',
  path: '/interactions',
  tag: 'ingestion',
  summary: 'Ingest one customer interaction (call, email, chat, ...)',
  description:
    'Stores a touchpoint and resolves its customer: strong identifiers (phone, email, external_id) of different records link them. An external id that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row.',
  errors: [409, 413, 415],
  rateLimit: 'ingest',
  transaction: 'group',
  bulk: true,
  status: 201,
  message: 'Interaction ingested',
  body: InteractionBody,
  response: InteractionReceipt,
  verb: ingestInteraction,
  output: ({ externalId, ...receipt }) => ({ ...receipt, externalInteractionId: externalId }),
  input: ({ body }) => ({ ...body, participants: body.participants && toParticipants(body.participants) }),
  examples: [
    {
      name: 'An inbound call',
      body: {
        externalInteractionId: 'call-12345',
        channel: 'call',
        vendorCode: 'convin',
        startedAt: '2024-01-15T10:30:00Z',
        endedAt: '2024-01-15T10:45:00Z',
        direction: 'inbound',
        customerIdentifiers: [{ type: 'phone', value: '+1234567890' }],
        primaryIntent: 'purchase_inquiry',
        purchaseProbability: 0.75,
      },
    },
  ],
});

export const ingestConversionEndpoint = defineEndpoint({
  operationId: 'ingestConversion',
  face: 'a',
  method: 'post',
  path: '/conversions',
  tag: 'ingestion',
  summary: 'Track one conversion (purchase, signup, ...)',
  description:
    'Stores revenue of a customer. An external id that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row. A refund has a negative amount and names its original in refund_of (external id or id): it must be stored already or stand earlier in the same array (else 400 REFUND_ORIGINAL_NOT_FOUND), have the same currency, be neither void nor a refund itself, and all its refunds together never exceed it (400 REFUND_EXCEEDS_ORIGINAL). A refund belongs to the customer of its original; identifiers that come with it are checked and not stored.',
  errors: [409, 413, 415],
  rateLimit: 'ingest',
  transaction: 'group',
  bulk: true,
  status: 201,
  message: 'Conversion tracked',
  body: ConversionBody,
  response: ConversionReceipt,
  verb: ingestConversion,
  output: ({ externalId, ...receipt }) => ({ ...receipt, externalEventId: externalId }),
  input: ({ body }) => toConversion(body),
  examples: [
    {
      name: 'A purchase',
      body: {
        externalEventId: 'order-789',
        eventType: 'purchase',
        customerIdentifiers: [{ type: 'phone', value: '+1234567890' }],
        amountDecimal: 5000.0,
        currency: 'USD',
        occurredAt: '2024-01-20T14:00:00Z',
        eventSource: 'billing',
      },
    },
    {
      name: 'A refund of a part of that purchase',
      after: ['ingestConversion'],
      body: {
        externalEventId: 'refund-789-1',
        refundOf: 'order-789',
        eventType: 'refund',
        amountDecimal: -120.5,
        currency: 'USD',
        occurredAt: '2024-01-27T09:00:00Z',
        eventSource: 'billing',
      },
    },
  ],
});
