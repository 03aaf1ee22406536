/** Ways to reach a person. */
export const CONTACT_CHANNELS = ['email', 'sms', 'call', 'linkedin'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** Why somebody is reached; what a person was promised or asked for is `transactional`. */
export const CONTACT_PURPOSES = ['sequence', 'marketing', 'one_to_one', 'transactional'] as const;
export type ContactPurpose = (typeof CONTACT_PURPOSES)[number];

/** By the clock on the person's wall, `HH:MM`; the end may be `24:00`. */
export interface ContactHours {
  readonly start: string;
  readonly end: string;
  /** ISO: 1 is Monday. Absent: every day. */
  readonly days?: readonly number[] | undefined;
}

/** What an organization has decided about whom it contacts, and how often. */
export interface ContactPolicy {
  /** Touches of one person over all channels within any 24 hours; null: no limit. */
  readonly perPersonPerDay: number | null;
  /** The same within any seven days. */
  readonly perPersonPerWeek: number | null;
  /** Touches of all people of one account within any 24 hours. */
  readonly perAccountPerDay: number | null;
  /** Channels on which nobody is reached who has not agreed. */
  readonly consentRequired: readonly ContactChannel[];
  /** When a person may be reached; null: at any time. */
  readonly contactHours: Readonly<Record<ContactChannel, ContactHours | null>>;
  readonly customers: 'refuse' | 'allow';
  readonly openDeals: 'refuse' | 'allow';
  readonly support: 'refuse' | 'allow';
  readonly ownerCollision: 'refuse' | 'allow';
  /** What holds back a message that one person writes to another: stops and consent alone, or every rule. */
  readonly directMessages: 'stops' | 'all';
}

const DAYTIME: ContactHours = { start: '08:00', end: '21:00' };

/** For organizations that have decided nothing: calls and texts by day and texts with consent, as the law has it in many places. */
export const DEFAULT_CONTACT_POLICY: ContactPolicy = {
  perPersonPerDay: 3,
  perPersonPerWeek: 8,
  perAccountPerDay: 20,
  consentRequired: ['sms'],
  contactHours: { email: null, linkedin: null, sms: DAYTIME, call: DAYTIME },
  customers: 'refuse',
  openDeals: 'refuse',
  support: 'refuse',
  ownerCollision: 'refuse',
  directMessages: 'stops',
};
