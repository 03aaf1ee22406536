/** What other wings and setup code may call. */
export { type CreateTeamInput, createTeam } from './create-team.ts';
