/** Who may be contacted; what other areas and wings may call. */
export { type ContactsInput, canContact, decideContacts, refusedContacts } from './can-contact.ts';
export { type ContactClaim, claimContact } from './claims.ts';
export { type ConsentView, listConsents, recordConsent } from './contact-consents.ts';
export { liftContactHold, placeContactHold } from './contact-holds.ts';
export {
  type ContactPolicyView,
  getContactPolicy,
  readContactPolicy,
  updateContactPolicy,
} from './contact-policy.ts';
export { rulesAllow } from './send-guard.ts';
export { holdContacts, holdContactsOf, settleDispatches } from './stops.ts';
