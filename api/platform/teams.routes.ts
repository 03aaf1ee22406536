import { z } from 'zod';
import { invalid } from '../../domain/core/errors.ts';
import {
  addTeamMembers,
  createTeam,
  deleteTeam,
  getTeam,
  listTeamMembers,
  listTeams,
  removeTeamMember,
  updateTeam,
} from '../../services/platform/teams/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id } from '../http/schemas.ts';
import {
  AddedMembers,
  AddMembersBody,
  CreateTeamBody,
  DeletedTeam,
  DeleteTeamBody,
  DeleteTeamQuery,
  ListMembersQuery,
  ListTeamsQuery,
  MemberParams,
  Team,
  TeamDetail,
  TeamParams,
  UpdateTeamBody,
} from './teams.dto.ts';
import { User } from './users.dto.ts';

const face = 'a' as const;
const tag = 'teams';

export const createTeamEndpoint = defineEndpoint({
  operationId: 'createTeam',
  face,
  method: 'post',
  path: '/teams',
  tag,
  summary: 'Create a team, or a team inside another one',
  description: 'Two levels: parent_team_id (id or number) names a top-level team.',
  status: 201,
  message: 'Team created',
  body: CreateTeamBody,
  response: TeamDetail,
  verb: createTeam,
  input: ({ body }) => body,
  etag: (team) => team.version,
  location: (team) => `/teams/${team.id}`,
  examples: [
    { name: 'A team', body: { name: 'Support', description: 'First line' } },
    { name: 'A team inside team 1', body: { name: 'Support nights', parentTeamId: 1 } },
  ],
});

export const listTeamsEndpoint = defineEndpoint({
  operationId: 'listTeams',
  face,
  method: 'get',
  path: '/teams',
  tag,
  summary: 'List teams with the teams inside them and member counts',
  list: 'page',
  message: 'Teams',
  query: ListTeamsQuery,
  response: Team,
  verb: listTeams,
  input: ({ query }) => query,
});

export const getTeamEndpoint = defineEndpoint({
  operationId: 'getTeam',
  face,
  method: 'get',
  path: '/teams/{id}',
  tag,
  summary: 'Get a team with its members, the teams inside it and its vendor',
  errors: [404],
  message: 'Team',
  params: TeamParams,
  response: TeamDetail,
  verb: getTeam,
  input: ({ params }) => params,
  etag: (team) => team.version,
  examples: [{ name: 'Team 1', params: { id: '1' } }],
});

export const updateTeamEndpoint = defineEndpoint({
  operationId: 'updateTeam',
  face,
  method: 'put',
  path: '/teams/{id}',
  tag,
  summary: 'Update a team (partial)',
  description: 'A null parent_team_id makes it a top-level team; settings are replaced as a whole.',
  errors: [404, 412],
  message: 'Team updated',
  params: TeamParams,
  body: UpdateTeamBody,
  response: TeamDetail,
  verb: updateTeam,
  input: ({ params, body, raw }) => ({ ...params, expectedVersion: raw.ifMatch, changes: body }),
  etag: (team) => team.version,
  examples: [
    { name: 'Another name', params: { id: '1' }, body: { name: 'Sales', description: 'Everybody who sells' } },
  ],
});

export const deleteTeamEndpoint = defineEndpoint({
  operationId: 'deleteTeam',
  face,
  method: 'delete',
  path: '/teams/{id}',
  tag,
  summary: 'Delete a team; members, agents and the teams inside it move to another one',
  description:
    'A team that is not empty needs the team that takes them, as `?transfer_to=` or in the body (409 TEAM_NOT_EMPTY otherwise). All in one transaction.',
  errors: [404, 409, 412],
  message: 'Team deleted',
  params: TeamParams,
  query: DeleteTeamQuery,
  body: DeleteTeamBody,
  response: DeletedTeam,
  verb: deleteTeam,
  input: ({ params, query, body, raw }) => {
    if (query.transferTo !== undefined && body?.transferToTeamId !== undefined) {
      throw invalid('transferTo', 'is given twice: as a parameter and in the body');
    }
    return { ...params, expectedVersion: raw.ifMatch, transferTo: query.transferTo ?? body?.transferToTeamId };
  },
});

export const addTeamMembersEndpoint = defineEndpoint({
  operationId: 'addTeamMembers',
  face,
  method: 'post',
  path: '/teams/{id}/members',
  tag,
  summary: 'Add users to a team',
  description:
    'Everybody is in one team, so this takes them out of the one they were in. The example needs ids of your own users.',
  errors: [404],
  message: 'Members added',
  params: TeamParams,
  body: AddMembersBody,
  response: AddedMembers,
  verb: addTeamMembers,
  input: ({ params, body }) => ({ ...params, ...body }),
  examples: [{ name: 'One user', body: { userIds: ['{{createUser.id}}'] } }],
});

export const listTeamMembersEndpoint = defineEndpoint({
  operationId: 'listTeamMembers',
  face,
  method: 'get',
  path: '/teams/{id}/members',
  tag,
  summary: 'List the members of a team',
  errors: [404],
  list: 'page',
  message: 'Members',
  params: TeamParams,
  query: ListMembersQuery,
  response: User,
  verb: listTeamMembers,
  input: ({ params, query }) => ({ ...params, ...query }),
  examples: [{ name: 'With the teams inside it', params: { id: '1' }, query: { includeSubTeams: 'true' } }],
});

export const removeTeamMemberEndpoint = defineEndpoint({
  operationId: 'removeTeamMember',
  face,
  method: 'delete',
  path: '/teams/{id}/members/{userId}',
  tag,
  summary: 'Remove a member from a team',
  description: 'Leaves the person without a team; their access stays as it is.',
  errors: [404],
  message: 'Member removed',
  params: MemberParams,
  response: z.strictObject({ teamId: id(), userId: id() }),
  verb: removeTeamMember,
  input: ({ params }) => params,
  examples: [{ name: 'Into no team', params: { userId: '{{createUser.id}}' }, after: ['addTeamMembers'] }],
});

export const TEAM_ENDPOINTS = [
  createTeamEndpoint,
  listTeamsEndpoint,
  getTeamEndpoint,
  updateTeamEndpoint,
  deleteTeamEndpoint,
  addTeamMembersEndpoint,
  listTeamMembersEndpoint,
  removeTeamMemberEndpoint,
];
