import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { readFilter } from '../../../domain/core/filter.rules.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import type { ProspectStatus, RelationshipStage } from '../../../domain/crm/prospect.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { containing, filterCondition, orderOf } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { segmentCondition } from '../segments/segment-condition.ts';
import { idsByWords, idsComingClose, wordsOf } from './find-by-words.query.ts';
import { plainProspects, prospectFilter, prospectsSource } from './prospect-filter.ts';

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

export interface ProspectFilters {
  status?: ProspectStatus | undefined;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  accountId?: string | undefined;
  intentTier?: string | undefined;
  relationshipStage?: RelationshipStage | undefined;
  /** Members of a segment as they are now. */
  segment?: string | undefined;
  /** Text of the filter language, over all fields and the organization's own. */
  filter?: string | undefined;
  /** Words that stand in a name, address, company or title; without such rows, those that come close. */
  q?: string | undefined;
}

export interface ListProspectsInput extends ProspectFilters, PageInput {
  sort: readonly SortKey[];
}

/** Where to look and what for: all words of `q`, and for when nobody has them, those that come close. */
export async function prospectConditions(ctx: Ctx, input: ProspectFilters) {
  const table = await prospectFilter(ctx);
  const filter = input.filter === undefined ? undefined : readFilter(table.fields, input.filter);
  const conditions = [
    ...EQUAL.flatMap(([field, column]) =>
      input[field] === undefined ? [] : [sql`${sql.ref(`p.${column}`)} = ${input[field]}`],
    ),
    await filterCondition(ctx, table, filter),
    ...(input.segment === undefined ? [] : [await segmentCondition(ctx, input.segment)]),
  ];
  const { q } = input;
  return {
    table,
    source: input.filter === undefined && input.segment === undefined ? plainProspects(ctx) : prospectsSource(ctx),
    exact: q === undefined ? conditions : [...conditions, ...(await haveWords(ctx, q))],
    similar: q === undefined ? null : async () => [...conditions, await comeClose(ctx, q)],
  };
}

/** One statement, after the look-up of `q`; sorted by how close they come where only similar rows were found. */
export const listProspects = verb(
  { permission: 'prospects.view' },
  async (ctx, input: ListProspectsInput): Promise<{ items: ProspectView[]; total: number }> => {
    const { table, source, exact, similar } = await prospectConditions(ctx, input);
    const page = await readProspects(ctx, input, { source, conditions: exact }, orderOf(table, input.sort, sql`p.id`));
    if (page.total > 0 || input.q === undefined || similar === null) return page;
    // Nobody has all the words: perhaps one of them is misspelt.
    return readProspects(
      ctx,
      input,
      { source, conditions: await similar() },
      sql`word_similarity(${input.q.toLowerCase()}::text, p.search) desc, p.id`,
    );
  },
);

const EQUAL = [
  ['status', 'status'],
  ['ownerId', 'owner_id'],
  ['teamId', 'team_id'],
  ['accountId', 'account_id'],
  ['intentTier', 'intent_tier'],
  ['relationshipStage', 'relationship_stage'],
] as const;

async function readProspects(
  ctx: Ctx,
  input: PageInput,
  { source, conditions }: { source: RawBuilder<unknown>; conditions: readonly RawBuilder<unknown>[] },
  order: RawBuilder<unknown>,
): Promise<{ items: ProspectView[]; total: number }> {
  const where = sql.join([...conditions], sql` and `);
  const { rows, total } = await readPage(input, async (limit, offset) => {
    const page = await sql<ProspectView & { total: number }>`
      select ${PROSPECT_COLUMNS}, (select count(*) from ${source} where ${where})::integer as total
      from ${source} where ${where}
      order by ${order} limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
    return page.rows;
  });
  return { items: rows.map(({ total: _, ...row }) => row), total };
}

/** Each word on its own, so that "doe john" finds John Doe. By ids where the index can tell; else every row is asked. */
async function haveWords(ctx: Ctx, q: string): Promise<RawBuilder<unknown>[]> {
  const ids = await idsByWords(ctx, q);
  if (ids) return [sql`p.id = any(${sql.val(ids)}::uuid[])`];
  return wordsOf(q).map((word) => sql`p.search like ${containing(word)}`);
}

async function comeClose(ctx: Ctx, q: string): Promise<RawBuilder<unknown>> {
  const ids = await idsComingClose(ctx, q);
  return ids ? sql`p.id = any(${sql.val(ids)}::uuid[])` : sql`${q.toLowerCase()}::text <% p.search`;
}
