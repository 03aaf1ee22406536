export interface MailAddress {
  readonly email: string;
  readonly name: string | null;
}

export const SEND_CHANNELS = ['email', 'sms', 'push'] as const;
export type SendChannel = (typeof SEND_CHANNELS)[number];
export type SendPurpose = 'transactional' | 'marketing' | 'sequence' | 'one_to_one' | 'notification';

export interface MailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** People who get the same message beside the one that the send is about. */
  readonly others?: {
    readonly to: readonly MailAddress[];
    readonly cc: readonly MailAddress[];
    readonly bcc: readonly MailAddress[];
  };
  readonly replyTo?: string;
  readonly attachments?: readonly Attachment[];
  /** Where a provider of texts is to tell what became of it. */
  readonly callbackUrl?: string;
  /** A calendar entry (RFC 5545) that goes with it, as the part `text/calendar` with this method. */
  readonly calendar?: CalendarPart;
}

export interface Attachment {
  readonly fileName: string;
  readonly mediaType: string;
  /** Base64. */
  readonly content: string;
}

export interface CalendarPart {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly text: string;
}

/** One message at the moment it leaves. */
export interface OutgoingMail extends MailContent {
  readonly organizationId: string;
  readonly sendId: string;
  /** Counts the times that it was handed over; a transport may refuse what comes from an attempt that is over. */
  readonly attempt: number;
  readonly channel: SendChannel;
  readonly purpose: SendPurpose;
  readonly from: string;
  readonly to: MailAddress;
  readonly now: Date;
}

/**
 * `later`: nothing was taken, try again; with `retryAfterSeconds`, the provider wants to be left alone by everybody.
 * `refused`: nothing was taken and never will be.
 */
export type DeliveryOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string }
  | { readonly kind: 'later'; readonly code: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'refused'; readonly code: string };

/** A way out of the product. */
export interface MailTransport {
  readonly name: string;
  /** It tells of what it has taken: a send that it never mentions, while it tells of later ones, was not taken. */
  readonly reportsEvents?: true;
  /** Hands a message over, once. @throws when nobody can say whether it was taken. */
  deliver(mail: OutgoingMail): Promise<DeliveryOutcome>;
  /** What became of a hand-over that ended in the dark. Absent where the provider cannot be asked. */
  find?(send: { organizationId: string; sendId: string; now: Date }): Promise<{ providerId: string } | null>;
}
