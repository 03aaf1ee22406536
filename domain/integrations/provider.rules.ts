/** The nine printed categories and the ads platforms. */
export const INTEGRATION_CATEGORIES = [
  'crm',
  'email',
  'calendar',
  'communication',
  'enrichment',
  'social',
  'payment',
  'automation',
  'analytics',
  'ads',
] as const;
export type IntegrationCategory = (typeof INTEGRATION_CATEGORIES)[number];

export const AUTH_KINDS = ['oauth2', 'api_key', 'webhook'] as const;
export type AuthKind = (typeof AUTH_KINDS)[number];

export type StreamDirection = 'in' | 'out' | 'both';

/** One kind of record that travels between the product and a provider. */
export interface StreamFacts {
  readonly name: string;
  readonly direction: StreamDirection;
  /** What becomes of it here. */
  readonly about: string;
  /** The provider tells of it by webhook; it cannot be asked for. */
  readonly told?: true;
}

/** What a provider has to be told beside secrets. */
export interface ProviderOption {
  readonly name: string;
  readonly required: boolean;
  readonly about: string;
}

/** How often a provider may be called on behalf of one connection; shared by all workers. */
export interface RateLimit {
  /** Calls that may be made at once after a pause. */
  readonly burst: number;
  readonly perSecond: number;
}

export interface OAuthFacts {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string | null;
  readonly scopes: readonly string[];
  /** Further parameters of the authorization request that the provider wants. */
  readonly extra?: Readonly<Record<string, string>>;
  /** Assumed where the provider's answer names no lifetime. */
  readonly lifetimeSeconds: number;
}

/** Beyond the provider's subscription, in US dollars. An organization whose contract says otherwise says so in its settings. */
export interface CallCost {
  readonly usd: number;
  /** What is paid for instead where calls are free. */
  readonly why: string;
  readonly source: string;
  readonly checkedOn: string;
}

/** How a provider proves that a webhook is its own. */
export type WebhookScheme = 'stripe' | 'segment' | 'bearer' | 'calls';

export interface Provider {
  readonly slug: string;
  readonly name: string;
  readonly category: IntegrationCategory;
  readonly about: string;
  readonly auth: AuthKind;
  /** `planned`: in the catalogue so that it can be asked for; it cannot be installed yet. */
  readonly status: 'available' | 'planned';
  /** Names of what an installation has to bring along; all of them are kept as secrets. */
  readonly credentials: readonly string[];
  readonly options: readonly ProviderOption[];
  readonly streams: readonly StreamFacts[];
  readonly limit: RateLimit | null;
  /** What a call costs by the provider's price list; null for what is only planned. */
  readonly callCost: CallCost | null;
  /** Version of the provider's API that is spoken. */
  readonly apiVersion: string | null;
  readonly defaultBaseUrl: string | null;
  readonly oauth: OAuthFacts | null;
  readonly webhook: WebhookScheme | null;
}

/** What a catalogue entry says; the rest has the values of something that is only planned. */
export type ProviderEntry = Pick<Provider, 'slug' | 'name' | 'category' | 'about' | 'auth'> & Partial<Provider>;

export const provider = (entry: ProviderEntry): Provider => ({
  status: 'planned',
  credentials: [],
  options: [],
  streams: [],
  limit: null,
  callCost: null,
  apiVersion: null,
  defaultBaseUrl: null,
  oauth: null,
  webhook: null,
  ...entry,
});

/** The OAuth client of the installation, where the configuration has one. */
export const clientsOf = (
  configured: Readonly<Record<string, { clientId?: string | undefined; clientSecret?: string | undefined }>>,
) =>
  Object.fromEntries(
    Object.entries(configured).flatMap(([slug, { clientId, clientSecret }]) =>
      clientId && clientSecret ? [[slug, { clientId, clientSecret }] as const] : [],
    ),
  );

/** "stripe=http://127.0.0.1:12111,segment=…" → server by provider, in place of the provider's own. */
export const standInsOf = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(',').flatMap((pair) => (pair === '' ? [] : [pair.split('=', 2) as [string, string]])));
