import { sql } from 'kysely';
import {
  type CallEvent,
  type CallFacts,
  callState,
  isLater,
  patience,
  stampOf,
  withEvent,
} from '../../../domain/crm/live-call.rules.ts';
import { signalProcesses, startProcesses } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emitAll } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { callEnded, callIntentDetected, callStarted, callTranscribed } from '../events.ts';
import { projectCalls } from './project-calls.ts';

/** What a telephone system has told of one of its calls. */
export interface ToldCall {
  readonly source: string;
  readonly callId: string;
  readonly event: CallEvent;
  /** Text, or statements with their speakers. */
  readonly transcript?: unknown;
}

/** A call as its row has it; `before` is what it was when this work began. */
interface Held {
  readonly id: string;
  readonly source: string;
  readonly callId: string;
  readonly before: { readonly facts: CallFacts; readonly status: 'live' | 'ended' };
  facts: CallFacts;
  first: Date;
  last: Date;
  readonly silentSince: Date | null;
  readonly closedAt: Date | null;
  readonly isNew: boolean;
  transcript: { content: unknown; saidAt: Date } | null;
}

/**
 * Makes events part of their calls, in whatever order and however often they come: the rows hold what a telling in order
 * would have made of them. New calls get their process, changed ones become interactions or correct theirs.
 */
export const applyCallEvents = verb(
  { permission: 'data.ingest' },
  async (ctx, told: readonly ToldCall[]): Promise<void> => {
    const calls = await holdCalls(ctx, told);
    for (const { source, callId, event, transcript } of told) {
      const call = calls.get(keyOf({ source, callId }));
      if (call) hear(call, event, transcript);
    }
    const all = [...calls.values()];
    await writeStates(ctx, all);
    await storeTranscripts(ctx, all);
    await projectCalls(
      ctx,
      all.map(({ id }) => id),
    );
    await tell(ctx, all);
  },
);

/** What stands as the problem of a call whose caller was erased: nothing is to bring them back. */
export const ERASED_CALL = 'erased';

const keyOf = ({ source, callId }: { source: string; callId: string }): string => `${source}\n${callId}`;

function hear(call: Held, event: CallEvent, transcript: unknown): void {
  const known = call.facts.transcript;
  if (transcript !== undefined && (!known || isLater(stampOf(event), known.stamp))) {
    call.transcript = { content: transcript, saidAt: event.occurredAt };
  }
  call.facts = withEvent(call.facts, event);
  if (event.occurredAt < call.first) call.first = event.occurredAt;
  if (event.occurredAt > call.last) call.last = event.occurredAt;
}

/** Rows of all calls that are told of, made where there are none, held in one order by everybody. */
async function holdCalls(ctx: Ctx, told: readonly ToldCall[]): Promise<Map<string, Held>> {
  const named = new Map(
    told.map(({ source, callId, event }) => [keyOf({ source, callId }), { source, callId, event }]),
  );
  const rows = [...named.values()].map(({ source, callId, event }) => ({
    id: uuidv7(),
    source,
    call_id: callId,
    at: event.occurredAt,
  }));
  const { rows: made } = await sql<{ id: string }>`
    insert into live_calls (organization_id, id, source, call_id, first_event_at, last_event_at, heard_at)
    select ${ctx.organizationId}, id, source, call_id, at, at, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(id uuid, source text, call_id text, at timestamptz)
    order by source, call_id
    on conflict (organization_id, source, call_id) do nothing
    returning id`.execute(ctx.tx);
  const isMade = new Set(made.map((row) => row.id));
  const { rows: held } = await sql<Omit<Held, 'before' | 'isNew' | 'transcript'> & { status: 'live' | 'ended' }>`
    select c.id, c.source, c.call_id as "callId", c.status, c.facts, c.first_event_at as first, c.last_event_at as last,
           c.silent_since as "silentSince", c.closed_at as "closedAt"
    from live_calls c
    where c.organization_id = ${ctx.organizationId} and (c.source, c.call_id) in (
      select source, call_id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(source text, call_id text))
      and c.problem is distinct from ${ERASED_CALL}
    order by c.source, c.call_id for no key update of c`.execute(ctx.tx);
  return new Map(
    held.map(({ status, ...row }) => [
      keyOf(row),
      { ...row, before: { facts: row.facts, status }, isNew: isMade.has(row.id), transcript: null },
    ]),
  );
}

/** What lists and streams read of a call, worked out of its facts. */
export async function writeStates(
  ctx: Ctx,
  calls: readonly Pick<Held, 'id' | 'facts' | 'first' | 'last' | 'silentSince'>[],
): Promise<void> {
  const rows = calls.map(({ id, facts, first, last, silentSince }) => {
    const state = callState(facts, { first, silentSince });
    return {
      id,
      facts,
      first_event_at: first,
      last_event_at: last,
      silent_since: silentSince,
      status: state.status,
      end_reason: state.endReason,
      started_at: state.startedAt,
      ended_at: state.endedAt,
      duration_seconds: state.durationSeconds,
      direction: facts.direction?.value,
      caller: facts.from?.value,
      callee: facts.to?.value,
      agent_external_id: facts.agentExternalId?.value,
      agent_name: facts.agentName?.value,
      vendor_code: facts.vendorCode?.value,
      primary_intent: facts.primaryIntent?.value,
      purchase_probability: facts.purchaseProbability?.value,
      outcome: facts.outcome?.value,
    };
  });
  await sql`
    update live_calls c set
      facts = row.facts, first_event_at = row.first_event_at, last_event_at = row.last_event_at,
      heard_at = ${ctx.now}::timestamptz, silent_since = row.silent_since, status = row.status,
      end_reason = row.end_reason, started_at = row.started_at, ended_at = row.ended_at,
      duration_seconds = row.duration_seconds, direction = row.direction, caller = row.caller, callee = row.callee,
      agent_external_id = row.agent_external_id, agent_name = row.agent_name, vendor_code = row.vendor_code,
      primary_intent = row.primary_intent, purchase_probability = row.purchase_probability, outcome = row.outcome
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, facts jsonb, first_event_at timestamptz, last_event_at timestamptz, silent_since timestamptz, status text,
      end_reason text, started_at timestamptz, ended_at timestamptz, duration_seconds integer, direction text,
      caller text, callee text, agent_external_id text, agent_name text, vendor_code text, primary_intent text,
      purchase_probability double precision, outcome text)
    where c.organization_id = ${ctx.organizationId} and c.id = row.id`.execute(ctx.tx);
}

async function storeTranscripts(ctx: Ctx, calls: readonly Held[]): Promise<void> {
  const rows = calls.flatMap(({ id, transcript }) =>
    transcript ? [{ id, content: transcript.content, said_at: transcript.saidAt }] : [],
  );
  if (rows.length === 0) return;
  await sql`
    insert into call_transcripts (organization_id, live_call_id, content, said_at)
    select ${ctx.organizationId}, id, content, said_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(id uuid, content jsonb, said_at timestamptz)
    on conflict (organization_id, live_call_id)
      do update set content = excluded.content, said_at = excluded.said_at`.execute(ctx.tx);
}

/** What others do because of the calls: their processes, and the events of these changes. */
async function tell(ctx: Ctx, calls: readonly Held[]): Promise<void> {
  const isEnded = (call: Held): boolean => callState(call.facts, call).status === 'ended';
  const made = calls.filter((call) => call.isNew);
  const ended = calls.filter((call) => call.before.status === 'live' && isEnded(call));
  const starts = made.map((call) => ({
    target: { entityId: call.id },
    input: { organizationId: ctx.organizationId, callId: call.id, lookInSeconds: patience(isEnded(call)) },
  }));
  await startProcesses(ctx, 'call', starts);
  const earlier = ended.filter((call) => !call.isNew).map(({ id }) => ({ entityId: id }));
  await signalProcesses(ctx, 'call', earlier, 'callChanged');
  const about = (all: readonly Held[]) => all.map(({ id }) => ({ entityId: id, data: { id } }));
  await emitAll(ctx, callStarted, about(made));
  await emitAll(ctx, callEnded, about(ended));
  await emitAll(ctx, callTranscribed, about(calls.filter(hasNewTranscript)));
  await emitAll(ctx, callIntentDetected, about(calls.filter(hasNewIntent)));
}

const hasNewTranscript = ({ transcript, facts, before }: Held): boolean =>
  transcript !== null || facts.transcriptUrl?.value !== before.facts.transcriptUrl?.value;

const hasNewIntent = ({ facts, before }: Held): boolean =>
  facts.primaryIntent !== undefined &&
  (facts.primaryIntent.value !== before.facts.primaryIntent?.value ||
    facts.purchaseProbability?.value !== before.facts.purchaseProbability?.value);
