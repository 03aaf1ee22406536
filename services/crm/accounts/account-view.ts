import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { containing } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export const LIFECYCLE_STAGES = ['MQL', 'SQL', 'Opportunity', 'Customer'] as const;
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

export interface AccountView {
  id: string;
  name: string;
  domain: string | null;
  industry: string | null;
  employeeCount: number | null;
  annualRevenue: number | null;
  location: string | null;
  phone: string | null;
  website: string | null;
  description: string | null;
  parentAccountId: string | null;
  lifecycleStage: LifecycleStage | null;
  isTarget: boolean;
  engagementScore: number | null;
  leadScore: number | null;
  healthScore: number | null;
  customerId: string | null;
  source: string | null;
  ownerId: string | null;
  teamId: string | null;
  custom: Record<string, unknown>;
  mergedIntoId: string | null;
  deletedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface CompanyProfile {
  summary: string | null;
  facts: Record<string, unknown>;
  source: string | null;
  researchedAt: Date | null;
}

export interface AccountDetail extends AccountView {
  /** What research found out about the company; null before the first one. */
  profile: CompanyProfile | null;
}

export const ACCOUNT_COLUMNS: RawBuilder<unknown> = sql.raw(`
  a.id, a.name, a.domain, a.industry, a.employee_count as "employeeCount",
  a.annual_revenue::double precision as "annualRevenue", a.location, a.phone, a.website, a.description,
  a.parent_account_id as "parentAccountId", a.lifecycle_stage as "lifecycleStage", a.is_target as "isTarget",
  a.engagement_score as "engagementScore", a.lead_score as "leadScore", a.health_score as "healthScore",
  a.customer_id as "customerId", a.source, a.owner_id as "ownerId", a.team_id as "teamId", a.custom,
  a.merged_into_id as "mergedIntoId", a.deleted_at as "deletedAt", a.created_at as "createdAt",
  a.updated_at as "updatedAt", a.version`);

/** @throws AppError not_found, also for a deleted one. */
export async function readAccount(ctx: Ctx, id: string): Promise<AccountDetail> {
  const { rows } = await sql<AccountDetail>`
    select ${ACCOUNT_COLUMNS},
           (select jsonb_build_object('summary', c.summary, 'facts', c.facts, 'source', c.source,
                                      'researchedAt', c.researched_at)
            from company_profiles c
            where c.organization_id = a.organization_id and c.account_id = a.id) as profile
    from accounts a
    where a.organization_id = ${ctx.organizationId} and a.id = ${id} and a.deleted_at is null`.execute(ctx.tx);
  const row = rows[0];
  if (!row) throw notFound('The account');
  const researchedAt = row.profile?.researchedAt;
  return row.profile && researchedAt
    ? { ...row, profile: { ...row.profile, researchedAt: new Date(researchedAt) } }
    : row;
}

/** @throws AppError not_found. */
export const getAccount = verb(
  { permission: 'accounts.view' },
  (ctx, input: { id: string }): Promise<AccountDetail> => readAccount(ctx, input.id),
);

export interface ListAccountsInput extends PageInput {
  ownerId?: string | undefined;
  teamId?: string | undefined;
  industry?: string | undefined;
  lifecycleStage?: LifecycleStage | undefined;
  isTarget?: boolean | undefined;
  /** Part of the name or domain. */
  q?: string | undefined;
}

/** By name. */
export const listAccounts = verb(
  { permission: 'accounts.view' },
  async (ctx, input: ListAccountsInput): Promise<{ items: AccountView[]; total: number }> => {
    const equal = (column: string, value: unknown) =>
      value === undefined ? [] : [sql`a.${sql.raw(column)} = ${value}`];
    const conditions = sql.join(
      [
        sql`a.organization_id = ${ctx.organizationId}`,
        sql`a.deleted_at is null`,
        ...equal('owner_id', input.ownerId),
        ...equal('team_id', input.teamId),
        ...equal('industry', input.industry),
        ...equal('lifecycle_stage', input.lifecycleStage),
        ...equal('is_target', input.isTarget),
        ...(input.q === undefined
          ? []
          : [sql`(a.name ilike ${containing(input.q)} or a.domain ilike ${containing(input.q)})`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<AccountView & { total: number }>`
        select ${ACCOUNT_COLUMNS}, (select count(*) from accounts a where ${conditions})::integer as total
        from accounts a where ${conditions}
        order by a.name, a.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface AccountNode {
  id: string;
  name: string;
  parentAccountId: string | null;
  /** 0 is the account that was asked for; ancestors count down, descendants up. */
  depth: number;
}

/** How far a tree is walked in either direction. */
const DEEPEST = 20;

/** The chain of parents and all accounts below, from the top down. @throws AppError not_found. */
export const getAccountHierarchy = verb(
  { permission: 'accounts.view' },
  async (ctx, input: { id: string }): Promise<{ id: string; nodes: AccountNode[] }> => {
    await readAccount(ctx, input.id);
    const { rows } = await sql<AccountNode>`
      with recursive above as (
        select a.id, a.name, a.parent_account_id, 0 as depth from accounts a
        where a.organization_id = ${ctx.organizationId} and a.id = ${input.id}
        union all
        select p.id, p.name, p.parent_account_id, above.depth - 1
        from above join accounts p on p.organization_id = ${ctx.organizationId} and p.id = above.parent_account_id
          and p.deleted_at is null
        where above.depth > ${-DEEPEST}),
      below as (
        select id, name, parent_account_id, depth from above where depth = 0
        union all
        select c.id, c.name, c.parent_account_id, below.depth + 1
        from below join accounts c on c.organization_id = ${ctx.organizationId} and c.parent_account_id = below.id
          and c.deleted_at is null
        where below.depth < ${DEEPEST})
      select id, name, parent_account_id as "parentAccountId", depth
      from (select * from above union select * from below) tree order by depth, name, id`.execute(ctx.tx);
    return { id: input.id, nodes: rows };
  },
);
