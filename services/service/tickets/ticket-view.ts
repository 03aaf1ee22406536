import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import type { SlaState } from '../../../domain/service/sla.rules.ts';
import type { TicketChannel, TicketPriority, TicketStatus } from '../../../domain/service/ticket.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { escaped, filterCondition, orderOf } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { readTicketFilter, ticketFilter } from './ticket-filter.ts';

export interface TicketView {
  id: string;
  /** Counted per organization. */
  number: number;
  subject: string;
  description: string | null;
  status: TicketStatus;
  priority: TicketPriority;
  channel: TicketChannel;
  requesterEmail: string | null;
  requesterName: string | null;
  prospectId: string | null;
  accountId: string | null;
  assigneeId: string | null;
  teamId: string | null;
  tags: string[];
  language: string | null;
  custom: Record<string, unknown>;
  slaId: string | null;
  slaState: SlaState;
  firstResponseDueAt: Date | null;
  nextResponseDueAt: Date | null;
  resolutionDueAt: Date | null;
  firstResponseBreached: boolean;
  nextResponseBreached: boolean;
  resolutionBreached: boolean;
  firstRespondedAt: Date | null;
  lastReplyAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  reopenedCount: number;
  satisfactionScore: number | null;
  mergedIntoId: string | null;
  splitFromId: string | null;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface TicketDetail extends TicketView {
  watcherIds: string[];
  dealIds: string[];
  prospectIds: string[];
  replyCount: number;
  /** Elapsed seconds by the clock on the wall; business time stands in the SLA. */
  firstResponseSeconds: number | null;
  resolutionSeconds: number | null;
  attachments: AttachmentView[];
}

export interface AttachmentView {
  id: string;
  replyId: string | null;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  t.id, t.number, t.subject, t.description, t.status, t.priority, t.channel, t.requester_email as "requesterEmail",
  t.requester_name as "requesterName", t.prospect_id as "prospectId", t.account_id as "accountId",
  t.assignee_id as "assigneeId", t.team_id as "teamId", t.tags, t.language, t.custom, t.sla_id as "slaId",
  t.sla_state as "slaState", t.first_response_due_at as "firstResponseDueAt",
  t.next_response_due_at as "nextResponseDueAt", t.resolution_due_at as "resolutionDueAt",
  t.first_response_breached_at is not null as "firstResponseBreached",
  t.next_response_breached_at is not null as "nextResponseBreached",
  t.resolution_breached_at is not null as "resolutionBreached", t.first_responded_at as "firstRespondedAt",
  t.last_reply_at as "lastReplyAt", t.resolved_at as "resolvedAt", t.closed_at as "closedAt",
  t.reopened_count as "reopenedCount", t.satisfaction_score as "satisfactionScore",
  t.merged_into_id as "mergedIntoId", t.split_from_id as "splitFromId", t.created_by as "createdBy",
  t.opened_at as "createdAt", t.updated_at as "updatedAt", t.version`);

const idsOf = (table: string, column: string) =>
  sql.raw(`array(select l.${column} from ${table} l
    where l.organization_id = t.organization_id and l.ticket_id = t.id order by l.created_at, l.${column})`);

/** @throws AppError not_found, also for a deleted one. */
export async function readTicket(ctx: Ctx, id: string): Promise<TicketDetail> {
  const { rows } = await sql<TicketDetail>`
    select ${COLUMNS}, ${idsOf('ticket_watchers', 'user_id')} as "watcherIds",
           ${idsOf('ticket_deals', 'deal_id')} as "dealIds", ${idsOf('ticket_prospects', 'prospect_id')} as "prospectIds",
           (select count(*) from ticket_replies r
            where r.organization_id = t.organization_id and r.ticket_id = t.id)::integer as "replyCount",
           floor(extract(epoch from t.first_responded_at - t.opened_at))::integer as "firstResponseSeconds",
           floor(extract(epoch from t.resolved_at - t.opened_at))::integer as "resolutionSeconds",
           coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'replyId', a.reply_id, 'fileName', a.file_name,
                       'mediaType', a.media_type, 'sizeBytes', a.size_bytes) order by a.created_at, a.id)
                     from ticket_attachments a
                     where a.organization_id = t.organization_id and a.ticket_id = t.id), '[]') as attachments
    from tickets t
    where t.organization_id = ${ctx.organizationId} and t.id = ${id} and t.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The ticket');
  return rows[0];
}

/** @throws AppError not_found. */
export const getTicket = verb(
  { permission: 'tickets.view' },
  (ctx, input: { id: string }): Promise<TicketDetail> => readTicket(ctx, input.id),
);

export interface ListTicketsInput extends PageInput {
  status?: TicketStatus | undefined;
  priority?: TicketPriority | undefined;
  assigneeId?: string | undefined;
  teamId?: string | undefined;
  prospectId?: string | undefined;
  accountId?: string | undefined;
  slaState?: SlaState | undefined;
  tag?: string | undefined;
  /** Text of the filter language. */
  filter?: string | undefined;
  /** Words of the subject or the requester, or the number. */
  q?: string | undefined;
  sort: readonly SortKey[];
}

const EQUAL = [
  ['status', 'status'],
  ['priority', 'priority'],
  ['assigneeId', 'assignee_id'],
  ['teamId', 'team_id'],
  ['prospectId', 'prospect_id'],
  ['accountId', 'account_id'],
  ['slaState', 'sla_state'],
] as const;

/** One statement. Newest first unless asked otherwise. */
export const listTickets = verb(
  { permission: 'tickets.view' },
  async (ctx, input: ListTicketsInput): Promise<{ items: TicketView[]; total: number }> => {
    const table = await ticketFilter(ctx);
    const filter = input.filter === undefined ? undefined : await readTicketFilter(ctx, input.filter);
    const where = sql.join(
      [
        sql`t.organization_id = ${ctx.organizationId}`,
        sql`t.deleted_at is null`,
        ...EQUAL.flatMap(([field, column]) =>
          input[field] === undefined ? [] : [sql`${sql.ref(`t.${column}`)} = ${input[field]}`],
        ),
        ...(input.tag === undefined ? [] : [sql`t.tags @> array[${input.tag}::text]`]),
        ...wordsOf(input.q),
        await filterCondition(ctx, table, filter),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<TicketView & { total: number }>`
        select ${COLUMNS}, (select count(*) from tickets t where ${where})::integer as total
        from tickets t where ${where}
        order by ${orderOf(table, input.sort, sql`t.id`)} limit ${limit}::integer offset ${offset}::bigint`.execute(
        ctx.tx,
      );
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** Each word on its own; a number names its ticket. */
const wordsOf = (q: string | undefined): RawBuilder<unknown>[] =>
  (q ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => {
      const number = /^#?(\d{1,9})$/.exec(word)?.[1];
      const text = sql`t.search like ${`%${escaped(word.toLowerCase())}%`}`;
      return number === undefined ? text : sql`(${text} or t.number = ${Number(number)})`;
    });
