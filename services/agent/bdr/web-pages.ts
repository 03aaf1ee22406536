import { sql } from 'kysely';
import { ModelError } from '../../../domain/agent/model.port.ts';
import { pagePrompt } from '../../../domain/agent/page.input.ts';
import { quotable, quotesByRules, readPage, type WebPage } from '../../../domain/agent/web-page.rules.ts';
import type { Outbound } from '../../../domain/core/outbound.port.ts';
import type { Ctx, Scope } from '../../core/context.ts';
import type { ModelGateway } from '../gateway/index.ts';
import type { AgentConfig } from './agent-config.ts';
import type { Execution } from './executions.ts';
import { type Fetched, readSite } from './read-site.ts';
import type { MemoryEntry } from './research.ts';

export interface SiteTask {
  readonly company: string;
  readonly urls: readonly string[];
  /** Hosts whose pages may be read, wherever redirects lead. */
  readonly hosts: readonly string[];
}

const READ_DAYS = 30;
const FAILED_DAYS = 1;
const DAY_MS = 86_400_000;

interface Site {
  readonly company: string;
  readonly website: string | null;
  readonly domain: string | null;
}

async function siteOf(ctx: Ctx, prospectId: string): Promise<Site | undefined> {
  const { rows } = await sql<Site>`
    select a.name as company, a.website, a.domain from prospects p
    join accounts a on a.organization_id = p.organization_id and a.id = p.account_id and a.deleted_at is null
    where p.organization_id = ${ctx.organizationId} and p.id = ${prospectId}`.execute(ctx.tx);
  return rows[0];
}

function startOf({ website, domain }: Site): URL | null {
  const text = website ?? (domain === null ? null : `https://${domain}/`);
  if (text === null) return null;
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}

/** The pages of somebody's company that are to be read now; null: none is allowed, or all were looked at lately. */
export async function siteToRead(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<SiteTask | null> {
  if (!config.researchCompanySites) return null;
  const site = await siteOf(ctx, execution.prospectId);
  const start = site && startOf(site);
  if (!site || !start) return null;
  const about = new URL('/about', start);
  const urls = [...new Set([start.href, about.href])];
  const { rows } = await sql<{ url: string }>`
    select url from bdr_web_pages
    where organization_id = ${ctx.organizationId} and url = any(${sql.val(urls)}::text[])
      and fetched_at > case when outcome = 'failed' then ${daysAgo(ctx, FAILED_DAYS)} else ${daysAgo(ctx, READ_DAYS)} end`.execute(
    ctx.tx,
  );
  const fresh = new Set(rows.map(({ url }) => url));
  const open = urls.filter((url) => !fresh.has(url));
  const hosts = [start.host, `www.${start.host}`, start.host.replace(/^www\./, ''), ...config.researchHosts];
  return open.length === 0 ? null : { company: site.company, urls: open, hosts };
}

const daysAgo = (ctx: Ctx, days: number): Date => new Date(ctx.now.getTime() - days * DAY_MS);

export interface ReadPage extends Fetched {
  readonly title: string | null;
  readonly quotes: readonly string[];
  readonly callId: string | null;
}

/** Never inside a transaction. A page that cannot be read, and a model that cannot answer, hold nothing up. */
export async function readPages(
  deps: { readonly outbound: Outbound; readonly models: ModelGateway },
  scope: Scope,
  task: SiteTask,
  execution: Execution,
  signal?: AbortSignal,
): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (const fetched of await readSite(deps.outbound, task)) {
    const page = fetched.html === null ? null : readPage(fetched.html);
    const chosen =
      page === null || page.text === '' ? NOTHING : await choose(deps.models, scope, task, page, execution, signal);
    const outcome = fetched.outcome === 'read' && chosen.quotes.length === 0 ? 'empty' : fetched.outcome;
    pages.push({ ...fetched, outcome, title: page?.title ?? null, ...chosen });
  }
  return pages;
}

interface Chosen {
  readonly quotes: readonly string[];
  readonly callId: string | null;
}

const NOTHING: Chosen = { quotes: [], callId: null };

async function choose(
  models: ModelGateway,
  scope: Scope,
  { company }: SiteTask,
  page: WebPage,
  execution: Execution,
  signal?: AbortSignal,
): Promise<Chosen> {
  const options = { executionId: execution.id, ...(signal && { signal }) };
  try {
    const { output, callId } = await models.ask(scope, pagePrompt, { company, page }, options);
    return { quotes: quotable(output.quotes, page), callId };
  } catch (error) {
    if (error instanceof ModelError && error.failure === 'cancelled') throw error;
    return { quotes: quotesByRules(page), callId: null };
  }
}

/** A page that is read again replaces what was known of it. */
export async function storePages(ctx: Ctx, pages: readonly ReadPage[]): Promise<void> {
  const rows = pages.map(({ html: _, callId, ...page }) => ({ ...page, ai_call_id: callId }));
  await sql`
    insert into bdr_web_pages (url, host, outcome, reason, title, quotes, ai_call_id, fetched_at)
    select r.url, r.host, r.outcome, r.reason, r.title, r.quotes, r.ai_call_id, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(url text, host text, outcome text, reason text,
      title text, quotes jsonb, ai_call_id uuid)
    on conflict (organization_id, url) do update
    set outcome = excluded.outcome, reason = excluded.reason, title = excluded.title, quotes = excluded.quotes,
        ai_call_id = excluded.ai_call_id, fetched_at = excluded.fetched_at`.execute(ctx.tx);
}

/** What the pages of somebody's company say, each sentence a fact with its page and day. */
export async function webFindings(ctx: Ctx, prospectId: string): Promise<MemoryEntry[]> {
  const site = await siteOf(ctx, prospectId);
  const start = site && startOf(site);
  if (!site || !start) return [];
  const { rows } = await sql<{ id: string; url: string; quotes: string[]; fetchedAt: Date }>`
    select id, url, quotes, fetched_at as "fetchedAt" from bdr_web_pages
    where organization_id = ${ctx.organizationId} and host = ${start.host} and outcome = 'read'
    order by url`.execute(ctx.tx);
  return rows.flatMap(({ id, url, quotes, fetchedAt }) =>
    quotes.map((statement, index) => ({
      key: `web:${id}:${index + 1}`,
      kind: 'web',
      fact: `The website of ${site.company} says: "${statement}"`,
      values: { company: site.company, statement, day: fetchedAt.toISOString().slice(0, 10) },
      source: { type: 'web_page', id },
      sourceUrl: url,
      confidence: 0.6,
      observedAt: fetchedAt,
    })),
  );
}
