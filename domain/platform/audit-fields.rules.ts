import type { FilterFields } from '../core/filter.rules.ts';

/** What the audit log can be filtered and sorted by. */
export const AUDIT_FIELDS = {
  id: { type: 'uuid' },
  createdAt: { type: 'timestamp', sortable: true },
  action: { type: 'text', search: true, sortable: true },
  entityType: { type: 'text', search: true, sortable: true },
  entityId: { type: 'uuid', nullable: true },
  actorKind: { type: 'enum', values: ['user', 'api_key', 'write_key', 'anonymous', 'system'] },
  actorId: { type: 'uuid', nullable: true },
  onBehalfOf: { type: 'uuid', nullable: true },
  outcome: { type: 'enum', values: ['success', 'denied'] },
  requestId: { type: 'text', nullable: true },
  sequence: { type: 'number', sortable: true, nullable: true },
} as const satisfies FilterFields;
