import { createHash } from 'node:crypto';

/** What a decision is bound to: another recipient, subject or body is another message. */
export const approvalHash = (message: { recipient: string; subject: string; body: string }): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([message.recipient.trim().toLowerCase(), message.subject, message.body]))
    .digest();
