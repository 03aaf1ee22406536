import type { PublicField } from '../../domain/core/public-fields.rules.ts';
import { DEAL_STAGES } from '../../domain/crm/deal.rules.ts';
import { INTENT_TIERS } from '../../domain/crm/intent.rules.ts';
import { PROSPECT_STATUSES, RELATIONSHIP_STAGES } from '../../domain/crm/prospect.rules.ts';
import { type PublicEvent, publicEntity, publicEvent } from '../core/public-events.ts';
import * as on from './events.ts';
import { THRESHOLD_ACTIONS } from './lead-scoring/index.ts';

const ID = '019a9f00-0000-7000-8000-0000000000aa';
const OTHER = '019a9f00-0000-7000-8000-0000000000bb';
const uuid = (column: string, example: string | null = OTHER) =>
  ({ column, type: 'uuid', nullable: true, example }) as const;
const text = (column: string, example: string) => ({ column, type: 'text', nullable: true, example }) as const;
const time = (column: string) =>
  ({ column, type: 'timestamp', nullable: true, example: '2026-06-30T12:00:00.000Z' }) as const;
const own = { column: 'r.id', type: 'uuid', example: ID } as const;
const owners = { ownerId: uuid('r.owner_id'), teamId: uuid('r.team_id') };
const times = {
  createdAt: { column: 'r.created_at', type: 'timestamp', example: '2026-06-01T09:00:00.000Z' },
  updatedAt: { column: 'r.updated_at', type: 'timestamp', example: '2026-06-30T12:00:00.000Z' },
} as const;

const prospect = publicEntity('prospect', 'prospects r', {
  id: own,
  email: text('r.email', 'ada@example.com'),
  phone: text('r.phone', '+14155550100'),
  firstName: text('r.first_name', 'Ada'),
  lastName: text('r.last_name', 'Lovelace'),
  title: text('r.title', 'CTO'),
  company: text('r.company', 'Analytical Engines'),
  accountId: uuid('r.account_id'),
  status: { column: 'r.status', type: 'enum', values: PROSPECT_STATUSES, example: 'qualified' },
  relationshipStage: { column: 'r.relationship_stage', type: 'enum', values: RELATIONSHIP_STAGES, example: 'engaged' },
  country: text('r.country', 'GB'),
  source: text('r.source', 'webinar'),
  priorityScore: { column: 'r.priority_score', type: 'integer', nullable: true, example: 80 },
  qualificationScore: { column: 'r.qualification_score', type: 'integer', nullable: true, example: 70 },
  ...owners,
  deletedAt: { ...time('r.deleted_at'), example: null },
  ...times,
});

const account = publicEntity('account', 'accounts r', {
  id: own,
  name: { column: 'r.name', type: 'text', example: 'Globex' },
  domain: text('r.domain', 'globex.example'),
  industry: text('r.industry', 'Manufacturing'),
  employeeCount: { column: 'r.employee_count', type: 'integer', nullable: true, example: 1200 },
  parentAccountId: uuid('r.parent_account_id', null),
  lifecycleStage: text('r.lifecycle_stage', 'Customer'),
  ...owners,
  deletedAt: { ...time('r.deleted_at'), example: null },
  ...times,
});

const deal = publicEntity('deal', 'deals r', {
  id: own,
  name: { column: 'r.name', type: 'text', example: 'Globex: 50 seats' },
  amount: {
    column: 'trim_scale(r.amount)::text',
    type: 'money',
    nullable: true,
    about: 'Decimal text, so that no digit is lost',
    example: '24000',
  },
  currency: { column: 'r.currency', type: 'text', example: 'USD' },
  stage: { column: 'r.stage', type: 'enum', values: DEAL_STAGES, example: 'closed_won' },
  probability: { column: 'r.probability', type: 'integer', example: 100 },
  closeDate: { column: `to_char(r.close_date, 'YYYY-MM-DD')`, type: 'date', nullable: true, example: '2026-06-30' },
  accountId: uuid('r.account_id'),
  winLossReason: text('r.win_loss_reason', 'Price'),
  ...owners,
  deletedAt: { ...time('r.deleted_at'), example: null },
  ...times,
});

const call = publicEntity('call_log', 'call_logs r', {
  id: own,
  direction: { column: 'r.direction', type: 'enum', values: ['inbound', 'outbound'], example: 'outbound' },
  disposition: text('r.disposition', 'answered'),
  durationSeconds: { column: 'r.duration_seconds', type: 'integer', nullable: true, example: 320 },
  outcome: text('r.outcome', 'interested'),
  prospectId: uuid('r.prospect_id'),
  accountId: uuid('r.account_id'),
  dealId: uuid('r.deal_id', null),
  userId: uuid('r.user_id'),
  occurredAt: { column: 'r.occurred_at', type: 'timestamp', example: '2026-06-30T11:50:00.000Z' },
  deletedAt: { ...time('r.deleted_at'), example: null },
});

const meeting = publicEntity('meeting', 'meetings r', {
  id: own,
  title: { column: 'r.title', type: 'text', example: 'Demo' },
  status: {
    column: 'r.status',
    type: 'enum',
    values: ['scheduled', 'completed', 'cancelled', 'no_show'],
    example: 'scheduled',
  },
  startsAt: { column: 'r.starts_at', type: 'timestamp', example: '2026-07-02T14:00:00.000Z' },
  endsAt: { column: 'r.ends_at', type: 'timestamp', example: '2026-07-02T14:30:00.000Z' },
  timeZone: { column: 'r.time_zone', type: 'text', example: 'Europe/London' },
  location: text('r.location', 'Room 4'),
  link: text('r.link', 'https://meet.example.com/abc'),
  outcome: text('r.outcome', 'next step agreed'),
  prospectId: uuid('r.prospect_id'),
  accountId: uuid('r.account_id'),
  dealId: uuid('r.deal_id', null),
  ownerId: uuid('r.owner_id'),
});

const task = publicEntity('task', 'tasks r', {
  id: own,
  title: { column: 'r.title', type: 'text', example: 'Send the offer' },
  type: { column: 'r.type', type: 'text', example: 'follow_up' },
  priority: { column: 'r.priority', type: 'enum', values: ['low', 'normal', 'high', 'urgent'], example: 'high' },
  status: { column: 'r.status', type: 'enum', values: ['open', 'completed', 'cancelled'], example: 'open' },
  dueAt: time('r.due_at'),
  assigneeId: uuid('r.assignee_id'),
  prospectId: uuid('r.prospect_id'),
  accountId: uuid('r.account_id'),
  dealId: uuid('r.deal_id', null),
  completedAt: { ...time('r.completed_at'), example: null },
});

const id: PublicField = { type: 'uuid', example: ID };
const fields: PublicField = { type: 'texts', about: 'Names of the fields that changed', example: ['title'] };
const stage = (example: string): PublicField => ({ type: 'enum', values: DEAL_STAGES, example });
const win: PublicField = { type: 'integer', about: 'How often this deal was won', example: 1 };
const merge = {
  mergeId: { type: 'uuid', example: OTHER },
  sourceId: { type: 'uuid', about: 'The record that is gone', example: OTHER },
  targetId: { type: 'uuid', about: 'The record that stays', example: ID },
} as const;

const interest = {
  id,
  prospectId: { type: 'uuid', nullable: true, about: 'Of a person', example: ID },
  accountId: { type: 'uuid', nullable: true, about: 'Of a company', example: null },
  score: { type: 'number', example: 64.2 },
} as const;

/** What the customer record tells the outside. Each record is shown as it is when the delivery is made. */
export const CRM_PUBLIC_EVENTS: readonly PublicEvent[] = [
  publicEvent(on.prospectCreated, 'A prospect was created', { id }, prospect),
  publicEvent(on.prospectUpdated, 'Fields of a prospect changed', { id, fields }, prospect),
  publicEvent(
    on.prospectAssigned,
    'A prospect has another owner',
    { id, ownerId: { type: 'uuid', nullable: true, example: OTHER } },
    prospect,
  ),
  publicEvent(on.prospectDeleted, 'A prospect was deleted', { id }, prospect),
  publicEvent(on.prospectRestored, 'A deleted prospect is back', { id }, prospect),
  publicEvent(on.prospectMerged, 'Two prospects became one', merge, prospect),
  publicEvent(on.prospectsImported, 'An import of prospects is done; its rows tell of nothing themselves', {
    importId: { type: 'uuid', example: OTHER },
    created: { type: 'integer', example: 120 },
    updated: { type: 'integer', example: 4 },
  }),
  publicEvent(on.accountCreated, 'An account was created', { id }, account),
  publicEvent(on.accountUpdated, 'Fields of an account changed', { id, fields }, account),
  publicEvent(on.accountDeleted, 'An account was deleted', { id }, account),
  publicEvent(on.accountRestored, 'A deleted account is back', { id }, account),
  publicEvent(on.accountMerged, 'Two accounts became one', merge, account),
  publicEvent(on.dealCreated, 'A deal was created', { id }, deal),
  publicEvent(on.dealUpdated, 'Fields of a deal changed', { id, fields }, deal),
  publicEvent(on.dealStageChanged, 'A deal moved', { id, from: stage('negotiation'), to: stage('closed_won') }, deal),
  publicEvent(on.dealWon, 'A deal was won', { id, win }, deal),
  publicEvent(on.dealLost, 'A deal was lost', { id }, deal),
  publicEvent(on.dealReopened, 'A closed deal is open again', { id, from: stage('closed_won'), win }, deal),
  publicEvent(on.dealAtRisk, 'The risk of a deal is high', { id, riskScore: { type: 'integer', example: 80 } }, deal),
  publicEvent(on.dealDeleted, 'A deal was deleted', { id }, deal),
  publicEvent(on.callLogged, 'A call was logged', { id }, call),
  publicEvent(on.callChanged, 'A logged call was corrected', { id }, call),
  publicEvent(on.callDeleted, 'A logged call was deleted', { id }, call),
  publicEvent(on.meetingScheduled, 'A meeting was scheduled', { id }, meeting),
  publicEvent(on.meetingRescheduled, 'A meeting has another time', { id }, meeting),
  publicEvent(on.meetingCompleted, 'A meeting took place', { id }, meeting),
  publicEvent(on.meetingCancelled, 'A meeting was cancelled', { id }, meeting),
  publicEvent(on.meetingMissed, 'Nobody came to a meeting', { id }, meeting),
  publicEvent(on.meetingReminder, 'A meeting is near', { id }, meeting),
  publicEvent(on.taskCreated, 'A task was created', { id }, task),
  publicEvent(
    on.taskAssigned,
    'A task has another assignee',
    { id, assigneeId: { type: 'uuid', nullable: true, example: OTHER } },
    task,
  ),
  publicEvent(on.taskCompleted, 'A task was completed', { id }, task),
  publicEvent(on.taskDueSoon, 'A task is due soon', { id }, task),
  publicEvent(on.callStarted, 'A call has begun', { id }),
  publicEvent(on.callEnded, 'A call has ended', { id }),
  publicEvent(on.callIntentDetected, 'An intent was heard in a call', { id }),
  publicEvent(on.callTranscribed, 'A call has a transcript, or a newer one', { id }),
  publicEvent(on.taskOverdue, 'A task is overdue', { id }, task),
  publicEvent(on.intentTierChanged, 'The interest of a person or company is in another tier', {
    ...interest,
    from: { type: 'enum', values: INTENT_TIERS, example: 'warm' },
    to: { type: 'enum', values: INTENT_TIERS, example: 'hot' },
  }),
  publicEvent(on.intentSpikeDetected, 'Somebody shows much more interest than usual', {
    ...interest,
    previousScore: { type: 'number', example: 31.5 },
  }),
  publicEvent(
    on.leadThresholdReached,
    'The lead score of a prospect came over a threshold',
    {
      id,
      thresholdId: { type: 'uuid', example: OTHER },
      action: { type: 'enum', values: THRESHOLD_ACTIONS, example: 'notify' },
      score: { type: 'number', example: 71.5 },
    },
    prospect,
  ),
  publicEvent(on.linkedinEngaged, 'A prospect did something on LinkedIn', { id }),
  publicEvent(on.listMembersChanged, 'The members of a list changed', {
    id,
    entered: { type: 'integer', example: 12 },
    left: { type: 'integer', example: 3 },
    enteredIds: { type: 'texts', about: 'The first thousand', example: [OTHER] },
    leftIds: { type: 'texts', about: 'The first thousand', example: [] },
  }),
];
