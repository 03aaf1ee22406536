/** What the API, activities and composition roots may call. */
export { acceptInvitation, prepareAcceptance } from './accept-invitation.ts';
export { type Attention, attendInvitation } from './attend-invitation.ts';
export { invitationIsWanted } from './invitation-mails.ts';
export { type InvitationStatus, type InvitationView, listInvitations } from './invitation-view.ts';
export { inviteMember, resendInvitation, revokeInvitation } from './invite-member.ts';
