import type { FieldMapping } from '../../../domain/integrations/field-mapping.rules.ts';
import { accountEntity } from '../entities/accounts.ts';
import { activityEntity } from '../entities/activities.ts';
import { contactEntity } from '../entities/contacts.ts';
import { dealEntity } from '../entities/deals.ts';
import type { OpenConnection } from '../grants/connection.ts';
import type { RecordStream } from './stream.ts';

const both = (local: string, remote: string, transform?: FieldMapping['transform']): FieldMapping => ({
  local,
  remote,
  direction: 'both',
  ...(transform ? { transform } : {}),
});

/** Stages as Salesforce brings them along; several of theirs are one of ours. */
const STAGES = {
  Prospecting: 'discovery',
  Qualification: 'qualification',
  'Needs Analysis': 'qualification',
  'Value Proposition': 'proposal',
  'Id. Decision Makers': 'proposal',
  'Perception Analysis': 'proposal',
  'Proposal/Price Quote': 'proposal',
  'Negotiation/Review': 'negotiation',
  'Closed Won': 'closed_won',
  'Closed Lost': 'closed_lost',
} as const;
const STAGES_OUT = {
  discovery: 'Prospecting',
  qualification: 'Qualification',
  proposal: 'Proposal/Price Quote',
  negotiation: 'Negotiation/Review',
  closed_won: 'Closed Won',
  closed_lost: 'Closed Lost',
} as const;
const TYPES = { Call: 'call_made', Email: 'email_sent', Meeting: 'meeting_completed', Other: 'note_added' } as const;
const TYPES_OUT = {
  call_made: 'Call',
  call_received: 'Call',
  email_sent: 'Email',
  email_received: 'Email',
  meeting_scheduled: 'Meeting',
  meeting_completed: 'Meeting',
  linkedin_interaction: 'Other',
  note_added: 'Other',
} as const;

/** The field of the provider's records that holds our id; it has to be made there once, unique and an external id. */
const ownIdField = ({ settings }: OpenConnection): string =>
  ((settings.options ?? {}) as Record<string, string>).externalIdField ?? 'Revloop_Id__c';

/** Accounts first: contacts and deals name them; activities last, they name all. */
export const SALESFORCE_STREAMS: Readonly<Record<string, RecordStream>> = {
  accounts: {
    kind: 'records',
    entity: accountEntity,
    mappings: [
      both('name', 'Name'),
      both('website', 'Website'),
      both('phone', 'Phone'),
      both('industry', 'Industry'),
      both('employeeCount', 'NumberOfEmployees', { kind: 'number' }),
      both('annualRevenue', 'AnnualRevenue', { kind: 'number' }),
      both('description', 'Description'),
    ],
    references: {},
    ownIdField,
  },
  contacts: {
    kind: 'records',
    entity: contactEntity,
    mappings: [
      both('firstName', 'FirstName'),
      both('lastName', 'LastName'),
      both('email', 'Email', { kind: 'lowercase' }),
      both('phone', 'Phone'),
      both('title', 'Title'),
      both('accountId', 'AccountId'),
    ],
    references: { accountId: 'accounts' },
    ownIdField,
  },
  deals: {
    kind: 'records',
    entity: dealEntity,
    mappings: [
      both('name', 'Name'),
      both('amount', 'Amount', { kind: 'number' }),
      both('stage', 'StageName', { kind: 'map', values: STAGES, out: STAGES_OUT }),
      both('closeDate', 'CloseDate', { kind: 'day' }),
      both('winLossNotes', 'Description'),
      both('accountId', 'AccountId'),
    ],
    references: { accountId: 'accounts' },
    ownIdField,
  },
  activities: {
    kind: 'records',
    entity: activityEntity,
    mappings: [
      both('type', 'Type', { kind: 'map', values: TYPES, out: TYPES_OUT }),
      both('subject', 'Subject'),
      both('notes', 'Description'),
      both('day', 'ActivityDate', { kind: 'day' }),
      { local: 'prospectId', remote: 'WhoId', direction: 'both' },
      { local: 'dealId', remote: 'What.Opportunity', direction: 'both' },
      { local: 'accountId', remote: 'What.Account', direction: 'in' },
    ],
    references: { prospectId: 'contacts', dealId: 'deals', accountId: 'accounts' },
    ownIdField,
  },
};
