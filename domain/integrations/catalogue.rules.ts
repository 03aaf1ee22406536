import { type CallCost, type Provider, provider } from './provider.rules.ts';

const freeCalls = (why: string, source: string): { callCost: CallCost } => ({
  callCost: { usd: 0, why, source, checkedOn: '2026-11-22' },
});

const CALLS = {
  ...freeCalls('Nothing is called: calls are told by webhooks.', 'TELEPHONY_INTEGRATION_GUIDE.md'),
  category: 'communication',
  auth: 'webhook',
  status: 'available',
  streams: [{ name: 'calls', direction: 'in', about: 'Calls become interactions while they go on', told: true }],
  webhook: 'calls',
} as const;

const stripe = provider({
  slug: 'stripe',
  name: 'Stripe',
  category: 'payment',
  about: 'Payments and refunds become conversions',
  auth: 'api_key',
  status: 'available',
  credentials: ['apiKey'],
  streams: [
    { name: 'payments', direction: 'in', about: 'Each payment that succeeded becomes a conversion of its payer' },
    { name: 'refunds', direction: 'in', about: 'Each refund takes its part of the payment back' },
  ],
  limit: { burst: 40, perSecond: 20 },
  ...freeCalls('Stripe charges for payments, not for calls of its API.', 'https://stripe.com/pricing'),
  apiVersion: '2026-10-28.endive',
  defaultBaseUrl: 'https://api.stripe.com',
  webhook: 'stripe',
});

const salesforce = provider({
  slug: 'salesforce',
  name: 'Salesforce',
  category: 'crm',
  about: 'Contacts, accounts, opportunities and tasks, both ways',
  auth: 'oauth2',
  status: 'available',
  credentials: ['clientId', 'clientSecret'],
  options: [
    {
      name: 'externalIdField',
      required: false,
      about: 'Field of all four objects that holds our id: text, unique, external id. Default: Revloop_Id__c',
    },
    { name: 'pushNew', required: false, about: 'false: records that were made here are not created there' },
  ],
  streams: [
    { name: 'accounts', direction: 'both', about: 'Accounts' },
    { name: 'contacts', direction: 'both', about: 'Contacts are prospects' },
    { name: 'deals', direction: 'both', about: 'Opportunities are deals' },
    { name: 'activities', direction: 'both', about: 'Completed tasks are lines of the timeline' },
  ],
  limit: { burst: 25, perSecond: 5 },
  ...freeCalls(
    'Calls belong to the licences: 100,000 a day and 1,000 for each user of Enterprise. More are sold by contract, without a price list.',
    'https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm',
  ),
  apiVersion: 'v64.0',
  defaultBaseUrl: 'https://login.salesforce.com',
  oauth: {
    authorizeUrl: 'https://login.salesforce.com/services/oauth2/authorize',
    tokenUrl: 'https://login.salesforce.com/services/oauth2/token',
    revokeUrl: 'https://login.salesforce.com/services/oauth2/revoke',
    scopes: ['api', 'refresh_token'],
    lifetimeSeconds: 7_200,
  },
  webhook: 'bearer',
});

const googleAds = provider({
  slug: 'google-ads',
  name: 'Google Ads',
  category: 'ads',
  about: 'What campaigns cost, by day',
  auth: 'oauth2',
  status: 'available',
  credentials: ['clientId', 'clientSecret', 'developerToken'],
  options: [
    { name: 'customerId', required: true, about: 'The account whose campaigns are read, like 123-456-7890' },
    { name: 'loginCustomerId', required: false, about: 'The manager account through which it is reached' },
  ],
  streams: [{ name: 'spend', direction: 'in', about: 'Cost by day and campaign, corrected for a month' }],
  limit: { burst: 10, perSecond: 2 },
  ...freeCalls(
    'The API is free at each of its access levels.',
    'https://developers.google.com/google-ads/api/docs/productionize/access-levels',
  ),
  apiVersion: 'v26',
  defaultBaseUrl: 'https://googleads.googleapis.com',
  oauth: {
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    revokeUrl: 'https://oauth2.googleapis.com/revoke',
    scopes: ['https://www.googleapis.com/auth/adwords'],
    extra: { access_type: 'offline', prompt: 'consent' },
    lifetimeSeconds: 3_600,
  },
});

const segment = provider({
  slug: 'segment',
  name: 'Segment',
  category: 'analytics',
  about: 'Events in, conversions out',
  auth: 'api_key',
  status: 'available',
  credentials: ['writeKey'],
  streams: [
    { name: 'events', direction: 'in', about: 'Tracks, pages and identities of a webhooks destination', told: true },
    { name: 'conversions', direction: 'out', about: 'Conversions and refunds, from the installation on' },
  ],
  limit: { burst: 50, perSecond: 50 },
  ...freeCalls(
    'Segment charges for people who are tracked in a month; 250 calls a month for each belong to them.',
    'https://segment.com/docs/guides/usage-and-billing/mtus-and-throughput/',
  ),
  apiVersion: 'v1',
  defaultBaseUrl: 'https://api.segment.io',
  webhook: 'segment',
});

/** What is whole. An entry moves here together with the adapter that keeps every stream it promises. */
const AVAILABLE: readonly Provider[] = [
  provider({ slug: 'convin', name: 'Convin', about: 'Calls of a contact centre as they happen', ...CALLS }),
  stripe,
  salesforce,
  googleAds,
  segment,
  provider({ slug: 'telephony', name: 'Telephony', about: 'Calls of any telephone system by webhook', ...CALLS }),
];

const planned = (
  slug: string,
  name: string,
  category: Provider['category'],
  auth: Provider['auth'],
  about: string,
): Provider => provider({ slug, name, category, auth, about });

const PLANNED: readonly Provider[] = [
  planned('hubspot', 'HubSpot', 'crm', 'oauth2', 'Contacts, companies, deals and engagements'),
  planned('pipedrive', 'Pipedrive', 'crm', 'oauth2', 'Persons, organizations, deals and activities'),
  planned('marketo', 'Marketo', 'crm', 'api_key', 'Leads and what they do in campaigns'),
  planned('gmail', 'Gmail', 'email', 'oauth2', 'Mail of a person, sent and received'),
  planned('outlook', 'Outlook', 'email', 'oauth2', 'Mail of a person, sent and received'),
  planned('sendgrid', 'SendGrid', 'email', 'api_key', 'Delivery of mail and what becomes of it'),
  planned('mailchimp', 'Mailchimp', 'email', 'oauth2', 'Audiences and campaigns'),
  planned('google-calendar', 'Google Calendar', 'calendar', 'oauth2', 'Meetings, both ways'),
  planned('outlook-calendar', 'Outlook Calendar', 'calendar', 'oauth2', 'Meetings, both ways'),
  planned('calendly', 'Calendly', 'calendar', 'oauth2', 'Meetings that people book'),
  planned('slack', 'Slack', 'communication', 'oauth2', 'Notifications in channels'),
  planned('twilio', 'Twilio', 'communication', 'api_key', 'Text messages and calls'),
  planned('intercom', 'Intercom', 'communication', 'oauth2', 'Conversations with customers'),
  planned(
    'clearbit',
    'Clearbit',
    'enrichment',
    'api_key',
    'Facts about people and companies, for keys from before 2024',
  ),
  planned('zoominfo', 'ZoomInfo', 'enrichment', 'api_key', 'Facts about people and companies'),
  planned('apollo', 'Apollo.io', 'enrichment', 'api_key', 'Facts about people and companies'),
  planned('hunter', 'Hunter.io', 'enrichment', 'api_key', 'Addresses of a company, and whether they work'),
  planned('people-data-labs', 'People Data Labs', 'enrichment', 'api_key', 'Facts about people and companies'),
  planned(
    'linkedin-sales-navigator',
    'LinkedIn Sales Navigator',
    'social',
    'oauth2',
    'Leads and accounts that are watched',
  ),
  planned('zapier', 'Zapier', 'automation', 'api_key', 'Whatever Zapier connects'),
  planned('mixpanel', 'Mixpanel', 'analytics', 'api_key', 'Events, both ways'),
  planned('google-analytics', 'Google Analytics', 'analytics', 'oauth2', 'Sessions and their sources'),
  planned('adobe-analytics', 'Adobe Analytics', 'analytics', 'oauth2', 'Visits and their sources'),
  planned('linkedin-ads', 'LinkedIn Ads', 'ads', 'oauth2', 'What campaigns cost, by day'),
  planned('facebook-ads', 'Facebook Ads', 'ads', 'oauth2', 'What campaigns cost, by day'),
];

/** Everything that can be connected or will be, by name. */
export const PROVIDERS: readonly Provider[] = [...AVAILABLE, ...PLANNED].sort((a, b) => (a.name < b.name ? -1 : 1));

const BY_SLUG: ReadonlyMap<string, Provider> = new Map(PROVIDERS.map((one) => [one.slug, one]));

/** Undefined for a name that is not in the catalogue. `google_ads` is read as `google-ads`. */
export const findProvider = (slug: string): Provider | undefined =>
  BY_SLUG.get(
    slug
      .trim()
      .toLowerCase()
      .replace(/[\s_.]+/g, '-'),
  );
