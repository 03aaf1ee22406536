import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import type { TicketStatus } from '../../../domain/service/ticket.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { ticketMerged } from '../events.ts';
import { advanceClock } from '../slas/ticket-clock.ts';
import { moveTicket } from './change-status.ts';
import { lockTicket, watchTicket } from './ticket-row.ts';
import { readTicket, type TicketDetail } from './ticket-view.ts';

interface Moved {
  replyIds: string[];
  attachmentIds: string[];
  noteId: string;
  watcherIds: string[];
  status: TicketStatus;
  resolvedAt: string | null;
  awaitingSince: string | null;
}

export interface TicketMergeView {
  mergeId: string;
  sourceId: string;
  targetId: string;
  undoneAt: Date | null;
  ticket: TicketDetail;
}

/**
 * The source's conversation goes on in the target; the source is closed and points there. Each keeps its own clocks.
 * @throws AppError not_found; validation; conflict `TICKET_CLOSED`, `TICKET_MERGED`.
 */
export const mergeTickets = verb(
  { permission: 'tickets.edit' },
  async (ctx, { id: targetId, sourceId }: { id: string; sourceId: string }): Promise<TicketMergeView> => {
    if (sourceId.toLowerCase() === targetId.toLowerCase()) throw invalid('sourceId', 'is the ticket itself', sourceId);
    const { source, target } = await lockBoth(ctx, sourceId, targetId);
    if (source.mergedIntoId !== null) throw merged('The source was merged already.');
    if (target.status === 'closed') {
      throw conflict('TICKET_CLOSED', 'A closed ticket takes nothing in.', { hint: 'Merge into an open one.' });
    }
    const before = await readTicket(ctx, sourceId);
    const moved: Moved = {
      replyIds: await moveRows(ctx, 'ticket_replies', sourceId, targetId),
      attachmentIds: await moveRows(ctx, 'ticket_attachments', sourceId, targetId),
      noteId: await noteMerge(ctx, before, targetId),
      watcherIds: await shareWatchers(ctx, sourceId, targetId),
      status: source.status,
      resolvedAt: before.resolvedAt?.toISOString() ?? null,
      awaitingSince: source.awaitingSince?.toISOString() ?? null,
    };
    await advanceClock(ctx, sourceId);
    await ctx.tx
      .updateTable('tickets')
      .set({ merged_into_id: targetId })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', sourceId)
      .execute();
    await moveTicket(ctx, sourceId, source.status, 'closed');
    await advanceClock(ctx, sourceId, 'merged');
    const { id: mergeId } = await ctx.tx
      .insertInto('ticket_merges')
      .values({
        source_id: sourceId,
        target_id: targetId,
        moved: JSON.stringify(moved),
        merged_by: ctx.principal.userId ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'ticket.merge', { entityType: 'ticket', entityId: targetId, after: { mergeId, sourceId } });
    await emit(ctx, ticketMerged, { entityId: targetId, data: { mergeId, sourceId, targetId } });
    return { mergeId, sourceId, targetId, undoneAt: null, ticket: await readTicket(ctx, targetId) };
  },
);

/** Puts back what is still as the merge left it; what was written since stays in the target. @throws AppError not_found; conflict `MERGE_UNDONE`. */
export const undoTicketMerge = verb(
  { permission: 'tickets.edit' },
  async (ctx, { mergeId }: { mergeId: string }): Promise<TicketMergeView> => {
    const row = await ctx.tx
      .selectFrom('ticket_merges')
      .selectAll()
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', mergeId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound('The merge');
    if (row.undone_at !== null) throw conflict('MERGE_UNDONE', 'The merge was undone already.');
    const { source_id: sourceId, target_id: targetId } = row;
    const moved = row.moved as unknown as Moved;
    const { source } = await lockBoth(ctx, sourceId, targetId);
    if (source.mergedIntoId !== targetId) throw merged('The source is no longer part of this ticket.');
    for (const [table, ids] of [
      ['ticket_replies', moved.replyIds],
      ['ticket_attachments', moved.attachmentIds],
    ] as const) {
      await sql`
        update ${sql.table(table)} set ticket_id = ${sourceId}
        where organization_id = ${ctx.organizationId} and ticket_id = ${targetId} and id = any(${sql.val(ids)}::uuid[])`.execute(
        ctx.tx,
      );
    }
    await sql`
      delete from ticket_replies where organization_id = ${ctx.organizationId} and id = ${moved.noteId}`.execute(
      ctx.tx,
    );
    await sql`
      delete from ticket_watchers where organization_id = ${ctx.organizationId} and ticket_id = ${targetId}
        and user_id = any(${sql.val(moved.watcherIds)}::uuid[])`.execute(ctx.tx);
    const generation = source.generation + 1;
    await sql`
      update tickets set merged_into_id = null, status = ${moved.status}, closed_at = null, generation = ${generation},
        resolved_at = ${moved.resolvedAt}::timestamptz, awaiting_since = ${moved.awaitingSince}::timestamptz
      where organization_id = ${ctx.organizationId} and id = ${sourceId}`.execute(ctx.tx);
    if (moved.status !== 'closed') await watchTicket(ctx, sourceId, generation);
    await advanceClock(ctx, sourceId, 'merged');
    await sql`
      update ticket_merges set undone_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and id = ${mergeId}`.execute(ctx.tx);
    await audit(ctx, 'ticket.merge_undo', { entityType: 'ticket', entityId: targetId, after: { mergeId, sourceId } });
    return { mergeId, sourceId, targetId, undoneAt: ctx.now, ticket: await readTicket(ctx, sourceId) };
  },
);

const merged = (message: string) =>
  conflict('TICKET_MERGED', message, { hint: 'GET the ticket: mergedIntoId says where it is.' });

/** Always in the same order, so that two merges of the same tickets wait for each other. */
async function lockBoth(ctx: Ctx, sourceId: string, targetId: string) {
  const [first, second] = [sourceId, targetId].sort();
  const locked = [await lockTicket(ctx, first!), await lockTicket(ctx, second!)];
  return {
    source: locked.find(({ id }) => id === sourceId.toLowerCase())!,
    target: locked.find(({ id }) => id === targetId.toLowerCase())!,
  };
}

async function moveRows(ctx: Ctx, table: string, sourceId: string, targetId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update ${sql.table(table)} set ticket_id = ${targetId}
    where organization_id = ${ctx.organizationId} and ticket_id = ${sourceId} returning id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

/** What the source asked stands in the target, for those who go on there. */
async function noteMerge(ctx: Ctx, source: TicketDetail, targetId: string): Promise<string> {
  const { id } = await ctx.tx
    .insertInto('ticket_replies')
    .values({
      ticket_id: targetId,
      written_at: ctx.now,
      author_kind: 'system',
      body: [`Merged from #${source.number}: ${source.subject}`, source.description].filter(Boolean).join('\n\n'),
      is_internal: true,
      channel: 'api',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function shareWatchers(ctx: Ctx, sourceId: string, targetId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into ticket_watchers (ticket_id, user_id)
    select ${targetId}::uuid, user_id from ticket_watchers
    where organization_id = ${ctx.organizationId} and ticket_id = ${sourceId}
    on conflict do nothing returning user_id as id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
