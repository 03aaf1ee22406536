import { type RawBuilder, sql } from 'kysely';
import { checkFilter, type Filter, readFilter } from '../../../domain/core/filter.rules.ts';
import { TICKET_FIELDS } from '../../../domain/service/ticket-fields.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { defineFilter, type FilterTable, filterCondition, withCustomFields } from '../../core/filter.ts';
import { accountRelation, customFilterFields, prospectsSource, segmentCondition } from '../../crm/records/index.ts';

const t = (column: string) => sql.ref(`t.${column}`);

const TICKET_FILTER = defineFilter(TICKET_FIELDS, {
  id: t('id'),
  number: t('number'),
  subject: t('subject'),
  status: t('status'),
  priority: t('priority'),
  channel: t('channel'),
  requesterEmail: t('requester_email'),
  requesterName: t('requester_name'),
  prospectId: t('prospect_id'),
  accountId: t('account_id'),
  assigneeId: t('assignee_id'),
  teamId: t('team_id'),
  tags: t('tags'),
  language: t('language'),
  slaId: t('sla_id'),
  slaState: t('sla_state'),
  satisfactionScore: t('satisfaction_score'),
  firstResponseDueAt: t('first_response_due_at'),
  nextResponseDueAt: t('next_response_due_at'),
  resolutionDueAt: t('resolution_due_at'),
  firstRespondedAt: t('first_responded_at'),
  lastReplyAt: t('last_reply_at'),
  resolvedAt: t('resolved_at'),
  closedAt: t('closed_at'),
  createdAt: t('opened_at'),
  account: accountRelation('t'),
  prospect: {
    from: sql`prospects pr`,
    on: sql`pr.organization_id = t.organization_id and pr.id = t.prospect_id and pr.deleted_at is null`,
    columns: {
      status: sql.ref('pr.status'),
      country: sql.ref('pr.country'),
      language: sql.ref('pr.language'),
      source: sql.ref('pr.source'),
      relationshipStage: sql.ref('pr.relationship_stage'),
    },
  },
});

/** The allow-list of this organization: the fields of every ticket `t` and its own ones. */
export async function ticketFilter(ctx: Ctx): Promise<FilterTable> {
  return withCustomFields(TICKET_FILTER, await customFilterFields(ctx, 'ticket'), sql`t.custom`);
}

/** A stored or given tree. @throws AppError validation naming what it may not ask. */
export async function checkTicketFilter(ctx: Ctx, filter: unknown, path = 'filter'): Promise<Filter> {
  return checkFilter((await ticketFilter(ctx)).fields, filter, { path });
}

export async function readTicketFilter(ctx: Ctx, text: string): Promise<Filter> {
  return readFilter((await ticketFilter(ctx)).fields, text);
}

export interface Scoped {
  readonly id: string;
  readonly filter: unknown;
  readonly segmentId?: string | null;
}

/**
 * Which of these policies or rules a ticket falls under, in their order, in one statement. `source` is the ticket `t`: a
 * stored one, or one that is only thought of.
 */
export async function matching(
  ctx: Ctx,
  source: RawBuilder<unknown>,
  candidates: readonly Scoped[],
): Promise<string[]> {
  if (candidates.length === 0) return [];
  if (candidates.every(({ filter, segmentId }) => filter === null && !segmentId)) return candidates.map(({ id }) => id);
  const table = await ticketFilter(ctx);
  const conditions = await Promise.all(candidates.map((one) => conditionOf(ctx, table, one)));
  const { rows } = await sql<{ matches: boolean[] }>`
    select array[${sql.join(conditions.map((condition) => sql`coalesce(${condition}, false)`))}] as matches
    from ${source}`.execute(ctx.tx);
  return candidates.filter((_, index) => rows[0]?.matches[index]).map(({ id }) => id);
}

async function conditionOf(ctx: Ctx, table: FilterTable, { filter, segmentId }: Scoped): Promise<RawBuilder<unknown>> {
  const own = filter === null ? sql`true` : await filterCondition(ctx, table, checkFilter(table.fields, filter));
  if (!segmentId) return own;
  const members = await segmentCondition(ctx, segmentId);
  return sql`(${own} and exists (select from ${prospectsSource(ctx)} where p.id = t.prospect_id and ${members}))`;
}
