import type { DomainLookup } from '../../domain/outreach/domain-lookup.port.ts';
import type { Mailing } from '../platform/sends/index.ts';

/** What it takes to write to people; one per process. */
export interface OutreachTools {
  readonly mailing: Mailing;
  /** Where links for opens, clicks and unsubscribing lead. */
  readonly linkUrl: string;
  /** Where signed reply addresses are received; null: replies go to the sender's own address. */
  readonly replyDomain: string | null;
  /** Number or name that text messages come from. */
  readonly smsFrom: string;
  /** False in a production without Twilio: then a text is refused, not swallowed. */
  readonly hasSms: boolean;
  /** OUTREACH_ALLOW_UNVERIFIED: marketing and sequences without a checked domain and a postal address, in development. */
  readonly allowUnverified: boolean;
  /** Production refuses provider events that are not signed. */
  readonly requireSignedEvents: boolean;
  /** Checks what Twilio sends; null where no account is set up. */
  readonly twilioAuthToken: string | null;
  readonly domains: DomainLookup;
}
