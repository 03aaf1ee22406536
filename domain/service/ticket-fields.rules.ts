import type { FilterFields } from '../core/filter.rules.ts';
import { ACCOUNT_RELATION } from '../crm/account-fields.rules.ts';
import { TICKET_CHANNELS, TICKET_PRIORITIES, TICKET_STATUSES } from './ticket.rules.ts';

/** What a list of tickets, a policy and a routing rule may ask for, beside the organization's custom fields. */
export const TICKET_FIELDS = {
  id: { type: 'uuid' },
  number: { type: 'number', sortable: true },
  subject: { type: 'text', sortable: true },
  status: { type: 'enum', values: TICKET_STATUSES, sortable: true },
  priority: { type: 'enum', values: TICKET_PRIORITIES, sortable: true },
  channel: { type: 'enum', values: TICKET_CHANNELS },
  requesterEmail: { type: 'text', sortable: true, nullable: true },
  requesterName: { type: 'text', nullable: true },
  prospectId: { type: 'uuid', nullable: true },
  accountId: { type: 'uuid', nullable: true },
  assigneeId: { type: 'uuid', nullable: true },
  teamId: { type: 'uuid', nullable: true },
  tags: { type: 'text[]' },
  language: { type: 'text', nullable: true },
  slaId: { type: 'uuid', nullable: true },
  slaState: { type: 'enum', values: ['none', 'running', 'paused', 'warned', 'breached', 'met'] },
  satisfactionScore: { type: 'number', sortable: true, nullable: true },
  firstResponseDueAt: { type: 'timestamp', sortable: true, nullable: true },
  nextResponseDueAt: { type: 'timestamp', sortable: true, nullable: true },
  resolutionDueAt: { type: 'timestamp', sortable: true, nullable: true },
  firstRespondedAt: { type: 'timestamp', sortable: true, nullable: true },
  lastReplyAt: { type: 'timestamp', sortable: true, nullable: true },
  resolvedAt: { type: 'timestamp', sortable: true, nullable: true },
  closedAt: { type: 'timestamp', sortable: true, nullable: true },
  createdAt: { type: 'timestamp', sortable: true },
  account: ACCOUNT_RELATION,
  prospect: {
    type: 'relation',
    fields: {
      status: { type: 'text' },
      country: { type: 'text' },
      language: { type: 'text' },
      source: { type: 'text' },
      relationshipStage: { type: 'text' },
    },
  },
} as const satisfies FilterFields;
