import type { FilterFields } from '../core/filter.rules.ts';

/** What the list of webhook endpoints can be filtered and sorted by. */
export const WEBHOOK_ENDPOINT_FIELDS = {
  id: { type: 'uuid' },
  url: { type: 'text', search: true, sortable: true },
  description: { type: 'text', search: true, nullable: true },
  events: { type: 'text[]' },
  active: { type: 'boolean', sortable: true },
  disabledReason: { type: 'enum', values: ['manual', 'failing', 'gone'], nullable: true },
  createdAt: { type: 'timestamp', sortable: true },
  updatedAt: { type: 'timestamp', sortable: true },
} as const satisfies FilterFields;

/** What the delivery log can be filtered and sorted by. */
export const WEBHOOK_LOG_FIELDS = {
  id: { type: 'uuid' },
  eventId: { type: 'uuid', nullable: true },
  eventType: { type: 'text', search: true, sortable: true },
  entityType: { type: 'text' },
  entityId: { type: 'uuid', nullable: true },
  kind: { type: 'enum', values: ['event', 'test'] },
  status: { type: 'enum', values: ['pending', 'delivered', 'dead'], sortable: true },
  attempts: { type: 'number', sortable: true },
  statusCode: { type: 'number', sortable: true, nullable: true },
  latencyMs: { type: 'number', sortable: true, nullable: true },
  createdAt: { type: 'timestamp', sortable: true },
  occurredAt: { type: 'timestamp', sortable: true },
  deliveredAt: { type: 'timestamp', sortable: true, nullable: true },
  nextAttemptAt: { type: 'timestamp', sortable: true, nullable: true },
} as const satisfies FilterFields;
