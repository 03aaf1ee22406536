import type { FilterFields } from '../core/filter.rules.ts';

/** What lists of interactions can be filtered and sorted by. */
export const INTERACTION_FIELDS = {
  id: { type: 'uuid' },
  externalInteractionId: { type: 'text', search: true },
  customerId: { type: 'uuid' },
  channel: { type: 'text', search: true, sortable: true },
  direction: { type: 'enum', values: ['inbound', 'outbound'], nullable: true },
  language: { type: 'text', nullable: true },
  primaryIntent: { type: 'text', search: true, nullable: true },
  purchaseProbability: { type: 'number', sortable: true, nullable: true },
  vendorId: { type: 'uuid', nullable: true },
  vendorCode: { type: 'text', nullable: true },
  campaign: { type: 'text', nullable: true },
  contentId: { type: 'text', nullable: true },
  clickId: { type: 'text', nullable: true },
  cost: { type: 'money', nullable: true },
  costCurrency: { type: 'text', nullable: true },
  startedAt: { type: 'timestamp', sortable: true },
  endedAt: { type: 'timestamp', nullable: true },
  createdAt: { type: 'timestamp', sortable: true },
  updatedAt: { type: 'timestamp' },
  participants: {
    type: 'relation',
    fields: {
      type: { type: 'enum', values: ['agent', 'team', 'supervisor'] },
      agentId: { type: 'uuid', nullable: true },
      externalId: { type: 'text', nullable: true },
      teamId: { type: 'uuid', nullable: true },
      share: { type: 'number', nullable: true },
    },
  },
} as const satisfies FilterFields;

/** What lists of conversions can be filtered and sorted by; amounts are compared in each one's own currency. */
export const CONVERSION_FIELDS = {
  id: { type: 'uuid' },
  externalEventId: { type: 'text', search: true },
  customerId: { type: 'uuid' },
  eventType: { type: 'text', search: true, sortable: true },
  eventSource: { type: 'text', search: true },
  amountDecimal: { type: 'money', sortable: true },
  currency: { type: 'text' },
  occurredAt: { type: 'timestamp', sortable: true },
  createdAt: { type: 'timestamp', sortable: true },
  updatedAt: { type: 'timestamp' },
} as const satisfies FilterFields;
