import { mayRead } from '../../../domain/agent/robots.rules.ts';
import { type Outbound, type OutboundAnswer, OutboundError } from '../../../domain/core/outbound.port.ts';

export interface Fetched {
  readonly url: string;
  readonly host: string;
  readonly outcome: 'read' | 'empty' | 'not_found' | 'forbidden_by_robots' | 'not_allowed' | 'failed';
  readonly reason: string | null;
  readonly html: string | null;
}

const MOST_REDIRECTS = 3;
const MOST_BYTES = 524_288;
const TIMEOUT_MS = 5_000;
const HEADERS = { 'user-agent': 'Revloop/1.0 (+research of company sites; honours robots.txt)', accept: 'text/html' };

/** Reads pages one after the other, politely: `robots.txt` of every host first, nothing of hosts that nobody allowed. */
export async function readSite(
  outbound: Outbound,
  { urls, hosts }: { readonly urls: readonly string[]; readonly hosts: readonly string[] },
): Promise<Fetched[]> {
  const robots = new Map<string, string | null>();
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  const pages: Fetched[] = [];
  let away: string | null = null;
  for (const url of urls) {
    // A site that does not answer is not asked for its next page.
    const page: Fetched = away === null ? await readOne(outbound, url, allowed, robots) : failed(url, away);
    if (page.outcome === 'failed') away = page.reason;
    pages.push(page);
  }
  return pages;
}

const failed = (url: string, reason: string): Fetched => said(url, 'failed', reason);
const said = (url: string, outcome: Fetched['outcome'], reason: string | null): Fetched => ({
  url,
  host: new URL(url).host,
  outcome,
  reason,
  html: null,
});

async function readOne(
  outbound: Outbound,
  url: string,
  allowed: ReadonlySet<string>,
  robots: Map<string, string | null>,
): Promise<Fetched> {
  try {
    let next = new URL(url);
    for (let redirects = 0; ; redirects++) {
      if (!allowed.has(next.host.toLowerCase())) return said(url, 'not_allowed', `${next.host} is no host to be read`);
      const rules = await robotsOf(outbound, next, robots);
      if (rules === null) return said(url, 'forbidden_by_robots', 'robots.txt gave no answer, which forbids all');
      if (!mayRead(rules, `${next.pathname}${next.search}`)) return said(url, 'forbidden_by_robots', next.href);
      const answer = await get(outbound, next.href);
      const { location } = answer.headers;
      if (answer.status >= 300 && answer.status < 400 && location !== undefined && URL.canParse(location, next.href)) {
        if (redirects === MOST_REDIRECTS) return failed(url, 'too many redirects');
        next = new URL(location, next.href);
        continue;
      }
      return pageOf(url, answer);
    }
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const isRefused = error.code === 'URL_NOT_ALLOWED' || error.code === 'ADDRESS_NOT_ALLOWED';
    return isRefused ? said(url, 'not_allowed', error.code) : failed(url, error.code);
  }
}

function pageOf(url: string, { status, headers, body }: OutboundAnswer): Fetched {
  if (status === 404 || status === 410) return said(url, 'not_found', null);
  if (status !== 200) return failed(url, `status ${status}`);
  if (!/^(?:text\/html|application\/xhtml\+xml)\b/i.test(headers['content-type'] ?? ''))
    return said(url, 'empty', 'no HTML');
  return { ...said(url, 'read', null), html: Buffer.from(body).toString('utf8') };
}

const get = (outbound: Outbound, url: string): Promise<OutboundAnswer> =>
  outbound.send({
    method: 'GET',
    url,
    headers: HEADERS,
    maxRedirects: 0,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
    overflow: 'cut',
  });

/** RFC 9309: no file allows everything, a server that fails forbids everything. */
async function robotsOf(
  outbound: Outbound,
  { origin }: URL,
  known: Map<string, string | null>,
): Promise<string | null> {
  const found = known.get(origin);
  if (found !== undefined) return found;
  const { status, body } = await get(outbound, `${origin}/robots.txt`);
  const rules = status >= 500 || status === 429 ? null : status === 200 ? Buffer.from(body).toString('utf8') : '';
  known.set(origin, rules);
  return rules;
}
