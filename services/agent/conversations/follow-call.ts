import { sql } from 'kysely';
import { readTranscript, type Turn } from '../../../domain/agent/transcript.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { type CallRecord, readCallRecord } from '../../crm/index.ts';
import { restartAnalysis, startAnalysis } from './change-conversation.ts';
import { hashOf, storeTranscript } from './store-transcript.ts';

interface Held {
  id: string;
  generation: number;
  transcript_hash: Uint8Array | null;
  transcript_url: string | null;
}

/**
 * The conversation of a call of telephony: made with its first transcript (or the address of one), analysed anew when a
 * newer one says something else, and kept in line with what is known of the call.
 */
export async function followCall(ctx: Ctx, liveCallId: string): Promise<void> {
  const call = await readCallRecord(ctx, liveCallId);
  if (!call) return;
  const existing = await hold(ctx, call);
  if (!existing && call.transcript === null && call.transcriptUrl === null) return;
  const conversation = existing ?? (await make(ctx, call));
  if (!conversation) return;
  await keepInLine(ctx, conversation.id, call);
  const isNews = (await takeTranscript(ctx, conversation, call)) || (await takeAddress(ctx, conversation, call));
  if (!existing) await startAnalysis(ctx, conversation.id, conversation.generation);
  else if (isNews) await restartAnalysis(ctx, existing);
}

const hold = (ctx: Ctx, call: CallRecord): Promise<Held | undefined> =>
  ctx.tx
    .selectFrom('conversations')
    .select(['id', 'generation', 'transcript_hash', 'transcript_url'])
    .where('organization_id', '=', ctx.organizationId)
    .where((eb) =>
      eb.or([
        eb('live_call_id', '=', call.id),
        ...(call.interactionId === null ? [] : [eb('interaction_id', '=', call.interactionId)]),
      ]),
    )
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .forNoKeyUpdate()
    .executeTakeFirst();

/** Undefined when a person has deleted the conversation of this call: it does not come back by itself. */
async function make(ctx: Ctx, call: CallRecord): Promise<Held | undefined> {
  const { rows } = await sql<Held>`
    insert into conversations (organization_id, id, kind, live_call_id, interaction_id, started_at, transcript_url)
    select ${ctx.organizationId}, ${uuidv7()}::uuid, 'call', ${call.id}::uuid, ${call.interactionId}::uuid,
           ${call.startedAt}::timestamptz, ${call.transcriptUrl}
    where not exists (
      select from conversations gone where gone.organization_id = ${ctx.organizationId}
        and gone.live_call_id = ${call.id}::uuid)
    returning id, generation, transcript_hash, transcript_url`.execute(ctx.tx);
  return rows[0];
}

async function keepInLine(ctx: Ctx, id: string, call: CallRecord): Promise<void> {
  const participants = call.agentName === null ? [] : [{ name: call.agentName, role: 'rep' }];
  await sql`
    update conversations set live_call_id = ${call.id}::uuid,
      interaction_id = coalesce(interaction_id, ${call.interactionId}::uuid),
      call_log_id = coalesce(call_log_id, ${call.callLogId}::uuid),
      prospect_id = coalesce(prospect_id, ${call.prospectId}::uuid),
      account_id = coalesce(account_id, ${call.accountId}::uuid), agent_id = ${call.agentId}::uuid,
      user_id = coalesce(user_id, ${call.userId}::uuid), language = coalesce(${call.language}, language),
      started_at = ${call.startedAt}::timestamptz,
      duration_seconds = coalesce(${call.durationSeconds}::integer, duration_seconds),
      participants = case when participants = '[]' then ${JSON.stringify(participants)}::jsonb else participants end
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
}

/** Whether a transcript was taken that says something new. */
async function takeTranscript(ctx: Ctx, conversation: Held, call: CallRecord): Promise<boolean> {
  if (call.transcript === null) return false;
  const read = readTranscript(call.transcript as string | Turn[]);
  if (!read.ok) return false;
  const before = conversation.transcript_hash;
  if (before !== null && hashOf(read.statements).equals(Buffer.from(before))) return false;
  const known = call.agentName === null ? [] : [{ name: call.agentName, role: 'rep' as const }];
  await storeTranscript(ctx, conversation.id, read, known);
  return true;
}

/** Whether there is another address to fetch the transcript from; what came by itself needs none. */
async function takeAddress(ctx: Ctx, conversation: Held, call: CallRecord): Promise<boolean> {
  const { transcript, transcriptUrl } = call;
  if (transcript !== null || transcriptUrl === null || transcriptUrl === conversation.transcript_url) return false;
  await ctx.tx
    .updateTable('conversations')
    .set({ transcript_url: transcriptUrl, transcript_hash: null, status: 'waiting', error_code: null })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', conversation.id)
    .execute();
  return true;
}
