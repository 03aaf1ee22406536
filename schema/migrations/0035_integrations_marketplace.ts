import { type AnyDb, APP_ROLE, run } from '../table.ts';

/** As printed; what each can do, and since when, is the catalogue in code. A test compares the two. */
const PROVIDERS = `
  ('salesforce', 'Salesforce', 'crm'), ('hubspot', 'HubSpot', 'crm'), ('pipedrive', 'Pipedrive', 'crm'),
  ('marketo', 'Marketo', 'crm'), ('gmail', 'Gmail', 'email'), ('outlook', 'Outlook', 'email'),
  ('sendgrid', 'SendGrid', 'email'), ('mailchimp', 'Mailchimp', 'email'),
  ('google-calendar', 'Google Calendar', 'calendar'), ('outlook-calendar', 'Outlook Calendar', 'calendar'),
  ('calendly', 'Calendly', 'calendar'), ('slack', 'Slack', 'communication'), ('twilio', 'Twilio', 'communication'),
  ('intercom', 'Intercom', 'communication'), ('convin', 'Convin', 'communication'),
  ('telephony', 'Telephony', 'communication'), ('clearbit', 'Clearbit', 'enrichment'),
  ('zoominfo', 'ZoomInfo', 'enrichment'), ('apollo', 'Apollo.io', 'enrichment'), ('hunter', 'Hunter.io', 'enrichment'),
  ('people-data-labs', 'People Data Labs', 'enrichment'),
  ('linkedin-sales-navigator', 'LinkedIn Sales Navigator', 'social'), ('stripe', 'Stripe', 'payment'),
  ('zapier', 'Zapier', 'automation'), ('segment', 'Segment', 'analytics'), ('mixpanel', 'Mixpanel', 'analytics'),
  ('google-analytics', 'Google Analytics', 'analytics'), ('adobe-analytics', 'Adobe Analytics', 'analytics'),
  ('google-ads', 'Google Ads', 'ads'), ('linkedin-ads', 'LinkedIn Ads', 'ads'), ('facebook-ads', 'Facebook Ads', 'ads')`;

/** The names that an integration may have, for reports in plain SQL: the same for every organization. */
export async function up(db: AnyDb): Promise<void> {
  await run(
    db,
    `create table integration_marketplace (
       slug text primary key,
       name text not null,
       category text not null check (category in ('crm', 'email', 'calendar', 'communication', 'enrichment', 'social',
         'payment', 'automation', 'analytics', 'ads')))`,
  );
  await run(db, `insert into integration_marketplace (slug, name, category) values ${PROVIDERS}`);
  await run(db, `grant select on integration_marketplace to ${APP_ROLE}`);
}
