import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { readTicket } from './ticket-view.ts';

export interface ReplyView {
  id: string;
  ticketId: string;
  author: 'agent' | 'customer' | 'system';
  authorId: string | null;
  authorName: string | null;
  authorEmail: string | null;
  body: string;
  isInternal: boolean;
  cannedResponseId: string | null;
  channel: string;
  /** The mail that took it to the requester. */
  sendId: string | null;
  createdAt: Date;
}

const COLUMNS = sql.raw(`
  r.id, r.ticket_id as "ticketId", r.author_kind as author, r.author_id as "authorId",
  coalesce(r.author_name, nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '')) as "authorName",
  coalesce(r.author_email, u.email) as "authorEmail", r.body, r.is_internal as "isInternal",
  r.canned_response_id as "cannedResponseId", r.channel, r.send_id as "sendId", r.written_at as "createdAt"`);
const FROM = sql.raw(`
  ticket_replies r left join users u on u.organization_id = r.organization_id and u.id = r.author_id`);

/** @throws AppError not_found. */
export async function readReply(ctx: Ctx, id: string): Promise<ReplyView> {
  const { rows } = await sql<ReplyView>`
    select ${COLUMNS} from ${FROM} where r.organization_id = ${ctx.organizationId} and r.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The reply');
  return rows[0];
}

export interface ListRepliesInput extends PageInput {
  id: string;
  isInternal?: boolean | undefined;
}

/** In the order in which they were written. @throws AppError not_found. */
export const listReplies = verb(
  { permission: 'tickets.view' },
  async (ctx, input: ListRepliesInput): Promise<{ items: ReplyView[]; total: number }> => {
    await readTicket(ctx, input.id);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ReplyView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from ${FROM}
        where r.organization_id = ${ctx.organizationId} and r.ticket_id = ${input.id}
          ${input.isInternal === undefined ? sql`` : sql`and r.is_internal = ${input.isInternal}`}
        order by r.written_at, r.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
