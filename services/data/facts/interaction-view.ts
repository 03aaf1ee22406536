import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Filter } from '../../../domain/core/filter.rules.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { filterCondition, orderOf, searchCondition } from '../../core/filter.ts';
import { INTERACTION_FILTER } from './fact-filters.ts';
import { all, belongsToPerson, type DayRange, readFactPage, withinDays } from './list-parts.ts';

export interface ParticipantView {
  type: 'agent' | 'team' | 'supervisor';
  agentId: string | null;
  externalId: string | null;
  name: string | null;
  teamId: string | null;
  share: number | null;
}

export interface InteractionView {
  id: string;
  externalInteractionId: string;
  customerId: string;
  channel: string;
  direction: 'inbound' | 'outbound' | null;
  language: string | null;
  primaryIntent: string | null;
  purchaseProbability: number | null;
  vendorId: string | null;
  vendorCode: string | null;
  campaign: string | null;
  utm: Record<string, string> | null;
  contentId: string | null;
  clickId: string | null;
  startedAt: Date;
  endedAt: Date | null;
  transcriptUrl: string | null;
  cost: string | null;
  costCurrency: string | null;
  participants: ParticipantView[];
  metadata: Record<string, unknown> | null;
  voidedAt: Date | null;
  voidReason: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

type InteractionRow = Omit<InteractionView, 'cost'> & { costMinor: number | null };

const COLUMNS = sql`
  f.id, f.external_id as "externalInteractionId", f.customer_id as "customerId", f.channel, f.direction, f.language,
  f.primary_intent as "primaryIntent", f.purchase_probability as "purchaseProbability", f.vendor_id as "vendorId",
  v.code as "vendorCode", t.campaign, t.utm, t.content_id as "contentId", f.click_id as "clickId",
  f.started_at as "startedAt", f.ended_at as "endedAt", f.transcript_url as "transcriptUrl",
  f.cost_minor as "costMinor", f.cost_currency as "costCurrency", f.metadata, f.voided_at as "voidedAt",
  f.void_reason as "voidReason", f.created_at as "createdAt", f.updated_at as "updatedAt", f.version,
  coalesce((
    select jsonb_agg(jsonb_build_object('type', p.role, 'agentId', p.agent_id, 'externalId', a.external_id,
                                        'name', a.name, 'teamId', p.team_id, 'share', p.share) order by p.ordinal)
    from interaction_participants p
    left join agents a on a.organization_id = p.organization_id and a.id = p.agent_id
    where p.organization_id = f.organization_id and p.interaction_id = f.id and p.interaction_version = f.version
  ), '[]') as participants`;

const JOINS = sql`
  left join vendors v on v.organization_id = f.organization_id and v.id = f.vendor_id
  left join touch_sources t on t.organization_id = f.organization_id and t.id = f.touch_source_id`;

const toView = ({ costMinor, ...row }: InteractionRow): InteractionView => ({
  ...row,
  cost: costMinor === null ? null : fromMinorUnits(costMinor, row.costCurrency!),
});

/** Voided ones too. @throws AppError not_found. */
export async function readInteraction(ctx: Ctx, id: string): Promise<InteractionView> {
  const { rows } = await sql<InteractionRow>`
    select ${COLUMNS} from interactions f ${JOINS}
    where f.organization_id = ${ctx.organizationId} and f.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The interaction');
  return toView(rows[0]);
}

/** @throws AppError not_found. */
export const getInteraction = verb(
  { permission: 'data.view' },
  (ctx, input: { id: string }): Promise<InteractionView> => readInteraction(ctx, input.id),
);

export interface ListInteractionsInput extends DayRange {
  page: number;
  limit: number;
  sort: readonly SortKey[];
  filter?: Filter | undefined;
  q?: string | undefined;
  channel?: string | undefined;
  vendorId?: string | undefined;
  vendorCode?: string | undefined;
  agentId?: string | undefined;
  /** Any record of a person stands for all of them. */
  customerId?: string | undefined;
}

/** Without voided ones. The total is exact up to 100,000 and stays there beyond. */
export const listInteractions = verb(
  { permission: 'data.view' },
  async (ctx, input: ListInteractionsInput): Promise<{ items: InteractionView[]; total: number }> => {
    const { channel, vendorId, vendorCode, agentId, customerId } = input;
    const conditions = [
      sql`f.organization_id = ${ctx.organizationId}`,
      sql`f.voided_at is null`,
      ...withinDays(ctx, 'f.started_at', input),
      ...(channel ? [sql`f.channel = ${channel}`] : []),
      ...(vendorId ? [sql`f.vendor_id = ${vendorId}`] : []),
      ...(vendorCode
        ? [
            sql`f.vendor_id = any(array(
            select id from vendors where organization_id = ${ctx.organizationId} and code = ${vendorCode}))`,
          ]
        : []),
      ...(agentId
        ? [
            sql`exists (
            select from interaction_participants p
            where p.organization_id = f.organization_id and p.interaction_id = f.id
              and p.interaction_version = f.version and p.agent_id = ${agentId})`,
          ]
        : []),
      ...(customerId ? [belongsToPerson(ctx, 'f.customer_id', customerId)] : []),
      searchCondition(INTERACTION_FILTER, input.q),
      await filterCondition(ctx, INTERACTION_FILTER, input.filter),
    ];
    const { rows, total } = await readFactPage<InteractionRow>(ctx, {
      rows: sql`from interactions f where ${all(conditions)}`,
      order: orderOf(INTERACTION_FILTER, input.sort, sql`f.id`),
      page: input.page,
      limit: input.limit,
      select: COLUMNS,
      joins: JOINS,
    });
    return { items: rows.map(toView), total };
  },
);
