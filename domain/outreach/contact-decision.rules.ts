import type { ContactChannel, ContactPolicy, ContactPurpose } from './contact-policy.rules.ts';
import { type ContactZones, contactZones, hoursIn, openEverywhere } from './contact-zone.rules.ts';

/** In the order in which they decide; the first that refuses is the answer, else the one that holds longest. */
export const CONTACT_RULES = [
  'gone',
  'no_address',
  'do_not_contact',
  'unsubscribed',
  'blacklisted',
  'consent',
  'customer',
  'open_deal',
  'support',
  'owner_collision',
  'person_cap',
  'account_cap',
  'contact_hours',
] as const;
export type ContactRule = (typeof CONTACT_RULES)[number];

/** What is known of a person at one moment; times are when a hold by a cap ends. */
export interface ContactFacts {
  readonly isGone: boolean;
  readonly hasAddress: boolean;
  readonly doNotContact: boolean;
  readonly isUnsubscribed: boolean;
  readonly blacklistReason: string | null;
  readonly consent: 'granted' | 'withdrawn' | null;
  readonly isCustomer: boolean;
  readonly hasOpenDeal: boolean;
  readonly isHeldBySupport: boolean;
  readonly ownerId: string | null;
  readonly personDayFreeAt: Date | null;
  readonly personWeekFreeAt: Date | null;
  readonly accountDayFreeAt: Date | null;
  readonly timeZone: string | null;
  readonly country: string | null;
  readonly phone: string | null;
  readonly organizationZone: string;
}

export interface ContactQuestion {
  readonly channel: ContactChannel;
  readonly purpose: ContactPurpose;
  /** In whose name; null: nobody's, so that there is no collision of owners. */
  readonly userId: string | null;
  readonly now: Date;
}

export interface ContactCheck {
  readonly rule: ContactRule;
  /** `warning`: the rule would hold this back if it applied to the purpose. */
  readonly outcome: 'passed' | 'refused' | 'held' | 'warning' | 'off';
  /** Of a hold: when it ends by itself. */
  readonly until: Date | null;
  readonly message: string;
}

export interface ContactDecision {
  readonly decision: 'allowed' | 'held' | 'refused';
  /** The rule that decides; null: none stands against it. */
  readonly rule: ContactRule | null;
  readonly until: Date | null;
  readonly message: string;
  readonly checks: readonly ContactCheck[];
  readonly zones: ContactZones;
}

type Verdict = { readonly says: 'passed' | 'refused' | 'off'; readonly message: string } | Hold;
interface Hold {
  readonly says: 'held';
  readonly message: string;
  readonly until: Date;
}

const passed = (message: string): Verdict => ({ says: 'passed', message });
const refused = (message: string): Verdict => ({ says: 'refused', message });
const OFF: Verdict = { says: 'off', message: 'The organization does not ask this.' };
const held = (until: Date, message: string): Verdict => ({ says: 'held', until, message });
const when = (is: boolean, yes: string, no: string): Verdict => (is ? refused(yes) : passed(no));

/** Rules that stand against any message, against one between two people, and against what nobody has asked for. */
const ALWAYS: ReadonlySet<ContactRule> = new Set(['gone', 'no_address']);
const STOPS: ReadonlySet<ContactRule> = new Set([
  ...ALWAYS,
  'do_not_contact',
  'unsubscribed',
  'blacklisted',
  'consent',
] as const);

function binds(rule: ContactRule, purpose: ContactPurpose, policy: ContactPolicy): boolean {
  if (purpose === 'transactional') return ALWAYS.has(rule);
  return purpose !== 'one_to_one' || policy.directMessages === 'all' || STOPS.has(rule);
}

/** May this person be contacted in this way now, and which rule decides? The one decision for every channel. */
export function decideContact(facts: ContactFacts, question: ContactQuestion, policy: ContactPolicy): ContactDecision {
  const zones = contactZones(facts);
  const checks = CONTACT_RULES.map((rule): ContactCheck => {
    const verdict = verdictOf(rule, facts, question, policy, zones);
    const stands = verdict.says === 'refused' || verdict.says === 'held';
    return {
      rule,
      outcome: stands && !binds(rule, question.purpose, policy) ? 'warning' : verdict.says,
      until: verdict.says === 'held' ? verdict.until : null,
      message: verdict.message,
    };
  });
  const refusal = checks.find((check) => check.outcome === 'refused');
  const longest = checks
    .filter((check) => check.outcome === 'held')
    .reduce<ContactCheck | undefined>(
      (worst, next) => (worst && worst.until! >= next.until! ? worst : next),
      undefined,
    );
  const deciding = refusal ?? longest;
  return {
    decision: refusal ? 'refused' : longest ? 'held' : 'allowed',
    rule: deciding?.rule ?? null,
    until: deciding?.until ?? null,
    message: deciding?.message ?? 'No rule stands against it.',
    checks,
    zones,
  };
}

function verdictOf(
  rule: ContactRule,
  facts: ContactFacts,
  { channel, userId, now }: ContactQuestion,
  policy: ContactPolicy,
  { zones }: ContactZones,
): Verdict {
  switch (rule) {
    case 'gone':
      return when(facts.isGone, 'The record is deleted.', 'The record is there.');
    case 'no_address':
      return when(!facts.hasAddress, `There is no address for ${channel}.`, `There is an address for ${channel}.`);
    case 'do_not_contact':
      return when(facts.doNotContact, 'The person is not to be contacted.', 'Nobody has said not to.');
    case 'unsubscribed':
      return when(facts.isUnsubscribed, 'The person has unsubscribed.', 'The person has not unsubscribed.');
    case 'blacklisted':
      return when(
        facts.blacklistReason !== null,
        `The address is blocked: ${facts.blacklistReason}.`,
        'The address is not blocked.',
      );
    case 'consent':
      return consentVerdict(facts, channel, policy);
    case 'customer':
      if (policy.customers === 'allow') return OFF;
      return when(facts.isCustomer, 'The person or their account is a customer.', 'The person is no customer.');
    case 'open_deal':
      if (policy.openDeals === 'allow') return OFF;
      return when(facts.hasOpenDeal, 'An open deal names the person.', 'No open deal names the person.');
    case 'support':
      if (policy.support === 'allow') return OFF;
      return when(facts.isHeldBySupport, 'Support is working on something urgent.', 'Support holds nothing back.');
    case 'owner_collision':
      if (policy.ownerCollision === 'allow') return OFF;
      return when(
        userId !== null && facts.ownerId !== null && facts.ownerId !== userId,
        'The person belongs to somebody else.',
        'The person belongs to nobody else.',
      );
    case 'person_cap':
      return personCap(facts, policy, now);
    case 'account_cap':
      if (policy.perAccountPerDay === null) return OFF;
      return cap(facts.accountDayFreeAt, now, `The account was touched ${policy.perAccountPerDay} times in 24 hours.`);
    case 'contact_hours':
      return hoursVerdict(policy, channel, zones, now);
  }
}

function consentVerdict({ consent }: ContactFacts, channel: ContactChannel, policy: ContactPolicy): Verdict {
  if (consent === 'withdrawn') return refused('The person has withdrawn their consent.');
  if (!policy.consentRequired.includes(channel)) return consent === null ? OFF : passed('The person has agreed.');
  return when(consent === null, `${channel} needs consent, and none is recorded.`, 'The person has agreed.');
}

const cap = (freeAt: Date | null, now: Date, message: string): Verdict =>
  freeAt !== null && freeAt > now ? held(freeAt, message) : passed('There is room under the limit.');

function personCap(facts: ContactFacts, policy: ContactPolicy, now: Date): Verdict {
  if (policy.perPersonPerDay === null && policy.perPersonPerWeek === null) return OFF;
  const day = cap(facts.personDayFreeAt, now, `The person was touched ${policy.perPersonPerDay} times in 24 hours.`);
  const week = cap(facts.personWeekFreeAt, now, `The person was touched ${policy.perPersonPerWeek} times in 7 days.`);
  if (week.says !== 'held') return day;
  return day.says === 'held' && day.until >= week.until ? day : week;
}

function hoursVerdict(policy: ContactPolicy, channel: ContactChannel, zones: readonly string[], now: Date): Verdict {
  const hours = policy.contactHours[channel];
  if (hours === null) return OFF;
  const at = now.getTime();
  const open = openEverywhere(
    zones.map((zone) => hoursIn(hours, zone)),
    at,
  );
  const where = zones.length === 1 ? `in ${zones[0]}` : `in all ${zones.length} zones where the person may be`;
  if (open === at) return passed(`It is within the hours of contact ${where}.`);
  if (open === null) return refused(`The hours of contact never overlap ${where}; set the person's time zone.`);
  return held(new Date(open), `It is outside the hours of contact ${where}.`);
}
