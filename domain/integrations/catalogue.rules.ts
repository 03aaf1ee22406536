import { type Provider, provider } from './provider.rules.ts';

const CALLS = {
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
  apiVersion: '2026-10-28.endive',
  defaultBaseUrl: 'https://api.stripe.com',
  webhook: 'stripe',
});

/** What is whole. An entry moves here together with the adapter that keeps every stream it promises. */
const AVAILABLE: readonly Provider[] = [
  provider({ slug: 'convin', name: 'Convin', about: 'Calls of a contact centre as they happen', ...CALLS }),
  stripe,
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
  planned('salesforce', 'Salesforce', 'crm', 'oauth2', 'Contacts, accounts, opportunities and tasks, both ways'),
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
  planned('segment', 'Segment', 'analytics', 'api_key', 'Events in, conversions out'),
  planned('mixpanel', 'Mixpanel', 'analytics', 'api_key', 'Events, both ways'),
  planned('google-analytics', 'Google Analytics', 'analytics', 'oauth2', 'Sessions and their sources'),
  planned('adobe-analytics', 'Adobe Analytics', 'analytics', 'oauth2', 'Visits and their sources'),
  planned('google-ads', 'Google Ads', 'ads', 'oauth2', 'What campaigns cost, by day'),
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
