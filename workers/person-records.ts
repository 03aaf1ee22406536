import { BDR_RECORDS, CONVERSATION_RECORDS } from '../services/agent/index.ts';
import { CALL_RECORDS, PROSPECT_RECORDS } from '../services/crm/index.ts';
import type { PersonRecords } from '../services/data/index.ts';
import { SYNC_RECORDS } from '../services/integrations/index.ts';
import { EMAIL_RECORDS } from '../services/outreach/index.ts';
import { TICKET_RECORDS } from '../services/service/index.ts';

/** What each wing knows of people, for erasures and exports. A wing that stores something about a person joins here. */
export const PERSON_RECORDS: readonly PersonRecords[] = [
  BDR_RECORDS,
  CONVERSATION_RECORDS,
  CALL_RECORDS,
  EMAIL_RECORDS,
  SYNC_RECORDS,
  PROSPECT_RECORDS,
  TICKET_RECORDS,
];
