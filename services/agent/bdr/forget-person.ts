import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { eraseAgentTexts } from './bdr-privacy.ts';
import { finish, lockActiveExecution, wake } from './executions.ts';

/** The work on an erased person ends; what it wrote between the erasure and its end goes as well. */
export async function forgetPerson(ctx: Ctx, customerId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select p.id from prospects p
    where p.organization_id = ${ctx.organizationId} and (p.customer_id = ${customerId}::uuid or p.customer_id in (
      select customer_id from identity_links where organization_id = ${ctx.organizationId}
        and canonical_id = ${customerId}::uuid))`.execute(ctx.tx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await eraseAgentTexts(ctx, ids);
  for (const prospectId of ids) {
    const execution = await lockActiveExecution(ctx, prospectId);
    if (!execution) continue;
    await finish(ctx, execution, 'gone', 'The person was erased.', 'stopped');
    await wake(ctx, execution);
  }
}
