/** Half of its life, but never more than a day before the end: early enough to act, late enough not to nag. */
export function reminderAt(sentAt: Date, expiresAt: Date): Date {
  const half = (sentAt.getTime() + expiresAt.getTime()) / 2;
  return new Date(Math.max(half, expiresAt.getTime() - 24 * 3_600_000));
}

export interface InvitationFacts {
  readonly status: 'pending' | 'accepted' | 'revoked' | 'expired';
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly reminded: boolean;
}

export type InvitationStep =
  | { readonly kind: 'expire' | 'remind' | 'end' }
  | { readonly kind: 'wait'; readonly until: Date };

/** What is due for an invitation now. */
export function nextStep(invitation: InvitationFacts, now: Date): InvitationStep {
  if (invitation.status !== 'pending') return { kind: 'end' };
  if (invitation.expiresAt <= now) return { kind: 'expire' };
  if (invitation.reminded) return { kind: 'wait', until: invitation.expiresAt };
  const reminder = reminderAt(invitation.sentAt, invitation.expiresAt);
  return reminder <= now ? { kind: 'remind' } : { kind: 'wait', until: reminder };
}
