import type { ContactDecision } from '../../../domain/outreach/contact-decision.rules.ts';
import { CONTACT_PURPOSES, type ContactPurpose } from '../../../domain/outreach/contact-policy.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { GuardedSend, SendGuard } from '../../platform/sends/index.ts';
import { decideContacts } from './can-contact.ts';
import { claimContact } from './claims.ts';
import { holdContactsOf } from './stops.ts';

/**
 * Asks every rule of contact in the transaction that claims a message, and again in the one that begins to hand it over.
 * Both hold the address, the person and the account meanwhile: no cap is exceeded by two at once, and a stop is either
 * seen here or waits for this message. What a person asked for passes.
 */
export const rulesAllow: SendGuard = async (ctx: Ctx, send: GuardedSend) => {
  const purpose = CONTACT_PURPOSES.find((name): name is ContactPurpose => name === send.purpose);
  const { channel, prospectId } = send;
  if (!purpose || purpose === 'transactional' || channel === 'push') return null;
  await holdContactsOf(ctx, send);
  if (prospectId === null) return null;
  const question = { prospectIds: [prospectId], channel, purpose, userId: null, except: send.id };
  const decision = (await decideContacts(ctx, question)).get(prospectId);
  if (!decision) return null;
  if (decision.decision !== 'allowed') return objectionOf(decision);
  await claimContact(ctx, { prospectId, channel, source: { type: 'send', id: send.id } });
  return null;
};

const objectionOf = ({ rule, until }: ContactDecision) => (until === null ? rule! : { code: rule!, until });
