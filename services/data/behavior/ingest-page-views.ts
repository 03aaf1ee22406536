import { sql } from 'kysely';
import type { AppError } from '../../../domain/core/errors.ts';
import { pageOf } from '../../../domain/data/page.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { groupVerb } from '../../core/group.ts';
import { pageViewsIngested } from '../events.ts';
import { ingestPlain, type PlainKind, type PlainRow, type StoredPlain } from '../facts/ingest-plain.ts';
import { ensureTouchSources, touchSourceOf } from '../ingestion/dimensions.ts';
import { FactCheck } from '../ingestion/facts.ts';
import { phoneRegion } from '../ingestion/ingest-facts.ts';
import { type BehaviorFact, type BehaviorInput, namedBy, ownersOf } from './session-owners.ts';

export interface PageViewInput extends BehaviorInput {
  sessionId: string;
  /** One of the two. */
  url?: string | undefined;
  page?: string | undefined;
  title?: string | undefined;
  referrer?: string | undefined;
  contentId?: string | undefined;
  utm?: Record<string, string> | undefined;
  durationSeconds?: number | undefined;
  externalId?: string | undefined;
}

interface CheckedPageView extends BehaviorFact {
  readonly input: PageViewInput;
}

function check(input: PageViewInput, now: Date, region: string): CheckedPageView | AppError {
  const checked = new FactCheck();
  const identifiers = checked.identifiers(namedBy(input), region);
  const { sessionId, externalId = null, occurredAt = now } = input;
  if (input.url === undefined && input.page === undefined) checked.add('url', 'is missing: name the page');
  checked.notAhead('occurredAt', occurredAt, now);
  return checked.refusal() ?? { input, externalId, identifiers, sessionId, occurredAt };
}

const PAGE_VIEWS: PlainKind<CheckedPageView> = {
  table: 'website_page_views',
  noun: 'page view',
  duplicateCode: 'DUPLICATE_PAGE_VIEW',
  event: pageViewsIngested,
  hint: 'Nothing was changed. A page that is viewed again has an external id of its own, or none.',
  store,
};

async function store(ctx: Ctx, facts: readonly PlainRow<CheckedPageView>[]): Promise<StoredPlain[]> {
  const owners = await ownersOf(
    ctx,
    facts.map(({ fact }) => fact),
  );
  const pages = facts.map(({ fact: { input } }) => {
    const page = pageOf(input);
    return { ...page, utm: input.utm ?? page.utm };
  });
  const sources = await ensureTouchSources(
    ctx,
    facts.map(({ fact: { input } }, index) => {
      const { utm } = pages[index]!;
      return touchSourceOf({ contentId: input.contentId, utm: utm ?? undefined, campaign: utm?.campaign }, null);
    }),
  );
  const rows = facts.map(({ id, fact: { input, externalId, sessionId, occurredAt } }, index) => {
    const page = pages[index]!;
    return {
      id,
      external_id: externalId,
      url: page.url,
      path: page.path,
      title: input.title,
      referrer: input.referrer,
      session_id: sessionId,
      customer_id: owners[index],
      content_id: input.contentId,
      utm: page.utm,
      touch_source_id: sources[index],
      duration_seconds: input.durationSeconds,
      occurred_at: occurredAt,
    };
  });
  const { rows: stored } = await sql<StoredPlain>`
    insert into website_page_views (organization_id, id, external_id, url, path, title, referrer, session_id,
                                    customer_id, content_id, utm, touch_source_id, duration_seconds, occurred_at)
    select ${ctx.organizationId}, id, external_id, url, path, title, referrer, session_id, customer_id, content_id,
           utm, touch_source_id, duration_seconds, occurred_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, external_id text, url text, path text, title text, referrer text, session_id text, customer_id uuid,
      content_id text, utm jsonb, touch_source_id uuid, duration_seconds integer, occurred_at timestamptz)
    order by external_id, id
    returning id, external_id as "externalId", customer_id as "customerId", created_at as "createdAt"`.execute(ctx.tx);
  return stored;
}

/** Stores page views. Refusals: validation; conflict `DUPLICATE_PAGE_VIEW` (`details.existingId`). */
export const ingestPageView = groupVerb(
  { permission: 'data.ingest' },
  async (ctx, inputs: readonly PageViewInput[]) => {
    const region = await phoneRegion(
      ctx,
      inputs.map((input) => ({ customerIdentifiers: namedBy(input) })),
    );
    return ingestPlain(
      ctx,
      PAGE_VIEWS,
      inputs.map((input) => check(input, ctx.now, region)),
    );
  },
);
