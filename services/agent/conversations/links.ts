import { sql } from 'kysely';
import { conflict, type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

/** Records that a conversation belongs to. */
export interface LinkInput {
  interactionId?: string | undefined;
  callLogId?: string | undefined;
  meetingId?: string | undefined;
  prospectId?: string | undefined;
  accountId?: string | undefined;
  dealId?: string | undefined;
  /** Who led it; default: the person who acts. */
  userId?: string | undefined;
}

const TABLES = {
  interactionId: ['interactions', 'voided_at'],
  callLogId: ['call_logs', 'deleted_at'],
  meetingId: ['meetings', null],
  prospectId: ['prospects', 'deleted_at'],
  accountId: ['accounts', 'deleted_at'],
  dealId: ['deals', 'deleted_at'],
  userId: ['users', 'deleted_at'],
} as const satisfies Record<keyof LinkInput, readonly [table: string, gone: string | null]>;
const FIELDS = Object.keys(TABLES) as (keyof LinkInput)[];

/**
 * The columns of the links, completed by what the records say: a call log brings its prospect and interaction.
 * @throws AppError validation naming each that does not exist; conflict `CONVERSATION_EXISTS` where the touch has one.
 */
export async function requireLinks(ctx: Ctx, input: LinkInput) {
  const named = FIELDS.flatMap((field) => (input[field] ? [{ field, id: input[field] }] : []));
  if (named.length > 0) await requireExisting(ctx, named);
  const { rows } = await sql<{
    interaction_id: string | null;
    prospect_id: string | null;
    account_id: string | null;
    deal_id: string | null;
    user_id: string | null;
  }>`
    select coalesce(${input.interactionId ?? null}::uuid, l.interaction_id) as interaction_id,
           coalesce(${input.prospectId ?? null}::uuid, l.prospect_id) as prospect_id,
           coalesce(${input.accountId ?? null}::uuid, l.account_id, p.account_id) as account_id,
           coalesce(${input.dealId ?? null}::uuid, l.deal_id) as deal_id,
           coalesce(${input.userId ?? null}::uuid, l.user_id) as user_id
    from (select 1) one
    left join call_logs l on l.organization_id = ${ctx.organizationId} and l.id = ${input.callLogId ?? null}::uuid
    left join lateral (
      select account_id from prospects
      where organization_id = ${ctx.organizationId} and id = coalesce(${input.prospectId ?? null}::uuid, l.prospect_id)
      limit 1) p on true`.execute(ctx.tx);
  const links = rows[0]!;
  const acting = ctx.principal.kind === 'user' ? ctx.principal.id : (ctx.principal.userId ?? null);
  await requireFree(ctx, links.interaction_id);
  return {
    ...links,
    user_id: links.user_id ?? acting,
    call_log_id: input.callLogId ?? null,
    meeting_id: input.meetingId ?? null,
  };
}

async function requireExisting(ctx: Ctx, named: readonly { field: keyof LinkInput; id: string }[]): Promise<void> {
  const { rows } = await sql<{ field: string }>`${sql.join(
    named.map(({ field, id }) => {
      const [table, gone] = TABLES[field];
      return sql`
        select ${field} as field from ${sql.table(table)}
        where organization_id = ${ctx.organizationId} and id = ${id}::uuid
          ${gone === null ? sql`` : sql`and ${sql.ref(gone)} is null`}`;
    }),
    sql` union all `,
  )}`.execute(ctx.tx);
  const found = new Set(rows.map((row) => row.field));
  const issues: FieldIssue[] = named
    .filter(({ field }) => !found.has(field))
    .map(({ field, id }) => ({ field, message: 'does not exist', value: id }));
  if (issues.length > 0) throw invalidAll(issues);
}

async function requireFree(ctx: Ctx, interactionId: string | null): Promise<void> {
  if (interactionId === null) return;
  const existing = await ctx.tx
    .selectFrom('conversations')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('interaction_id', '=', interactionId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!existing) return;
  throw conflict('CONVERSATION_EXISTS', 'This call has its conversation already.', {
    hint: 'POST its transcribe with the other transcript, or delete it first.',
    details: { existingId: existing.id },
  });
}
