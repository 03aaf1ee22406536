import { type StandIn, startStandIn } from './stand-in.ts';

export interface Cost {
  readonly campaign: string;
  /** 2026-06-30 */
  readonly day: string;
  readonly micros: number;
}

export interface GoogleAdsStandIn extends StandIn {
  /** What a campaign has cost on a day, as it is known now. */
  cost(cost: Cost): void;
  readonly costs: () => Cost[];
  /** Page tokens that were handed out are of no use any more. */
  forgetTokens(): void;
}

/** GoogleAdsService.Search in the shapes that it documents: rows by day and campaign, pages by tokens. */
export async function startGoogleAds({
  accessToken = 'access',
  pageRows = 3,
  currency = 'EUR',
} = {}): Promise<GoogleAdsStandIn> {
  const costs = new Map<string, Cost>();
  let generation = 1;
  const standIn = await startStandIn(({ path, method, headers, body, query: asked }) => {
    if (path === '/o/oauth2/v2/auth') return { body: { code: 'code', state: asked.get('state') } };
    if (path === '/revoke') return { body: {} };
    if (path === '/token') {
      return { body: { access_token: accessToken, expires_in: 3_600, refresh_token: 'refresh', token_type: 'Bearer' } };
    }
    if (headers.authorization !== `Bearer ${accessToken}` || !headers['developer-token']) {
      return { status: 401, body: { error: { code: 401, status: 'UNAUTHENTICATED' } } };
    }
    if (method !== 'POST' || !/^\/v26\/customers\/\d{10}\/googleAds:search$/.test(path)) {
      return { status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } };
    }
    const { query, pageToken } = body as { query: string; pageToken?: string };
    const [, from, until] = /BETWEEN '(\S+)' AND '(\S+)'/.exec(query) ?? [];
    const campaign = /campaign\.id = (\d+)/.exec(query)?.[1];
    const [made, at] = pageToken === undefined ? [generation, 0] : pageToken.split('-').map(Number);
    if (made !== generation) return { status: 400, body: { error: { code: 400, status: 'INVALID_ARGUMENT' } } };
    const rows = [...costs.values()]
      .filter((one) => one.day >= from! && one.day <= until! && (campaign === undefined || one.campaign === campaign))
      .sort((a, b) => (a.day === b.day ? Number(a.campaign) - Number(b.campaign) : a.day < b.day ? -1 : 1));
    const next = at! + pageRows;
    return {
      body: {
        results: rows.slice(at, next).map(({ campaign: id, day, micros }) => ({
          campaign: { resourceName: `customers/1234567890/campaigns/${id}`, id, name: `Campaign ${id}` },
          customer: { resourceName: 'customers/1234567890', currencyCode: currency },
          segments: { date: day },
          metrics: { costMicros: String(micros) },
        })),
        ...(rows.length > next ? { nextPageToken: `${generation}-${next}` } : {}),
        fieldMask: 'campaign.id,campaign.name,customer.currencyCode,segments.date,metrics.costMicros',
      },
    };
  }, {});
  return {
    ...standIn,
    cost: (cost) => void costs.set(`${cost.campaign} ${cost.day}`, cost),
    costs: () => [...costs.values()],
    forgetTokens: () => {
      generation += 1;
    },
  };
}
