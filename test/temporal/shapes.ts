/** What an activity answers in turn; after the last one, the last again. */
export type Answer =
  | { readonly value: unknown; readonly andThen?: 'signal' | 'cancel' }
  /** Fails for good. */
  | { readonly fails: true }
  /** Goes on until it is cancelled, which happens to the process soon after. */
  | { readonly hangs: true };

/** One way in which a process can go, told by what its activities find. */
export interface Shape {
  /** Name of the contract's file. */
  readonly process: string;
  readonly case: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
}

const ORGANIZATION = '019a9f00-0000-7000-8000-000000000001';
const ENTITY = '019a9f00-0000-7000-8000-000000000002';
const of = (name: string, more: Record<string, unknown> = {}) => ({
  organizationId: ORGANIZATION,
  [name]: ENTITY,
  ...more,
});

const found = (value: unknown): Answer => ({ value });
const signalled = (value: unknown): Answer => ({ value, andThen: 'signal' });
const cancelled = (value: unknown): Answer => ({ value, andThen: 'cancel' });
const FAILS: Answer = { fails: true };
const HANGS: Answer = { hangs: true };

/** A process that looks at its row, waits, and looks again: woken, by its timer, and cancelled by an operator. */
function attending(
  process: string,
  activity: string,
  input: Shape['input'],
  { waiting, ended, asleep }: { waiting: (seconds: number) => object; ended: object; asleep?: object },
): Shape[] {
  const shape = (name: string, answers: readonly Answer[]): Shape => ({
    process,
    case: name,
    ...(input ? { input } : {}),
    answers: { [activity]: answers },
  });
  return [
    shape('woken', [signalled(asleep ?? waiting(3_600)), found(ended)]),
    shape('waited', [found(waiting(1)), found(waiting(1)), found(ended)]),
    shape('stopped', [cancelled(waiting(3_600))]),
  ];
}

/** A job over all organizations: its first step fails for good, or an operator cancels it. */
function job(process: string, first: string, following: Readonly<Record<string, unknown>> = {}): Shape[] {
  const later = Object.fromEntries(Object.entries(following).map(([name, value]) => [name, [found(value)]]));
  return [
    { process, case: 'failed', answers: { [first]: [FAILS], ...later } },
    { process, case: 'cancelled', answers: { [first]: [HANGS], ...later } },
  ];
}

const seconds = (waitSeconds: number) => ({ status: 'waiting', waitSeconds });
const milliseconds = (wait: number) => ({ status: 'waiting', waitMs: wait * 1_000 });
const TARGETS = ['019a9f00-0000-7000-8000-00000000000a', '019a9f00-0000-7000-8000-00000000000b'];
const PLAN = { status: 'planned', targetIds: TARGETS, providers: ['clearbit', 'apollo'] };

/** Beside those that were recorded from the product at work. `npm run histories -- --shapes` records them anew. */
export const SHAPES: readonly Shape[] = [
  ...attending('bdr-agent', 'bdrTick', of('teamId'), {
    waiting: (waitSeconds) => ({ status: 'waiting', waitsFor: 'hours', waitSeconds, started: 0 }),
    ended: { status: 'ended' },
  }),
  ...attending('bdr-prospect', 'bdrAdvance', of('prospectId', { generation: 1 }), {
    waiting: (waitSeconds) => ({ status: 'waiting', stage: 'engage', waitsFor: 'reply', waitSeconds }),
    ended: { status: 'ended', outcome: 'disqualified' },
  }),
  ...attending('live-call', 'callsAttend', of('callId'), { waiting: seconds, ended: { status: 'closed' } }),
  {
    process: 'live-call',
    case: 'patient',
    input: of('callId', { lookInSeconds: 1 }),
    answers: { callsAttend: [found(seconds(1)), found({ status: 'closed' })] },
  },
  ...attending('email-send', 'emailsAttend', of('emailId', { generation: 1 }), {
    waiting: seconds,
    ended: { status: 'released' },
  }),
  ...attending('cadence-enrollment', 'cadencesAttend', of('enrollmentId'), {
    waiting: seconds,
    ended: { status: 'ended', reason: 'replied' },
    asleep: { status: 'waiting', waitSeconds: null },
  }),
  ...attending('bulk-email-job', 'bulkEmailsAttend', of('jobId'), {
    waiting: seconds,
    ended: { status: 'completed' },
    asleep: { status: 'resting' },
  }),
  ...attending('webhook-delivery', 'webhooksDeliver', of('endpointId'), {
    waiting: (wait) => ({ state: 'waiting', waitMs: wait * 1_000 }),
    ended: { state: 'gone', waitMs: null },
    asleep: { state: 'waiting', waitMs: null },
  }),
  ...attending('satisfaction-survey', 'surveysAttend', of('surveyId'), {
    waiting: milliseconds,
    ended: { status: 'answered' },
  }),
  ...attending('ticket-sla', 'ticketsAttend', of('ticketId', { generation: 1 }), {
    waiting: milliseconds,
    ended: { status: 'closed' },
    asleep: { status: 'waiting', waitMs: null },
  }),
  {
    process: 'enrichment',
    case: 'limited',
    input: of('requestId'),
    answers: {
      enrichmentPlan: [found(PLAN)],
      enrichmentLookUp: [
        found({ status: 'limited', waitSeconds: 1 }),
        found({ status: 'incomplete' }),
        found({ status: 'complete' }),
      ],
      enrichmentFinish: [found('completed')],
    },
  },
  {
    process: 'enrichment',
    case: 'given-up',
    input: of('requestId'),
    answers: {
      enrichmentPlan: [found(PLAN)],
      enrichmentLookUp: [FAILS],
      enrichmentGiveUp: [found(null)],
      enrichmentFinish: [found('exhausted')],
    },
  },
  {
    process: 'list-refresh',
    case: 'failed',
    input: of('listId'),
    answers: { listsRefresh: [FAILS], listsFail: [found(null)] },
  },
  {
    process: 'list-refresh',
    case: 'cancelled',
    input: of('listId'),
    answers: { listsRefresh: [HANGS], listsFail: [found(null)] },
  },
  {
    process: 'import-upload',
    case: 'slices',
    input: of('uploadId', { generation: 1 }),
    answers: {
      importsWork: [
        found({ state: 'open', rows: 10 }),
        found({ state: 'open', rows: 20 }),
        found({ state: 'completed', rows: 25 }),
      ],
    },
  },
  {
    process: 'import-upload',
    case: 'failed',
    input: of('uploadId', { generation: 1 }),
    answers: { importsWork: [FAILS], importsFail: [found(null)] },
  },
  {
    process: 'integration-sync',
    case: 'settled',
    input: of('integrationId', { syncId: ENTITY, settleSeconds: 1 }),
    answers: { syncsWork: [found({ state: 'completed', waitSeconds: 0, records: 2 })] },
  },
  {
    process: 'conversation-analysis',
    case: 'read-at-once',
    input: of('conversationId', { generation: 1 }),
    answers: {
      conversationsAttend: [found({ status: 'completed', askModel: true })],
      conversationsAskModel: [found(null)],
    },
  },
  {
    process: 'conversation-analysis',
    case: 'transcribed',
    input: of('conversationId', { generation: 1 }),
    answers: {
      conversationsAttend: [
        found({ status: 'transcribe' }),
        found({ status: 'analyze' }),
        found({ status: 'completed' }),
      ],
      conversationsTranscribe: [found(null)],
      conversationsAnalyze: [found(null)],
      conversationsAskModel: [found(null)],
    },
  },
  {
    process: 'conversation-analysis',
    case: 'not-transcribed',
    input: of('conversationId', { generation: 1 }),
    answers: {
      conversationsAttend: [found({ status: 'transcribe' }), found({ status: 'failed' })],
      conversationsTranscribe: [FAILS],
      conversationsFail: [found(null)],
    },
  },
  {
    process: 'integration-removal',
    case: 'forgotten',
    input: of('integrationId'),
    answers: { removalsRevoke: [FAILS], removalsForget: [found(null)] },
  },
  {
    process: 'integration-removal',
    case: 'cancelled',
    input: of('integrationId'),
    answers: { removalsRevoke: [HANGS], removalsForget: [found(null)] },
  },
  {
    process: 'attribution-schedule',
    case: 'skipped',
    input: of('scheduleId'),
    answers: { attributionScheduleFire: [found({ status: 'skipped', runId: null })] },
  },
  {
    process: 'attribution-schedule',
    case: 'failed',
    input: of('scheduleId'),
    answers: { attributionScheduleFire: [FAILS] },
  },
  {
    process: 'privacy-retention',
    case: 'nobody',
    answers: { privacyListRetentions: [found([])] },
  },
  {
    process: 'privacy-retention',
    case: 'several',
    answers: {
      privacyListRetentions: [found([of('retentionId'), of('retentionId')])],
      privacyRetain: [found(3), found(4)],
    },
  },
  ...job('api-key-expiry', 'apiKeysExpire'),
  ...job('housekeeping', 'housekeepingPurgeIdempotencyKeys', { housekeepingEndLostRuns: 0 }),
  ...job('intent-hourly', 'intentCatchUp', { intentExpire: 0, intentDecay: 0 }),
  ...job('lead-rescore', 'leadScoringRescore'),
  ...job('lists-hourly', 'listsFollowTime'),
  ...job('pipeline-daily', 'pipelineTakeSnapshots', { pipelineRefreshHealth: 0 }),
  ...job('webhook-upkeep', 'webhookUpkeepRestart', { webhookUpkeepPurge: 0 }),
];
