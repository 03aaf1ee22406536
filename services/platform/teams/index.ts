/** What other wings, the API and setup code may call. */
export { type CreateTeamInput, createTeam, type TeamChanges, updateTeam } from './change-team.ts';
export { type DeletedTeam, deleteTeam } from './delete-team.ts';
export { type AddedMembers, addTeamMembers, listTeamMembers, removeTeamMember } from './members.ts';
export { getTeam, listTeams, readTeam, type TeamDetail, type TeamView } from './team-view.ts';
