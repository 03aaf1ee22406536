import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import type { IntegrationCategory, Provider } from '../../../domain/integrations/provider.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requirePerson } from '../../platform/users/index.ts';

export type MarketplaceEntry = Omit<Provider, 'oauth' | 'defaultBaseUrl'> & {
  installed: boolean;
  integrationIds: string[];
  rating: { average: number | null; count: number };
};

export interface ListMarketplaceInput extends PageInput {
  category?: IntegrationCategory | undefined;
  status?: Provider['status'] | undefined;
  installed?: boolean | undefined;
  q?: string | undefined;
}

/** Everything that can be connected or will be, with what this organization has installed and thinks of it. */
export const listMarketplace = verb(
  { permission: 'integrations.view' },
  async (ctx, input: ListMarketplaceInput): Promise<{ items: MarketplaceEntry[]; total: number }> => {
    const words = (input.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const found = (await readEntries(ctx, input.category)).filter(
      (entry) =>
        (input.status === undefined || entry.status === input.status) &&
        (input.installed === undefined || entry.installed === input.installed) &&
        words.every((word) => `${entry.name} ${entry.slug} ${entry.about}`.toLowerCase().includes(word)),
    );
    const from = (input.page - 1) * input.limit;
    return { items: found.slice(from, from + input.limit), total: found.length };
  },
);

/** What there is stands in the table, what each can do in the catalogue of the code. By name. */
async function readEntries(ctx: Ctx, category: IntegrationCategory | undefined): Promise<MarketplaceEntry[]> {
  const { rows } = await sql<{ slug: string; integrationIds: string[]; average: number | null; count: number }>`
    select m.slug, coalesce(i.ids, '{}') as "integrationIds", r.average::double precision as average,
           coalesce(r.count, 0)::integer as count
    from integration_marketplace m
    left join (select provider, array_agg(id order by created_at, id) as ids from team_integrations
               where organization_id = ${ctx.organizationId} and deleted_at is null group by provider) i
      on i.provider = m.slug
    left join (select provider, round(avg(rating), 2) as average, count(*) as count from integration_reviews
               where organization_id = ${ctx.organizationId} group by provider) r on r.provider = m.slug
    where ${category ?? null}::text is null or m.category = ${category ?? null}
    order by m.name collate "C", m.slug`.execute(ctx.tx);
  return rows.flatMap(({ slug, integrationIds, average, count }) => {
    const known = findProvider(slug);
    if (!known) return [];
    const { oauth: _, defaultBaseUrl: __, ...provider } = known;
    return [{ ...provider, installed: integrationIds.length > 0, integrationIds, rating: { average, count } }];
  });
}

export interface ReviewView {
  id: string;
  provider: string;
  rating: number;
  title: string | null;
  body: string | null;
  author: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const REVIEW = sql`
  v.id, v.provider, v.rating, v.title, v.body,
  (select nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') from users u
   where u.organization_id = v.organization_id and u.id = v.user_id) as author,
  v.created_at as "createdAt", v.updated_at as "updatedAt"`;

/** Newest first. @throws AppError not_found for a provider that is not in the catalogue. */
export const listReviews = verb(
  { permission: 'integrations.view' },
  async (ctx, input: PageInput & { slug: string }): Promise<{ items: ReviewView[]; total: number }> => {
    const { slug } = providerOf(input.slug);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ReviewView & { total: number }>`
        select ${REVIEW}, count(*) over ()::integer as total from integration_reviews v
        where v.organization_id = ${ctx.organizationId} and v.provider = ${slug}
        order by v.updated_at desc, v.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface WriteReviewInput {
  slug: string;
  rating: number;
  title?: string | null | undefined;
  body?: string | null | undefined;
}

/** One per person: a second one replaces the first. @throws AppError not_found; forbidden `NO_PERSON`. */
export const writeReview = verb(
  { permission: 'integrations.edit' },
  async (ctx, input: WriteReviewInput): Promise<ReviewView & { replaced: boolean }> => {
    const { slug } = providerOf(input.slug);
    const userId = requirePerson(ctx);
    const { rows } = await sql<ReviewView & { replaced: boolean }>`
      with written as (
        insert into integration_reviews (provider, user_id, rating, title, body)
        values (${slug}, ${userId}, ${input.rating}, ${input.title ?? null}, ${input.body ?? null})
        on conflict (organization_id, provider, user_id) do update
          set rating = excluded.rating, title = excluded.title, body = excluded.body
        returning *, version > 1 as replaced)
      select ${REVIEW}, v.replaced from written v`.execute(ctx.tx);
    const review = rows[0]!;
    await audit(ctx, 'integration.review', {
      entityType: 'integration_review',
      entityId: review.id,
      after: { provider: slug, rating: input.rating },
    });
    return review;
  },
);

function providerOf(slug: string): Provider {
  const provider = findProvider(slug);
  if (!provider) throw notFound('The provider', 'GET /integrations/marketplace lists all of them.');
  return provider;
}
