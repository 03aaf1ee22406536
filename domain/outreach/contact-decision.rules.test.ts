import { describe, expect, it } from 'vitest';
import { type ContactFacts, decideContact } from './contact-decision.rules.ts';
import { type ContactPolicy, DEFAULT_CONTACT_POLICY } from './contact-policy.rules.ts';

const FACTS: ContactFacts = {
  isGone: false,
  hasAddress: true,
  doNotContact: false,
  isUnsubscribed: false,
  blacklistReason: null,
  consent: null,
  isCustomer: false,
  hasOpenDeal: false,
  isHeldBySupport: false,
  ownerId: 'ada',
  personDayFreeAt: null,
  personWeekFreeAt: null,
  accountDayFreeAt: null,
  timeZone: 'Europe/Berlin',
  country: null,
  phone: null,
  organizationZone: 'UTC',
};
const NOON = new Date('2026-06-30T10:00:00Z');
const ask = (facts: Partial<ContactFacts>, question = {}, policy: Partial<ContactPolicy> = {}) =>
  decideContact(
    { ...FACTS, ...facts },
    { channel: 'email', purpose: 'sequence', userId: 'ada', now: NOON, ...question },
    { ...DEFAULT_CONTACT_POLICY, ...policy },
  );
const later = (hours: number) => new Date(NOON.getTime() + hours * 3_600_000);

describe('the decision about a contact', () => {
  it('allows whom no rule stands against', () => {
    expect(ask({})).toMatchObject({ decision: 'allowed', rule: null, until: null });
  });

  it.each([
    ['gone', { isGone: true }],
    ['no_address', { hasAddress: false }],
    ['do_not_contact', { doNotContact: true }],
    ['unsubscribed', { isUnsubscribed: true }],
    ['blacklisted', { blacklistReason: 'hard_bounce' }],
    ['consent', { consent: 'withdrawn' }],
    ['customer', { isCustomer: true }],
    ['open_deal', { hasOpenDeal: true }],
    ['support', { isHeldBySupport: true }],
    ['owner_collision', { ownerId: 'bob' }],
  ] as const)('names the rule %s when it alone stands against it', (rule, facts) => {
    expect(ask(facts)).toMatchObject({ decision: 'refused', rule });
  });

  it('is held until the last of the caps has room, and refused when a rule refuses all the same', () => {
    const caps = { personDayFreeAt: later(3), personWeekFreeAt: later(50), accountDayFreeAt: later(9) };
    expect(ask(caps)).toMatchObject({ decision: 'held', rule: 'person_cap', until: later(50) });
    expect(ask({ ...caps, isCustomer: true })).toMatchObject({ decision: 'refused', rule: 'customer' });
    expect(ask({ personDayFreeAt: later(-1) })).toMatchObject({ decision: 'allowed' });
  });

  it('lets stops and consent alone hold back a message between two people, and nothing but a missing record one asked for', () => {
    const direct = ask({ isCustomer: true, hasOpenDeal: true }, { purpose: 'one_to_one' });
    expect(direct.decision).toBe('allowed');
    expect(direct.checks.filter(({ outcome }) => outcome === 'warning').map(({ rule }) => rule)).toEqual([
      'customer',
      'open_deal',
    ]);
    expect(ask({ isUnsubscribed: true }, { purpose: 'one_to_one' }).rule).toBe('unsubscribed');
    expect(ask({ isCustomer: true }, { purpose: 'one_to_one' }, { directMessages: 'all' }).rule).toBe('customer');
    expect(ask({ isUnsubscribed: true }, { purpose: 'transactional' }).decision).toBe('allowed');
  });

  it('wants consent where the organization asks for it', () => {
    expect(ask({}, { channel: 'sms' })).toMatchObject({ decision: 'refused', rule: 'consent' });
    expect(ask({ consent: 'granted' }, { channel: 'sms' }).decision).toBe('allowed');
    expect(ask({}, { channel: 'sms' }, { consentRequired: [] }).decision).toBe('allowed');
  });

  it('waits for the morning of the person, over a change of clocks', () => {
    // Clocks of Berlin go forward in the night to 29 March 2026: eight in the morning is 06:00 UTC, not 07:00.
    const night = { channel: 'call', now: new Date('2026-03-28T21:30:00Z') };
    expect(ask({}, night)).toMatchObject({ rule: 'contact_hours', until: new Date('2026-03-29T06:00:00Z') });
  });

  it('waits for the strictest overlap where the zone is not known', () => {
    const now = new Date('2026-06-30T12:00:00Z');
    // Eight in the morning of Honolulu is two in the afternoon of New York.
    const american = ask({ timeZone: null, phone: '+14155550100' }, { channel: 'call', now });
    expect(american).toMatchObject({ rule: 'contact_hours', until: new Date('2026-06-30T18:00:00Z') });
    expect(american.zones.source).toBe('phone');
    const german = ask({ timeZone: null, country: 'DE', phone: '+14155550100' }, { channel: 'call', now });
    expect(german).toMatchObject({
      decision: 'allowed',
      zones: { source: 'country', zones: ['Europe/Berlin', 'Europe/Busingen'] },
    });
    expect(ask({ timeZone: null }, { channel: 'call', now }).zones).toEqual({ source: 'organization', zones: ['UTC'] });
    const never = { start: '09:00', end: '10:00' };
    const hours = { contactHours: { ...DEFAULT_CONTACT_POLICY.contactHours, call: never } };
    expect(ask({ timeZone: null, country: 'US' }, { channel: 'call', now }, hours).decision).toBe('refused');
  });
});
