/** Providers in the order of their waterfall, unless the organization says otherwise. Keys are promises: rows name them. */
export const ENRICHMENT_PROVIDERS = {
  clearbit: 'Clearbit',
  zoominfo: 'ZoomInfo',
  apollo: 'Apollo.io',
  hunter: 'Hunter.io',
  people_data_labs: 'People Data Labs',
} as const;
export type EnrichmentProviderCode = keyof typeof ENRICHMENT_PROVIDERS;
export const ENRICHMENT_PROVIDER_CODES = Object.keys(ENRICHMENT_PROVIDERS) as EnrichmentProviderCode[];

/** What a provider may tell of a person. The first half are fields of the prospect, the rest is kept as enrichment data. */
export const PROSPECT_ENRICHMENT_FIELDS = [
  'email',
  'phone',
  'firstName',
  'lastName',
  'title',
  'company',
  'linkedinUrl',
  'country',
  'timeZone',
  'seniority',
  'department',
  'socialProfiles',
] as const;

/** What a provider may tell of a company. The first half are fields of the account, the rest stands in its profile. */
export const ACCOUNT_ENRICHMENT_FIELDS = [
  'industry',
  'employeeCount',
  'annualRevenue',
  'location',
  'phone',
  'website',
  'description',
  'technologies',
  'socialProfiles',
] as const;

export const ENRICHMENT_FIELDS = [...new Set([...PROSPECT_ENRICHMENT_FIELDS, ...ACCOUNT_ENRICHMENT_FIELDS])];
export type EnrichmentField = (typeof ENRICHMENT_FIELDS)[number];

export const ENRICHMENT_STATUSES = ['pending', 'running', 'completed', 'skipped', 'failed'] as const;
export type EnrichmentStatus = (typeof ENRICHMENT_STATUSES)[number];

/** Why a request looked nobody up. */
export const NO_PROVIDER = 'no provider';

/** Records of one request: each costs up to one call per provider. */
export const MOST_ENRICHMENT_TARGETS = 100;

export const fieldsOfSubject = (kind: 'prospect' | 'account'): readonly EnrichmentField[] =>
  kind === 'prospect' ? PROSPECT_ENRICHMENT_FIELDS : ACCOUNT_ENRICHMENT_FIELDS;

/** What is still to be asked for: wanted, told of such a record, and neither there nor told by a provider before. */
export const missingFields = (
  kind: 'prospect' | 'account',
  wanted: readonly string[],
  known: Readonly<Record<string, unknown>>,
): EnrichmentField[] =>
  fieldsOfSubject(kind).filter(
    (field) => wanted.includes(field) && (known[field] === undefined || known[field] === null),
  );
