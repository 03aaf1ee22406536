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

/** What these policies or rules ask of a ticket `t`, in their order. */
export async function conditionsOf(ctx: Ctx, candidates: readonly Scoped[]): Promise<RawBuilder<unknown>[]> {
  if (candidates.every(asksNothing)) return candidates.map(() => ALWAYS);
  const table = await ticketFilter(ctx);
  return Promise.all(candidates.map((one) => conditionOf(ctx, table, one)));
}

/** Which of them the ticket `t` of `source` meets, in one statement: a stored one, or one that is only thought of. */
export async function matching(
  ctx: Ctx,
  source: RawBuilder<unknown>,
  conditions: readonly RawBuilder<unknown>[],
): Promise<readonly boolean[]> {
  if (conditions.every((condition) => condition === ALWAYS)) return conditions.map(() => true);
  const { rows } = await sql<{ matches: boolean[] }>`
    select array[${sql.join(conditions.map((condition) => sql`coalesce(${condition}, false)`))}] as matches
    from ${source}`.execute(ctx.tx);
  return rows[0]?.matches ?? [];
}

const ALWAYS = sql`true`;
const asksNothing = ({ filter, segmentId }: Scoped): boolean => filter === null && !segmentId;

async function conditionOf(ctx: Ctx, table: FilterTable, one: Scoped): Promise<RawBuilder<unknown>> {
  if (asksNothing(one)) return ALWAYS;
  const { filter, segmentId } = one;
  const own = filter === null ? ALWAYS : await filterCondition(ctx, table, checkFilter(table.fields, filter));
  if (!segmentId) return own;
  const members = await segmentCondition(ctx, segmentId);
  return sql`(${own} and exists (select from ${prospectsSource(ctx)} where p.id = t.prospect_id and ${members}))`;
}
