import {
  type ProviderAdapter,
  type ProviderAnswer,
  ProviderError,
  type ProviderFailure,
  type ProviderSession,
  type RemoteRecord,
  type StreamAdapter,
} from '../../domain/integrations/adapter.port.ts';
import { microsToDecimal } from '../../domain/integrations/micros.rules.ts';

/**
 * What campaigns cost by day, from GoogleAdsService.Search. Costs of the last weeks are still corrected (clicks that
 * turn out to be invalid), so every pass begins a month before the day that the last one ended on.
 */
const VERSION = 'v26';
/** How far back the first pass goes, and how far each later one looks again. */
const FIRST_DAYS = 365;
const AGAIN_DAYS = 30;
/** Days of one question: pages of a question are only good for a while. */
const WINDOW_DAYS = 30;
const DAY_MS = 86_400_000;

interface Place {
  /** First day of the window that is being read. */
  readonly day: string;
  readonly token: string | null;
}
interface Row {
  readonly campaign?: { readonly id?: string; readonly name?: string };
  readonly customer?: { readonly currencyCode?: string };
  readonly segments?: { readonly date?: string };
  readonly metrics?: { readonly costMicros?: string };
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
const plusDays = (day: string, count: number): string => dayOf(Date.parse(day) + count * DAY_MS);
const earlier = (a: string, b: string): string => (a < b ? a : b);

const query = (from: string, until: string, campaign?: string): string =>
  `SELECT campaign.id, campaign.name, customer.currency_code, segments.date, metrics.cost_micros FROM campaign WHERE segments.date BETWEEN '${from}' AND '${until}'${campaign === undefined ? '' : ` AND campaign.id = ${campaign}`} ORDER BY segments.date, campaign.id`;

async function search(session: ProviderSession, body: { query: string; pageToken?: string }) {
  const customerId = digitsOf(session.connection.settings, 'customerId');
  const answer = await session.call({
    method: 'POST',
    path: `/${VERSION}/customers/${customerId}/googleAds:search`,
    body,
    accept: body.pageToken === undefined ? [] : [400],
  });
  const found = answer.body as { results?: Row[]; nextPageToken?: string } | null;
  if (answer.status === 200 && (found === null || (found.results !== undefined && !Array.isArray(found.results)))) {
    throw new ProviderError('MALFORMED_ANSWER', 'The search has no results.');
  }
  const rows = found?.results ?? [];
  if (answer.status === 200 && rows.length === 0 && (body.pageToken !== undefined || found?.nextPageToken)) {
    throw new ProviderError('MALFORMED_ANSWER', 'A page that should hold something is empty.');
  }
  return { status: answer.status, rows, next: found?.nextPageToken || null };
}

/** Accounts are written 123-456-7890 and called 1234567890. */
function digitsOf(settings: Readonly<Record<string, unknown>>, name: string): string {
  const options = (settings.options ?? {}) as Record<string, string>;
  return (options[name] ?? '').replace(/\D/g, '');
}

function recordOf(row: Row): RemoteRecord {
  const { campaign, customer, segments, metrics } = row;
  if (!campaign?.id || !customer?.currencyCode || !segments?.date || !/^\d+$/.test(metrics?.costMicros ?? '0')) {
    throw new ProviderError('MALFORMED_ANSWER', 'A row has no campaign, day or currency.');
  }
  return {
    externalId: `${campaign.id}:${segments.date}`,
    changedAt: null,
    deleted: false,
    fields: {
      date: segments.date,
      channel: 'google_ads',
      campaign: campaign.name ?? campaign.id,
      amount: microsToDecimal(metrics?.costMicros ?? '0', customer.currencyCode),
      currency: customer.currencyCode,
    },
  };
}

const spend: StreamAdapter = {
  async pull(session, cursor) {
    const today = dayOf(session.now().getTime());
    const place: Place = cursor === null ? { day: plusDays(today, -FIRST_DAYS), token: null } : JSON.parse(cursor);
    const until = earlier(plusDays(place.day, WINDOW_DAYS - 1), today);
    const question = { query: query(place.day, until) };
    const page = await search(session, place.token === null ? question : { ...question, pageToken: place.token });
    // A token that has become old begins the window again: rows that are there already change nothing.
    if (page.status === 400) return { records: [], cursor: JSON.stringify({ ...place, token: null }), more: true };
    const isLast = until === today;
    const next: Place =
      page.next !== null
        ? { day: place.day, token: page.next }
        : { day: isLast ? plusDays(today, -AGAIN_DAYS) : plusDays(until, 1), token: null };
    return {
      records: page.rows.map(recordOf),
      cursor: JSON.stringify(next),
      more: page.next !== null || !isLast,
    };
  },
  async fetch(session, ids) {
    const records: RemoteRecord[] = [];
    for (const id of ids) {
      const [, campaign, day] = /^(\d+):(\d{4}-\d\d-\d\d)$/.exec(id) ?? [];
      if (campaign === undefined || day === undefined) continue;
      const { rows } = await search(session, { query: query(day, day, campaign) });
      records.push(...rows.map(recordOf));
    }
    return records;
  },
};

export const googleAdsAdapter: ProviderAdapter = {
  provider: 'google-ads',
  authorize({ credentials, settings }, accessToken) {
    const manager = digitsOf(settings, 'loginCustomerId');
    return {
      authorization: `Bearer ${accessToken ?? ''}`,
      'developer-token': credentials.developerToken ?? '',
      ...(manager === '' ? {} : { 'login-customer-id': manager }),
    };
  },
  classify({ status, body }: ProviderAnswer): ProviderFailure | null {
    if (status !== 403 && status !== 429) return null;
    const text = JSON.stringify(body ?? '');
    return text.includes('RESOURCE_EXHAUSTED') || status === 429 ? 'RATE_LIMITED' : null;
  },
  streams: { spend },
};
