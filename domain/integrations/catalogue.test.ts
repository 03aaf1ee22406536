import { describe, expect, it } from 'vitest';
import { findProvider, PROVIDERS } from './catalogue.rules.ts';
import { INTEGRATION_CATEGORIES } from './provider.rules.ts';

/** As both specifications print them, and what was decided beside. */
const PRINTED = {
  crm: ['Salesforce', 'HubSpot', 'Pipedrive', 'Marketo'],
  email: ['Gmail', 'Outlook', 'SendGrid', 'Mailchimp'],
  calendar: ['Google Calendar', 'Outlook Calendar', 'Calendly'],
  communication: ['Slack', 'Twilio', 'Intercom', 'Convin', 'Telephony'],
  enrichment: ['Clearbit', 'ZoomInfo', 'Apollo.io', 'Hunter.io', 'People Data Labs'],
  social: ['LinkedIn Sales Navigator'],
  payment: ['Stripe'],
  automation: ['Zapier'],
  analytics: ['Segment', 'Mixpanel', 'Google Analytics', 'Adobe Analytics'],
  ads: ['Google Ads', 'LinkedIn Ads', 'Facebook Ads'],
};

describe('the catalogue of integrations', () => {
  it('holds every printed platform once, under its printed name and category', () => {
    const found = Object.fromEntries(
      INTEGRATION_CATEGORIES.map((category) => [
        category,
        PROVIDERS.filter((one) => one.category === category).map(({ name }) => name),
      ]),
    );
    for (const [category, names] of Object.entries(PRINTED)) expect(found[category]?.sort()).toEqual(names.sort());
    expect(PROVIDERS).toHaveLength(31);
    expect(new Set(PROVIDERS.map(({ slug }) => slug)).size).toBe(31);
  });

  it('promises streams, limits and a way in for what is available, and nothing for what is only planned', () => {
    for (const one of PROVIDERS) {
      if (one.status === 'planned') expect([one.streams, one.oauth, one.callCost]).toEqual([[], null, null]);
      else if (one.auth === 'webhook') expect(one.webhook).not.toBeNull();
      else {
        expect(one.streams.length).toBeGreaterThan(0);
        expect([one.limit, one.apiVersion, one.defaultBaseUrl]).not.toContain(null);
        expect(one.auth === 'oauth2').toBe(one.oauth !== null);
      }
    }
  });

  it('says of each that is available what a call costs, why, and where that was read', () => {
    for (const { status, callCost } of PROVIDERS) {
      if (status !== 'available') continue;
      expect(callCost!.usd).toBeGreaterThanOrEqual(0);
      expect(callCost!.why).toMatch(/\w{3}.*\.$/);
      expect(callCost!.source).toMatch(/^https:\/\/|\.md$/);
    }
  });

  it('finds a platform however its name is spelled', () => {
    expect(findProvider('google_ads')?.name).toBe('Google Ads');
    expect(findProvider('Google Ads')?.name).toBe('Google Ads');
    expect(findProvider('apollo.io')?.slug ?? findProvider('apollo')?.slug).toBe('apollo');
    expect(findProvider('frobnicate')).toBeUndefined();
  });
});
