import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { redactCalls } from '../gateway/index.ts';
import { finish, lockActiveExecution, wake } from './executions.ts';

/** Texts about an erased person go, in drafts, answers, memory and traces of models; figures and decisions stay. */
export async function forgetPerson(ctx: Ctx, customerId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select p.id from prospects p
    where p.organization_id = ${ctx.organizationId} and (p.customer_id = ${customerId}::uuid or p.customer_id in (
      select customer_id from identity_links where organization_id = ${ctx.organizationId}
        and canonical_id = ${customerId}::uuid))`.execute(ctx.tx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  for (const prospectId of ids) {
    const execution = await lockActiveExecution(ctx, prospectId);
    if (!execution) continue;
    await finish(ctx, execution, 'gone', 'The person was erased.', 'stopped');
    await wake(ctx, execution);
  }
  await redactCalls(ctx, ids);
  const theirs = sql`organization_id = ${ctx.organizationId} and prospect_id = any(${sql.val(ids)}::uuid[])`;
  await sql`
    update bdr_approval_queue set recipient = '', subject = '', body = '', sentences = '[]', reasons = '[]'
    where ${theirs}`.execute(ctx.tx);
  await sql`update bdr_replies set body = null where ${theirs}`.execute(ctx.tx);
  await sql`update bdr_context_memory set fact = '', fact_values = '{}' where ${theirs}`.execute(ctx.tx);
  await sql`update bdr_handoffs set summary = '', answers = '[]' where ${theirs}`.execute(ctx.tx);
}
