import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { ERASE_BATCH, type PersonRecords } from '../../data/index.ts';

/** Conversations about a touch of the person, or with a prospect who is them. */
const conversationsOf = (ctx: Ctx, recordIds: readonly string[]): RawBuilder<unknown> => {
  const records = sql`${sql.val([...recordIds])}::uuid[]`;
  return sql`(
    select c.id from conversations c
    left join interactions i on i.organization_id = c.organization_id and i.id = c.interaction_id
    left join prospects p on p.organization_id = c.organization_id and p.id = c.prospect_id
    where c.organization_id = ${ctx.organizationId}
      and (i.customer_id = any(${records}) or p.customer_id = any(${records})
           or (p.customer_id is null and exists (
             select from customer_identifiers own
             where own.organization_id = ${ctx.organizationId} and own.customer_id = any(${records})
               and ((own.type = 'email' and own.value = p.email_key) or (own.type = 'phone' and own.value = p.phone_key))))))`;
};

/** What was said goes; that there was a conversation, how long and by whom of ours, stays. */
async function erase(ctx: Ctx, recordIds: readonly string[]): Promise<Record<string, number>> {
  const gone = async (table: 'conversation_transcripts' | 'conversation_insights') => {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where organization_id = ${ctx.organizationId}
        and conversation_id in ${conversationsOf(ctx, recordIds)}`.execute(ctx.tx);
    return Number(numAffectedRows ?? 0n);
  };
  const statements = await gone('conversation_transcripts');
  const insights = await gone('conversation_insights');
  const { numAffectedRows } = await sql`
    update conversations set title = null, participants = '[]', recording_url = null, transcript_url = null,
      talk_time = null, deleted_at = coalesce(deleted_at, ${ctx.now}::timestamptz)
    where organization_id = ${ctx.organizationId} and id in ${conversationsOf(ctx, recordIds)}
      and (title is not null or participants <> '[]' or recording_url is not null or transcript_url is not null
           or talk_time is not null or deleted_at is null)`.execute(ctx.tx);
  return {
    conversation_transcripts: statements,
    conversation_insights: insights,
    conversations: Number(numAffectedRows ?? 0n),
  };
}

/** What was said long ago goes; figures of the conversation (how long, by whom, in what mood) stay. */
async function retain(ctx: Ctx, before: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with old as (
      select c.id from conversations c
      where c.organization_id = ${ctx.organizationId} and c.started_at < ${before} and c.status in ('completed', 'failed')
        and (c.title is not null or c.participants <> '[]' or c.recording_url is not null or c.transcript_url is not null
             or c.talk_time is not null
             or exists (select from conversation_transcripts t
                        where t.organization_id = c.organization_id and t.conversation_id = c.id)
             or exists (select from conversation_insights i
                        where i.organization_id = c.organization_id and i.conversation_id = c.id))
      limit ${ERASE_BATCH}::integer for no key update of c),
    statements as (
      delete from conversation_transcripts t using old
      where t.organization_id = ${ctx.organizationId} and t.conversation_id = old.id),
    insights as (
      delete from conversation_insights i using old
      where i.organization_id = ${ctx.organizationId} and i.conversation_id = old.id)
    update conversations c set title = null, participants = '[]', recording_url = null, transcript_url = null,
      transcript_hash = null, talk_time = null
    from old where c.organization_id = ${ctx.organizationId} and c.id = old.id
    returning c.id`.execute(ctx.tx);
  return rows.length;
}

export const CONVERSATION_RECORDS: PersonRecords = {
  erase,
  retain,
  sections: {
    conversations: {
      table: 'conversations',
      belongs: (ctx, recordIds) => sql`id in ${conversationsOf(ctx, recordIds)}`,
    },
    conversation_transcripts: {
      table: 'conversation_transcripts',
      key: 'conversation_id',
      belongs: (ctx, recordIds) => sql`conversation_id in ${conversationsOf(ctx, recordIds)}`,
    },
  },
};
