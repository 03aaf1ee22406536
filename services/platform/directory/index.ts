/** What the API may call. */
export { type ActivityView, listActivity, listMembers, type MemberView } from './directory.ts';
export { changeMemberRole, getOwnTeam, updateOwnTeam } from './own-team.ts';
