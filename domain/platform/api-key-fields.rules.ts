import type { FilterFields } from '../core/filter.rules.ts';

/** What the list of API keys can be filtered and sorted by. */
export const API_KEY_FIELDS = {
  id: { type: 'uuid' },
  name: { type: 'text', search: true, sortable: true },
  prefix: { type: 'text', search: true },
  status: { type: 'enum', values: ['active', 'revoked', 'expired'], sortable: true },
  scopes: { type: 'text[]' },
  userId: { type: 'uuid', nullable: true },
  requestCount: { type: 'number', sortable: true },
  lastUsedAt: { type: 'timestamp', sortable: true, nullable: true },
  expiresAt: { type: 'timestamp', sortable: true, nullable: true },
  createdAt: { type: 'timestamp', sortable: true },
} as const satisfies FilterFields;
