import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { prospectsOfPerson } from '../../crm/index.ts';
import type { PersonRecords, PersonSection } from '../../data/index.ts';
import { redactCalls } from '../gateway/index.ts';

/** Words about these people go: drafts, answers, memory, reasons and traces of models. Figures and decisions stay. */
export async function eraseAgentTexts(ctx: Ctx, prospectIds: readonly string[]): Promise<Record<string, number>> {
  const theirs = sql`organization_id = ${ctx.organizationId} and prospect_id = any(${sql.val([...prospectIds])}::uuid[])`;
  const change = async (statement: RawBuilder<unknown>): Promise<number> =>
    Number((await statement.execute(ctx.tx)).numAffectedRows ?? 0n);
  return {
    agent_model_calls: await redactCalls(ctx, prospectIds),
    agent_messages: await change(sql`
      update bdr_approval_queue
      set recipient = '', subject = '', body = '', sentences = '[]', reasons = '[]', decision_reason = null
      where ${theirs} and (body <> '' or recipient <> '' or decision_reason is not null)`),
    agent_replies: await change(sql`
      update bdr_replies set body = null, reading = null
      where ${theirs} and (body is not null or reading is not null)`),
    agent_memory: await change(sql`
      update bdr_context_memory set fact = '', fact_values = '{}', source_url = null where ${theirs} and fact <> ''`),
    // Of people whom they have named.
    agent_referrals: await change(sql`
      update bdr_context_memory set fact = 'Somebody named this person.', fact_values = '{}'
      where organization_id = ${ctx.organizationId} and kind = 'referral'
        and fact_values ->> 'prospectId' = any(${sql.val([...prospectIds])}::text[])`),
    agent_handoffs: await change(sql`
      update bdr_handoffs set summary = '', answers = '[]', next_step = '', decision_reason = null
      where ${theirs} and (summary <> '' or next_step <> '')`),
    agent_decisions: await change(sql`
      update bdr_decisions set reasoning = '', evidence = '[]' where ${theirs} and reasoning <> ''`),
    agent_activities: await change(sql`
      update bdr_activities set summary = '', data = '{}' where ${theirs} and summary <> ''`),
  };
}

async function erase(ctx: Ctx, recordIds: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string }>`
    select id from prospects where organization_id = ${ctx.organizationId} and id in ${prospectsOfPerson(ctx, recordIds)}
    order by id for update`.execute(ctx.tx);
  return eraseAgentTexts(
    ctx,
    rows.map(({ id }) => id),
  );
}

const section = (table: string): PersonSection => ({
  table,
  belongs: (ctx, recordIds) => sql`prospect_id in ${prospectsOfPerson(ctx, recordIds)}`,
});

/** What the sales agent knows of a person. */
export const BDR_RECORDS: PersonRecords = {
  erase,
  sections: {
    agent_messages: section('bdr_approval_queue'),
    agent_replies: section('bdr_replies'),
    agent_memory: section('bdr_context_memory'),
    agent_handoffs: section('bdr_handoffs'),
  },
};
