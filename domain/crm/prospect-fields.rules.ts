import type { FilterFields } from '../core/filter.rules.ts';
import { ACCOUNT_RELATION } from './account-fields.rules.ts';
import { DEAL_STAGES } from './deal.rules.ts';
import { PROSPECT_STATUSES, RELATIONSHIP_STAGES } from './prospect.rules.ts';

/** What lists, segments and exports of prospects may ask for, beside the organization's custom fields. */
export const PROSPECT_FIELDS = {
  id: { type: 'uuid' },
  email: { type: 'text', sortable: true, search: true, nullable: true },
  phone: { type: 'text', nullable: true },
  linkedinUrl: { type: 'text', nullable: true },
  firstName: { type: 'text', sortable: true, search: true, nullable: true },
  lastName: { type: 'text', sortable: true, search: true, nullable: true },
  title: { type: 'text', sortable: true, search: true, nullable: true },
  company: { type: 'text', sortable: true, search: true, nullable: true },
  accountId: { type: 'uuid', nullable: true },
  customerId: { type: 'uuid', nullable: true },
  status: { type: 'enum', values: PROSPECT_STATUSES, sortable: true },
  relationshipStage: { type: 'enum', values: RELATIONSHIP_STAGES, sortable: true },
  priorityScore: { type: 'number', sortable: true, nullable: true },
  intentScore: { type: 'number', sortable: true, nullable: true },
  intentTier: { type: 'text', sortable: true, nullable: true },
  qualificationScore: { type: 'number', sortable: true, nullable: true },
  bdrAssigned: { type: 'boolean' },
  enrichmentStatus: { type: 'text', nullable: true },
  timeZone: { type: 'text', nullable: true },
  language: { type: 'text', nullable: true },
  country: { type: 'text', sortable: true, nullable: true },
  source: { type: 'text', sortable: true, nullable: true },
  ownerId: { type: 'uuid', nullable: true },
  teamId: { type: 'uuid', nullable: true },
  lastActivityAt: { type: 'timestamp', sortable: true, nullable: true },
  createdAt: { type: 'timestamp', sortable: true },
  updatedAt: { type: 'timestamp', sortable: true },
  activities: {
    type: 'relation',
    fields: { type: { type: 'text' }, occurredAt: { type: 'timestamp' }, userId: { type: 'uuid' } },
  },
  touches: {
    type: 'relation',
    fields: {
      channel: { type: 'text' },
      direction: { type: 'text' },
      primaryIntent: { type: 'text' },
      purchaseProbability: { type: 'number' },
      startedAt: { type: 'timestamp' },
    },
  },
  conversions: {
    type: 'relation',
    fields: {
      eventType: { type: 'text' },
      amount: { type: 'money' },
      currency: { type: 'text' },
      occurredAt: { type: 'timestamp' },
    },
  },
  events: {
    type: 'relation',
    fields: { type: { type: 'text' }, contentId: { type: 'text' }, occurredAt: { type: 'timestamp' } },
  },
  pageViews: {
    type: 'relation',
    fields: { path: { type: 'text' }, contentId: { type: 'text' }, occurredAt: { type: 'timestamp' } },
  },
  deals: {
    type: 'relation',
    fields: {
      stage: { type: 'enum', values: DEAL_STAGES },
      amount: { type: 'money' },
      currency: { type: 'text' },
      probability: { type: 'number' },
      closeDate: { type: 'date' },
      role: { type: 'text' },
    },
  },
  account: ACCOUNT_RELATION,
  lists: { type: 'relation', fields: { listId: { type: 'uuid' } } },
} as const satisfies FilterFields;
