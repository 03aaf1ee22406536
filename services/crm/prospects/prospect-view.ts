import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export const PROSPECT_STATUSES = [
  'new',
  'contacted',
  'engaged',
  'qualified',
  'unqualified',
  'customer',
  'do_not_contact',
] as const;
export const RELATIONSHIP_STAGES = ['cold', 'aware', 'engaged', 'opportunity', 'customer', 'former_customer'] as const;

export type ProspectStatus = (typeof PROSPECT_STATUSES)[number];
export type RelationshipStage = (typeof RELATIONSHIP_STAGES)[number];

export interface ProspectView {
  id: string;
  email: string | null;
  phone: string | null;
  linkedinUrl: string | null;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  company: string | null;
  accountId: string | null;
  /** The person in the identity spine, once something was heard of them. */
  customerId: string | null;
  status: ProspectStatus;
  relationshipStage: RelationshipStage;
  priorityScore: number | null;
  intentScore: number | null;
  intentTier: string | null;
  qualificationScore: number | null;
  bdrAssigned: boolean;
  enrichmentData: Record<string, unknown>;
  enrichmentStatus: string | null;
  enrichmentReason: string | null;
  aiInsights: Record<string, unknown>;
  timeZone: string | null;
  language: string | null;
  country: string | null;
  source: string | null;
  ownerId: string | null;
  teamId: string | null;
  custom: Record<string, unknown>;
  lastActivityAt: Date | null;
  mergedIntoId: string | null;
  deletedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export const PROSPECT_COLUMNS: RawBuilder<unknown> = sql.raw(`
  p.id, p.email, p.phone, p.linkedin_url as "linkedinUrl", p.first_name as "firstName", p.last_name as "lastName",
  p.title, p.company, p.account_id as "accountId", p.customer_id as "customerId", p.status,
  p.relationship_stage as "relationshipStage", p.priority_score as "priorityScore",
  p.intent_score::double precision as "intentScore", p.intent_tier as "intentTier",
  p.qualification_score as "qualificationScore", p.bdr_assigned as "bdrAssigned",
  p.enrichment_data as "enrichmentData", p.enrichment_status as "enrichmentStatus",
  p.enrichment_reason as "enrichmentReason", p.ai_insights as "aiInsights", p.time_zone as "timeZone", p.language,
  p.country, p.source, p.owner_id as "ownerId", p.team_id as "teamId", p.custom,
  p.last_activity_at as "lastActivityAt", p.merged_into_id as "mergedIntoId", p.deleted_at as "deletedAt",
  p.created_at as "createdAt", p.updated_at as "updatedAt", p.version`);

/** @throws AppError not_found, also for a deleted one. */
export async function readProspect(ctx: Ctx, id: string): Promise<ProspectView> {
  const { rows } = await sql<ProspectView>`
    select ${PROSPECT_COLUMNS} from prospects p
    where p.organization_id = ${ctx.organizationId} and p.id = ${id} and p.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The prospect');
  return rows[0];
}

/** @throws AppError not_found. */
export const getProspect = verb(
  { permission: 'prospects.view' },
  (ctx, input: { id: string }): Promise<ProspectView> => readProspect(ctx, input.id),
);

export interface ListProspectsInput extends PageInput {
  status?: ProspectStatus | undefined;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  accountId?: string | undefined;
  intentTier?: string | undefined;
  relationshipStage?: RelationshipStage | undefined;
  /** Part of a name, address, company or title. */
  q?: string | undefined;
}

/** Newest first. */
export const listProspects = verb(
  { permission: 'prospects.view' },
  async (ctx, input: ListProspectsInput): Promise<{ items: ProspectView[]; total: number }> => {
    const equal = (column: string, value: string | undefined) =>
      value === undefined ? [] : [sql`p.${sql.raw(column)} = ${value}`];
    const conditions = sql.join(
      [
        sql`p.organization_id = ${ctx.organizationId}`,
        sql`p.deleted_at is null`,
        ...equal('status', input.status),
        ...equal('owner_id', input.ownerId),
        ...equal('team_id', input.teamId),
        ...equal('account_id', input.accountId),
        ...equal('intent_tier', input.intentTier),
        ...equal('relationship_stage', input.relationshipStage),
        ...(input.q === undefined ? [] : [sql`p.search like ${likePattern(input.q)}`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ProspectView & { total: number }>`
        select ${PROSPECT_COLUMNS}, (select count(*) from prospects p where ${conditions})::integer as total
        from prospects p where ${conditions}
        order by p.created_at desc, p.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** What is typed is text, not a pattern. */
export const likePattern = (q: string): string => `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
