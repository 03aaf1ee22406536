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

  it('says of every rule how it stands, where none stands against the person', () => {
    const { checks, message } = ask({ consent: 'granted' }, { channel: 'call' });
    expect(message).toBe('No rule stands against it.');
    expect(checks.map(({ rule, outcome, until, message }) => [rule, outcome, until, message])).toEqual([
      ['gone', 'passed', null, 'The record is there.'],
      ['no_address', 'passed', null, 'There is an address for call.'],
      ['do_not_contact', 'passed', null, 'Nobody has said not to.'],
      ['unsubscribed', 'passed', null, 'The person has not unsubscribed.'],
      ['blacklisted', 'passed', null, 'The address is not blocked.'],
      ['consent', 'passed', null, 'The person has agreed.'],
      ['customer', 'passed', null, 'The person is no customer.'],
      ['open_deal', 'passed', null, 'No open deal names the person.'],
      ['support', 'passed', null, 'Support holds nothing back.'],
      ['owner_collision', 'passed', null, 'The person belongs to nobody else.'],
      ['person_cap', 'passed', null, 'There is room under the limit.'],
      ['account_cap', 'passed', null, 'There is room under the limit.'],
      ['contact_hours', 'passed', null, 'It is within the hours of contact in Europe/Berlin.'],
    ]);
  });

  it('says the same where each of them does, and decides by the first', () => {
    const against: ContactFacts = {
      ...FACTS,
      isGone: true,
      hasAddress: false,
      doNotContact: true,
      isUnsubscribed: true,
      blacklistReason: 'hard_bounce',
      isCustomer: true,
      hasOpenDeal: true,
      isHeldBySupport: true,
      ownerId: 'bob',
      personDayFreeAt: later(3),
      accountDayFreeAt: later(9),
    };
    const night = { channel: 'sms', now: new Date('2026-06-30T02:00:00Z') };
    const { checks, ...decision } = ask(against, night);
    expect(decision).toMatchObject({
      decision: 'refused',
      rule: 'gone',
      until: null,
      message: 'The record is deleted.',
    });
    expect(checks.map(({ rule, outcome, until, message }) => [rule, outcome, until, message])).toEqual([
      ['gone', 'refused', null, 'The record is deleted.'],
      ['no_address', 'refused', null, 'There is no address for sms.'],
      ['do_not_contact', 'refused', null, 'The person is not to be contacted.'],
      ['unsubscribed', 'refused', null, 'The person has unsubscribed.'],
      ['blacklisted', 'refused', null, 'The address is blocked: hard_bounce.'],
      ['consent', 'refused', null, 'sms needs consent, and none is recorded.'],
      ['customer', 'refused', null, 'The person or their account is a customer.'],
      ['open_deal', 'refused', null, 'An open deal names the person.'],
      ['support', 'refused', null, 'Support is working on something urgent.'],
      ['owner_collision', 'refused', null, 'The person belongs to somebody else.'],
      ['person_cap', 'held', later(3), 'The person was touched 3 times in 24 hours.'],
      ['account_cap', 'held', later(9), 'The account was touched 20 times in 24 hours.'],
      [
        'contact_hours',
        'held',
        new Date('2026-06-30T06:00:00Z'),
        'It is outside the hours of contact in Europe/Berlin.',
      ],
    ]);
    expect(ask({ consent: 'withdrawn' }).message).toBe('The person has withdrawn their consent.');
  });

  it('asks nothing that the organization has switched off', () => {
    const facts = { isCustomer: true, hasOpenDeal: true, isHeldBySupport: true, ownerId: 'bob' };
    const off = { customers: 'allow', openDeals: 'allow', support: 'allow', ownerCollision: 'allow' } as const;
    const caps = { perPersonPerDay: null, perPersonPerWeek: null, perAccountPerDay: null };
    const { decision, checks } = ask({ ...facts, accountDayFreeAt: later(1) }, {}, { ...off, ...caps });
    expect(decision).toBe('allowed');
    const quiet = checks.filter(({ outcome }) => outcome === 'off');
    expect(quiet.map(({ rule }) => rule)).toEqual([
      'consent',
      'customer',
      'open_deal',
      'support',
      'owner_collision',
      'person_cap',
      'account_cap',
      'contact_hours',
    ]);
    expect(new Set(quiet.map(({ message }) => message))).toEqual(new Set(['The organization does not ask this.']));
    const week = { personWeekFreeAt: later(9) };
    for (const one of [{ perPersonPerDay: null }, { perPersonPerWeek: null }]) {
      expect(ask(week, {}, one)).toMatchObject({ rule: 'person_cap', until: later(9) });
    }
  });

  it('is strict where an organization has decided nothing', () => {
    const refuse = { customers: 'refuse', openDeals: 'refuse', support: 'refuse', ownerCollision: 'refuse' };
    expect(DEFAULT_CONTACT_POLICY).toMatchObject({ ...refuse, directMessages: 'stops' });
  });

  it('sees a collision of owners between two people alone', () => {
    expect(ask({ ownerId: 'bob' }, { userId: null }).decision).toBe('allowed');
    expect(ask({ ownerId: null }).decision).toBe('allowed');
  });

  it('is held by the cap that ends last, with its words, and has room from that instant on', () => {
    const [day, week] = ['The person was touched 3 times in 24 hours.', 'The person was touched 8 times in 7 days.'];
    const of = (personDayFreeAt: Date | null, personWeekFreeAt: Date | null, accountDayFreeAt: Date | null = null) => {
      const { rule, until, message } = ask({ personDayFreeAt, personWeekFreeAt, accountDayFreeAt });
      return [rule, until, message];
    };
    expect(of(later(5), later(2))).toEqual(['person_cap', later(5), day]);
    expect(of(later(2), later(5))).toEqual(['person_cap', later(5), week]);
    expect(of(later(5), later(5))).toEqual(['person_cap', later(5), day]);
    expect(of(null, later(5))).toEqual(['person_cap', later(5), week]);
    expect(of(later(5), null, later(5))).toEqual(['person_cap', later(5), day]);
    expect(of(later(5), null, later(6))[0]).toBe('account_cap');
    expect(of(NOON, NOON, NOON)).toEqual([null, null, 'No rule stands against it.']);
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
    expect(ask({ isGone: true }, { purpose: 'transactional' }).rule).toBe('gone');
    expect(ask({ hasAddress: false }, { purpose: 'transactional' }).rule).toBe('no_address');
    const capped = ask({ personDayFreeAt: later(3) }, { purpose: 'one_to_one' });
    expect(capped).toMatchObject({ decision: 'allowed', until: null });
    expect(capped.checks.find(({ rule }) => rule === 'person_cap')).toMatchObject({
      outcome: 'warning',
      until: later(3),
    });
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
    expect(american.message).toMatch(/^It is outside the hours of contact in all \d+ zones where the person may be\.$/);
    const german = ask({ timeZone: null, country: 'DE', phone: '+14155550100' }, { channel: 'call', now });
    expect(german).toMatchObject({
      decision: 'allowed',
      zones: { source: 'country', zones: ['Europe/Berlin', 'Europe/Busingen'] },
    });
    expect(ask({ timeZone: null }, { channel: 'call', now }).zones).toEqual({ source: 'organization', zones: ['UTC'] });
    const never = { start: '09:00', end: '10:00' };
    const hours = { contactHours: { ...DEFAULT_CONTACT_POLICY.contactHours, call: never } };
    const nowhere = ask({ timeZone: null, country: 'US' }, { channel: 'call', now }, hours);
    expect(nowhere.decision).toBe('refused');
    expect(nowhere.message).toMatch(
      /^The hours of contact never overlap in all \d+ zones .*; set the person's time zone\.$/,
    );
    expect(ask({}).zones).toEqual({ source: 'prospect', zones: ['Europe/Berlin'] });
  });
});
