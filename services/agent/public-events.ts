import { type PublicEvent, publicEntity, publicEvent } from '../core/public-events.ts';
import * as on from './events.ts';

const ID = '019a9f00-0000-7000-8000-0000000000aa';
const OTHER = '019a9f00-0000-7000-8000-0000000000bb';
const id = { type: 'uuid', example: ID } as const;
const prospectId = { type: 'uuid', example: OTHER } as const;
const score = { type: 'integer', about: '0 to 100', example: 85 } as const;

const handoff = publicEntity('bdr_handoff', 'bdr_handoffs r', {
  id: { column: 'r.id', type: 'uuid', example: ID },
  prospectId: { column: 'r.prospect_id', type: 'uuid', example: OTHER },
  status: { column: 'r.status', type: 'enum', values: ['pending', 'accepted', 'rejected'], example: 'pending' },
  framework: { column: 'r.framework', type: 'enum', values: ['BANT', 'MEDDIC', 'CHAMP'], example: 'BANT' },
  score: { column: 'r.score', type: 'integer', example: 85 },
  assignedTo: { column: 'r.assigned_to', type: 'uuid', nullable: true, example: OTHER },
  dealId: { column: 'r.deal_id', type: 'uuid', nullable: true, example: null },
  createdAt: { column: 'r.created_at', type: 'timestamp', example: '2026-06-30T12:00:00.000Z' },
});

/** What this wing tells the outside. */
export const AGENT_PUBLIC_EVENTS: readonly PublicEvent[] = [
  publicEvent(on.bdrApprovalRequested, 'A message of the agent waits for a decision', {
    id,
    grounded: { type: 'boolean', about: 'Every statement rests on a fact', example: true },
  }),
  publicEvent(on.bdrMessageSent, 'The agent has sent a message', { id, prospectId }),
  publicEvent(on.bdrReplyReceived, 'Somebody has answered the agent', { id, prospectId }),
  publicEvent(on.bdrProspectQualified, 'The agent finds a prospect qualified', { id, score }),
  publicEvent(on.bdrHandoffReady, 'A prospect is ready for people to take over', { id, prospectId, score }, handoff),
  publicEvent(on.bdrHandoffAccepted, 'Somebody has taken a prospect over', { id, prospectId }, handoff),
  publicEvent(on.bdrHandoffRejected, 'A handoff was rejected', { id, prospectId }, handoff),
];
