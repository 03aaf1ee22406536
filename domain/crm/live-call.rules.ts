/** What a call's events can say. */
export interface CallFields {
  direction: 'inbound' | 'outbound';
  from: string;
  to: string;
  agentExternalId: string;
  agentName: string;
  team: string | number;
  vendorCode: string;
  startedAt: string;
  endedAt: string;
  durationSeconds: number;
  language: string;
  transcriptUrl: string;
  primaryIntent: string;
  purchaseProbability: number;
  outcome: string;
  customer: { phone?: string; email?: string; externalId?: string };
  cost: { amount: string; currency: string };
  /** The text itself is kept apart; here stands whose word was the last. */
  transcript: true;
  /** When the call began and ended by the events of that name. */
  startEvent: string;
  endEvent: string;
}
export type CallField = keyof CallFields;

export interface CallEvent {
  /** Unique among the events of its call. */
  readonly key: string;
  readonly type: CallEventType;
  readonly occurredAt: Date;
  readonly says: Partial<CallFields>;
  /** What the provider says beyond that, by its own names. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export const CALL_EVENT_TYPES = [
  'call.started',
  'call.intent.detected',
  'call.transcript.updated',
  'call.ended',
] as const;
export type CallEventType = (typeof CALL_EVENT_TYPES)[number];

/** When it was said, by which kind of event, by which one: no two events have the same. */
export type Stamp = readonly [atMs: number, rank: number, key: string];
interface Fact<Value> {
  readonly value: Value;
  readonly stamp: Stamp;
}
export type CallFacts = { readonly [F in CallField]?: Fact<CallFields[F]> } & {
  readonly [extra: `x:${string}`]: Fact<unknown>;
};

/** Of two events of one moment the later kind has the word, then the larger key: any order, but always the same. */
export const stampOf = ({ occurredAt, type, key }: CallEvent): Stamp => [
  occurredAt.getTime(),
  CALL_EVENT_TYPES.indexOf(type),
  key,
];

export function isLater(a: Stamp, b: Stamp): boolean {
  if (a[0] !== b[0]) return a[0] > b[0];
  if (a[1] !== b[1]) return a[1] > b[1];
  return a[2] > b[2];
}

/**
 * The facts after one more event: field by field, the newest word counts. The result is the same in whatever order events
 * come and however often, because the newest of a set does not depend on the way through it.
 */
export function withEvent(facts: CallFacts, event: CallEvent): CallFacts {
  const stamp = stampOf(event);
  const at = event.occurredAt.toISOString();
  const extra = Object.entries(event.extra ?? {}).map(([name, value]) => [`x:${name}`, value] as const);
  const says: Partial<CallFields> = {
    ...event.says,
    ...Object.fromEntries(extra),
    ...(event.type === 'call.started' ? { startEvent: at } : {}),
    ...(event.type === 'call.ended' ? { endEvent: at } : {}),
  };
  const after: Record<string, unknown> = { ...facts };
  for (const [field, value] of Object.entries(says)) {
    const known = facts[field as CallField];
    if (value !== undefined && (!known || isLater(stamp, known.stamp))) after[field] = { value, stamp };
  }
  return after as CallFacts;
}

/** What the provider says beyond the known fields. */
export const extrasOf = (facts: CallFacts): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, fact]) => (name.startsWith('x:') ? [[name.slice(2), fact.value]] : [])),
  );

export interface CallState {
  readonly status: 'live' | 'ended';
  readonly endReason: 'reported' | 'silence' | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly durationSeconds: number | null;
}

/**
 * When the call took place. What is not said is worked out from what is: a call without a start began with the first word
 * about it; one that nobody ended has ended with the last word, once it has been silent for long enough.
 */
export function callState(
  facts: CallFacts,
  heard: { readonly first: Date; readonly silentSince: Date | null },
): CallState {
  const at = (field: 'startedAt' | 'endedAt' | 'startEvent' | 'endEvent') => {
    const text = facts[field]?.value;
    return text === undefined ? null : new Date(text);
  };
  const duration = facts.durationSeconds?.value ?? null;
  const reportedEnd = at('endedAt') ?? at('endEvent');
  const startedAt = at('startedAt') ?? at('startEvent') ?? earlier(heard.first, reportedEnd, duration);
  const wholeSeconds = (end: Date) => Math.round((end.getTime() - startedAt.getTime()) / 1000);
  if (reportedEnd === null) {
    if (heard.silentSince === null) {
      return { status: 'live', endReason: null, startedAt, endedAt: null, durationSeconds: null };
    }
    const endedAt = notBefore(startedAt, heard.silentSince);
    return { status: 'ended', endReason: 'silence', startedAt, endedAt, durationSeconds: wholeSeconds(endedAt) };
  }
  const stated = at('endedAt');
  const endedAt = notBefore(
    startedAt,
    stated ?? (duration === null ? reportedEnd : new Date(startedAt.getTime() + duration * 1000)),
  );
  const durationSeconds = duration === null ? wholeSeconds(endedAt) : Math.round(duration);
  return { status: 'ended', endReason: 'reported', startedAt, endedAt, durationSeconds };
}

/** The start of a call that nobody has told the start of. */
function earlier(first: Date, end: Date | null, duration: number | null): Date {
  if (end === null) return first;
  if (duration !== null) return new Date(end.getTime() - duration * 1000);
  return first < end ? first : end;
}

const notBefore = (start: Date, at: Date): Date => (at < start ? start : at);

/** A word of the provider for a number that is kept back. */
const NOBODY = /^(?:|anonymous|unknown|private|restricted|withheld|unavailable|blocked|none|null)$/i;

export interface CallIdentifier {
  type: string;
  value: string;
}

/** Who the other side is: what the event says of the customer, else the number at the other end; empty when unknown. */
export function callerIdentifiers(facts: CallFacts): CallIdentifier[] {
  const { phone, email, externalId } = facts.customer?.value ?? {};
  const stated = [
    ...(phone === undefined ? [] : identifierOfAddress(phone)),
    ...(email === undefined ? [] : [{ type: 'email', value: email }]),
    ...(externalId === undefined ? [] : [{ type: 'external_id', value: externalId }]),
  ];
  if (phone !== undefined) return stated;
  const other = facts.direction?.value === 'outbound' ? facts.to : facts.from;
  return [...stated, ...(other === undefined ? [] : identifierOfAddress(other.value))];
}

function identifierOfAddress(address: string): CallIdentifier[] {
  const trimmed = address.trim();
  if (NOBODY.test(trimmed)) return [];
  const digits = trimmed.replace(/\D/g, '').length;
  const isPhone = /^\+?[\d\s().-]+$/.test(trimmed) && digits >= 7 && digits <= 15;
  return [{ type: isPhone ? 'phone' : 'caller', value: trimmed }];
}

const DISPOSITION_WORDS = [
  ['voicemail', /voice ?mail|machine|mailbox/],
  ['no_answer', /no[_ -]?answer|not[_ -]?answered|unanswered|missed|abandon|cancel|failed/],
  ['busy', /busy|reject|declin/],
] as const;

/** How the call log calls the outcome; null while nothing tells. */
export function dispositionOf(
  outcome: string | null,
  durationSeconds: number | null,
): 'answered' | 'voicemail' | 'no_answer' | 'busy' | null {
  const words = outcome?.toLowerCase() ?? '';
  const found = DISPOSITION_WORDS.find(([, pattern]) => pattern.test(words));
  if (found) return found[0];
  return (durationSeconds ?? 0) > 0 ? 'answered' : null;
}

/** How long a call may be silent before it counts as ended, and how long an ended one is kept open for late events. */
export const SILENCE_SECONDS = 4 * 3_600;
export const GRACE_SECONDS = 15 * 60;

/** How many seconds after its last event something is due about a call. */
export const patience = (ended: boolean): number => (ended ? GRACE_SECONDS : SILENCE_SECONDS);

export type CallStep =
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'silence' }
  | { readonly kind: 'close' };

/** What is to be done about a call at this moment. @param heardAt when its last event came in, by our own clock */
export function callStep(call: { readonly ended: boolean; readonly heardAt: Date }, now: Date): CallStep {
  const until = new Date(call.heardAt.getTime() + patience(call.ended) * 1000);
  if (until > now) return { kind: 'wait', until };
  return { kind: call.ended ? 'close' : 'silence' };
}
