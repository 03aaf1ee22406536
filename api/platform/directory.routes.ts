import type { z } from 'zod';
import {
  changeMemberRole,
  getOwnTeam,
  listActivity,
  listMembers,
  updateOwnTeam,
} from '../../services/platform/directory/index.ts';
import { getOrganization, updateOrganization } from '../../services/platform/organizations/index.ts';
import {
  getPreferences,
  getProfile,
  updatePreferences,
  updateProfile,
} from '../../services/platform/preferences/index.ts';
import { removeMember } from '../../services/platform/users/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import {
  Activity,
  ListActivityQuery,
  ListMembersQuery,
  Member,
  MemberParams,
  MemberRoleBody,
  Organization,
  Preferences,
  Profile,
  UpdateOrganizationBody,
  UpdateOwnTeamBody,
  UpdatePreferencesBody,
  UpdateProfileBody,
} from './directory.dto.ts';
import { TeamDetail } from './teams.dto.ts';
import { User } from './users.dto.ts';

const face = 'b' as const;

export const listMembersEndpoint = defineEndpoint({
  operationId: 'listMembers',
  face,
  method: 'get',
  path: '/team/members',
  tag: 'team',
  summary: 'Directory of members: admins see the organization, others their own team',
  list: 'page',
  query: ListMembersQuery,
  response: Member,
  verb: listMembers,
  input: ({ query }) => query,
});

export const removeMemberEndpoint = defineEndpoint({
  operationId: 'removeMember',
  face,
  method: 'delete',
  path: '/team/members/{id}',
  tag: 'team',
  summary: 'Remove a member: no access and no team any more',
  description: 'The record stays and can be made active again. The last active admin stays (409 LAST_ADMIN).',
  errors: [404, 409, 412],
  params: MemberParams,
  response: User,
  verb: removeMember,
  input: ({ params, raw }) => ({ ...params, expectedVersion: raw.ifMatch }),
  etag: (user) => user.version,
  examples: [{ name: 'Somebody who left', params: { id: '{{createUser.id}}' } }],
});

export const changeMemberRoleEndpoint = defineEndpoint({
  operationId: 'changeMemberRole',
  face,
  method: 'put',
  path: '/team/members/{id}/role',
  tag: 'team',
  summary: 'Make a member an admin, a user or a viewer',
  description: 'Gives the default role of that name. The last active admin stays one (409 LAST_ADMIN).',
  errors: [404, 409, 412],
  params: MemberParams,
  body: MemberRoleBody,
  response: User,
  verb: changeMemberRole,
  input: ({ params, body, raw }) => ({ ...params, ...body, expectedVersion: raw.ifMatch }),
  etag: (user) => user.version,
  examples: [{ name: 'A viewer', params: { id: '{{createUser.id}}' }, body: { role: 'viewer' } }],
});

export const getOwnTeamEndpoint = defineEndpoint({
  operationId: 'getOwnTeam',
  face,
  method: 'get',
  path: '/team',
  tag: 'team',
  summary: 'Your team with its settings and members',
  description: 'Whoever is in no team gets the first one of the organization.',
  errors: [404],
  response: TeamDetail,
  verb: getOwnTeam,
  input: () => undefined,
  etag: (team) => team.version,
});

export const updateOwnTeamEndpoint = defineEndpoint({
  operationId: 'updateOwnTeam',
  face,
  method: 'put',
  path: '/team',
  tag: 'team',
  summary: 'Update the settings of your team (partial)',
  description: 'Settings are free-form and replaced as a whole.',
  errors: [404, 412],
  body: UpdateOwnTeamBody,
  response: TeamDetail,
  verb: updateOwnTeam,
  input: ({ body, raw }) => ({ expectedVersion: raw.ifMatch, changes: body }),
  etag: (team) => team.version,
  examples: [{ name: 'Settings', body: { description: 'First line', settings: { standup: '09:30' } } }],
});

export const listActivityEndpoint = defineEndpoint({
  operationId: 'listActivity',
  face,
  method: 'get',
  path: '/team/activity',
  tag: 'team',
  summary: 'What members did, newest first',
  description: 'From the audit log, by the people whom the directory shows to you.',
  list: 'page',
  query: ListActivityQuery,
  response: Activity,
  verb: listActivity,
  input: ({ query }) => query,
});

export const getOrganizationEndpoint = defineEndpoint({
  operationId: 'getOrganization',
  face,
  method: 'get',
  path: '/organization',
  tag: 'team',
  summary: 'Your organization: plan and settings',
  response: Organization,
  verb: getOrganization,
  input: () => undefined,
  output: (organization) => organization as z.output<typeof Organization>,
  etag: (organization) => organization.version,
});

export const updateOrganizationEndpoint = defineEndpoint({
  operationId: 'updateOrganization',
  face,
  method: 'put',
  path: '/organization',
  tag: 'team',
  summary: 'Update the settings of your organization (partial)',
  description: 'Attribution runs that have been executed keep the settings that they froze.',
  errors: [412],
  body: UpdateOrganizationBody,
  response: Organization,
  verb: updateOrganization,
  input: ({ body, raw }) => ({ expectedVersion: raw.ifMatch, changes: body }),
  output: (organization) => organization as z.output<typeof Organization>,
  etag: (organization) => organization.version,
  examples: [{ name: 'Where and when', body: { timeZone: 'Europe/Berlin', currency: 'EUR', weekStart: 1 } }],
});

const own = 'Your own, so the credential must be a person, or a key that has an owner (403 NO_PERSON).';

export const getPreferencesEndpoint = defineEndpoint({
  operationId: 'getPreferences',
  face,
  method: 'get',
  path: '/preferences',
  tag: 'preferences',
  summary: 'Your preferences',
  description: own,
  response: Preferences,
  verb: getPreferences,
  input: () => undefined,
  etag: (preferences) => preferences.version,
  examples: [{ name: 'My own', as: 'register' }],
});

export const updatePreferencesEndpoint = defineEndpoint({
  operationId: 'updatePreferences',
  face,
  method: 'put',
  path: '/preferences',
  tag: 'preferences',
  summary: 'Update your preferences (partial)',
  description: own,
  errors: [412],
  body: UpdatePreferencesBody,
  response: Preferences,
  verb: updatePreferences,
  input: ({ body, raw }) => ({ expectedVersion: raw.ifMatch, changes: body }),
  etag: (preferences) => preferences.version,
  examples: [{ name: 'Quieter, and dark', as: 'register', body: { emailFrequency: 'daily', theme: 'dark' } }],
});

export const getProfileEndpoint = defineEndpoint({
  operationId: 'getProfile',
  face,
  method: 'get',
  path: '/profile',
  tag: 'preferences',
  summary: 'Your profile',
  description: own,
  response: Profile,
  verb: getProfile,
  input: () => undefined,
  etag: (profile) => profile.version,
  examples: [{ name: 'My own', as: 'register' }],
});

export const updateProfileEndpoint = defineEndpoint({
  operationId: 'updateProfile',
  face,
  method: 'put',
  path: '/profile',
  tag: 'preferences',
  summary: 'Update your profile (partial)',
  description: own,
  errors: [412],
  body: UpdateProfileBody,
  response: Profile,
  verb: updateProfile,
  input: ({ body, raw }) => ({ expectedVersion: raw.ifMatch, changes: body }),
  etag: (profile) => profile.version,
  examples: [
    {
      name: 'A title',
      as: 'register',
      body: { jobTitle: 'Account executive', linkedinUrl: 'https://www.linkedin.com/in/jd' },
    },
  ],
});

export const DIRECTORY_ENDPOINTS = [
  listMembersEndpoint,
  removeMemberEndpoint,
  changeMemberRoleEndpoint,
  getOwnTeamEndpoint,
  updateOwnTeamEndpoint,
  listActivityEndpoint,
  getOrganizationEndpoint,
  updateOrganizationEndpoint,
  getPreferencesEndpoint,
  updatePreferencesEndpoint,
  getProfileEndpoint,
  updateProfileEndpoint,
];
